namespace Sim.World;

/// <summary>
/// A point in the search for a linearization: which calls have come, and the state they lead to. What comes after depends on both,
/// and on nothing else.
/// </summary>
/// <param name="Placed">The calls, a bit each.</param>
/// <param name="State">The state.</param>
internal readonly record struct Configuration<TState>(ulong[] Placed, TState State);
