namespace Sim.World;

/// <summary>What an exhaustive search searches, and how far.</summary>
public sealed record ExhaustiveOptions
{
    /// <summary>
    /// Which schedules are left out. With <see cref="Preemptions"/> it must be none: together they would miss some. By default no
    /// step is trusted that does not say what it touches; where all steps do, <see cref="Reduction.Declared"/> is much faster.
    /// </summary>
    public Reduction Reduction { get; init; } = Reduction.Cautious;

    /// <summary>
    /// The most preemptions of a schedule; null = any number. A preemption is that another task goes on although the task
    /// that ran last could: it is ready, at a place where it has announced an operation. A bare yield is no such place: there a
    /// task gives way of its own accord. Callbacks preempt nobody.
    /// </summary>
    public int? Preemptions { get; init; }

    /// <summary>
    /// Whether plain callbacks and timers that are ready run at once, oldest first, so that only the order of task steps is
    /// searched. Quick, and complete as long as no callback of the code under test competes with its tasks.
    /// </summary>
    public bool CallbacksAtOnce { get; init; }

    /// <summary>
    /// Whether it is searched, too, what happens when a timer is faster than work that is ready. Only without a reduction, which
    /// goes by the order of steps.
    /// </summary>
    public bool TimeMayPass { get; init; }

    /// <summary>Whether the first failure ends the search.</summary>
    public bool StopsAtFailure { get; init; } = true;

    /// <summary>How many runs are made at most.</summary>
    public long RunLimit { get; init; } = 1_000_000;

    /// <summary>How many steps are made at most, over all runs; the run during which they are used up is the last.</summary>
    public long StepBudget { get; init; } = long.MaxValue;

    /// <summary>Where an earlier search stood (<see cref="ExhaustiveReport.Position"/>); null = at the beginning.</summary>
    public string? Position { get; init; }
}
