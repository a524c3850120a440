namespace Sim.Clock;

/// <summary>
/// Something that waits in a <see cref="TimerQueue"/> for its deadline. It knows under which number the queue has it,
/// so that taking it out needs no search; an entry is in at most one queue. Thread rule: that of its queue.
/// </summary>
public abstract class TimerEntry
{
    internal const int NotQueued = -1;

    /// <summary>Under which number the queue knows it, <see cref="NotQueued"/> outside.</summary>
    internal int Id = NotQueued;

    /// <summary>The deadline asked for last. It stays as asked after the entry has fired (asyncio's rule 12).</summary>
    public Instant When { get; internal set; }

    /// <summary>Breaks ties: entries with equal deadlines fire in the order in which they were queued.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Whether the entry waits in a queue.</summary>
    public bool IsQueued => Id != NotQueued;

    /// <summary>What the timer is for, for reports: the state of its callback; null if it has none.</summary>
    public virtual object? Subject => null;

    /// <summary>Called by the owner of the queue, once per time that the entry fell due.</summary>
    public abstract void Fire();
}
