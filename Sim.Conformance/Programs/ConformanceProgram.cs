namespace Sim.Conformance;

/// <summary>A program: what its tasks and callbacks do, and how the loop is run.</summary>
/// <param name="Id">Printed before the trace.</param>
/// <param name="Json">The text it was read from, on one line.</param>
internal sealed record ConformanceProgram(string Id, string Json)
{
    public required SyncObjectCounts Objects { get; init; }

    /// <summary>The bodies of coroutines.</summary>
    public required IReadOnlyList<IReadOnlyList<Op>> Procs { get; init; }

    /// <summary>The bodies of callbacks.</summary>
    public required IReadOnlyList<IReadOnlyList<Op>> Funcs { get; init; }

    /// <summary>What is done before the loop runs.</summary>
    public required IReadOnlyList<Op> Init { get; init; }

    public required IReadOnlyList<Phase> Phases { get; init; }
}
