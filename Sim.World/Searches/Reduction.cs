namespace Sim.World;

/// <summary>Which schedules an exhaustive search may leave out because they cannot differ from one that it has made.</summary>
public enum Reduction
{
    /// <summary>None: every schedule is made.</summary>
    None,

    /// <summary>
    /// Steps that share nothing are not made in another order. What they share is what was announced or touched
    /// (<c>YieldBeforeAsync</c>, <c>EventLoop.Touch</c>) and all that is the library's: futures, tasks, locks, queues. A step
    /// that touches a variable without a word may be put in the wrong class.
    /// </summary>
    Declared,

    /// <summary>As above, but a task's step without any operation could touch anything: it depends on all others.</summary>
    Cautious,
}
