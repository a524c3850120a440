namespace Sim.Conformance;

/// <summary>One run of the loop.</summary>
/// <param name="Proc">The proc whose task is run until it is complete; null = run until stopped.</param>
internal readonly record struct Phase(int? Proc);
