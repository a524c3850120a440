using Sim.Core;

namespace Sim.Conformance;

/// <summary>The synchronisation objects of a run, by number.</summary>
internal sealed class SyncObjects(SyncObjectCounts counts)
{
    public IReadOnlyList<AsyncLock> Locks { get; } = Make(counts.Locks, _ => new AsyncLock());

    public IReadOnlyList<AsyncEvent> Events { get; } = Make(counts.Events, _ => new AsyncEvent());

    public IReadOnlyList<AsyncCondition> Conditions { get; } = Make(counts.Conditions, _ => new AsyncCondition());

    public IReadOnlyList<AsyncSemaphore> Semaphores { get; } = Make(counts.Semaphores.Count, number =>
        counts.Semaphores[number] is { IsBounded: true } bounded
            ? new AsyncBoundedSemaphore(bounded.Value)
            : new AsyncSemaphore(counts.Semaphores[number].Value));

    public IReadOnlyList<AsyncBarrier> Barriers { get; } = Make(counts.Barriers.Count, number => new AsyncBarrier(counts.Barriers[number]));

    public IReadOnlyList<AsyncQueue<object?>> Queues { get; } = Make(counts.Queues.Count, number => counts.Queues[number] switch
    {
        ("lifo", var size) => new AsyncLifoQueue<object?>(size),
        ("prio", var size) => new AsyncPriorityQueue<object?>(size),
        (_, var size) => new AsyncQueue<object?>(size),
    });

    private static T[] Make<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
