using FsCheck;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>An operation of a machine: how its argument is drawn, how it is run, and what it should do.</summary>
/// <param name="Name">The name.</param>
/// <param name="Argument">Draws its argument.</param>
/// <param name="Shrink">Smaller arguments.</param>
/// <param name="RunAsync">Runs it; the result is null for one without.</param>
/// <param name="Apply">What it should do.</param>
/// <param name="Key">To which part of the object it belongs.</param>
internal sealed record MachineOperation<TSystem, TState>(
    string Name,
    Gen<object?> Argument,
    Func<object?, IEnumerable<object?>> Shrink,
    Func<TSystem, object?, Task<object?>> RunAsync,
    Func<TState, object?, ModelStep<TState, object?>> Apply,
    Func<object?, object?> Key);
