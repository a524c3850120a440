namespace Sim.Scoreboard;

/// <summary>The bug programs.</summary>
internal static class BugPrograms
{
    /// <summary>The rows of the board.</summary>
    public static IReadOnlyList<IBugProgram> All { get; } = Under(StepRules.Ours);

    /// <summary>Their bugs show only if time passes while there is work to do.</summary>
    public static IReadOnlyList<IBugProgram> NeedTime => [new RetryAfterTimeout(StepRules.Ours), new Lease(StepRules.Ours)];

    /// <summary>All of them, switched where <paramref name="rules"/> say.</summary>
    public static IReadOnlyList<IBugProgram> Under(StepRules rules) =>
    [
        new Account(rules),
        new Carter(rules),
        new CircularBuffer(rules),
        new FlaggedQueue(rules),
        new LockOrder(rules),
        new Lazy(rules),
        new WrongLock(rules, "wronglock", others: 7),
        new WrongLock(rules, "wronglock_3", others: 3),
        new TwoStage(rules, "twostage", writers: 1, readers: 1),
        new TwoStage(rules, "twostage_20", writers: 10, readers: 9),
        new TwoStage(rules, "twostage_50", writers: 25, readers: 24),
        new Reorder(rules, 3),
        new Reorder(rules, 4),
        new Reorder(rules, 5),
        new Reorder(rules, 10),
        new Reorder(rules, 20),
        new Reorder(rules, 50),
        new StringBuffer(rules),
        new BoundedBuffer(rules),
        new DiningPhilosophers(rules, 3),
        new DiningPhilosophers(rules, 5),
        new DiningPhilosophers(rules, 7),
        new ParallelSort(rules),
        new RetryAfterTimeout(rules),
        new Lease(rules),
    ];
}
