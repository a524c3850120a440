namespace Sim.Conformance;

/// <summary>The synchronisation objects of a program.</summary>
internal sealed record SyncObjectCounts
{
    public int Locks { get; init; }

    public int Events { get; init; }

    public int Conditions { get; init; }

    public IReadOnlyList<(int Value, bool IsBounded)> Semaphores { get; init; } = [];

    public IReadOnlyList<int> Barriers { get; init; } = [];

    public IReadOnlyList<(string Kind, int MaxSize)> Queues { get; init; } = [];
}
