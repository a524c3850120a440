namespace Sim.Scoreboard;

/// <summary>The bug programs.</summary>
internal static class BugPrograms
{
    /// <summary>The rows of the board.</summary>
    public static IReadOnlyList<IBugProgram> All { get; } =
    [
        new Account(),
        new Carter(),
        new CircularBuffer(),
        new FlaggedQueue(),
        new LockOrder(),
        new Lazy(),
        new WrongLock("wronglock", others: 7),
        new WrongLock("wronglock_3", others: 3),
        new TwoStage("twostage", writers: 1, readers: 1),
        new TwoStage("twostage_20", writers: 10, readers: 9),
        new TwoStage("twostage_50", writers: 25, readers: 24),
        new Reorder(3),
        new Reorder(4),
        new Reorder(5),
        new Reorder(10),
        new Reorder(20),
        new Reorder(50),
        new StringBuffer(),
        new BoundedBuffer(),
        new DiningPhilosophers(3),
        new DiningPhilosophers(5),
        new DiningPhilosophers(7),
        new ParallelSort(),
        .. NeedTime,
    ];

    /// <summary>Their bugs show only if time passes while there is work to do.</summary>
    public static IReadOnlyList<IBugProgram> NeedTime => [new RetryAfterTimeout(), new Lease()];
}
