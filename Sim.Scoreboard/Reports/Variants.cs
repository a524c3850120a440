namespace Sim.Scoreboard;

/// <summary>The experiments of the page: for each reason that is given there for a difference, one that takes it away.</summary>
internal static class Variants
{
    private static readonly string[] _all = ["RW", "POS", "PCT3", "PCT10", "URW", "SURW"];

    public static IReadOnlyList<Variant> All { get; } =
    [
        new("one-step-sections",
            "Shuttle switches where a lock is released, not before it is taken, and any waiter may get it. Here: a section is one step,\n"
            + "the lock has no line.",
            new StepRules { SectionsAreOneStep = true, LocksAreFair = false })
        {
            Beside = Published.Shuttle,
            Programs = ["wronglock", "wronglock_3", "twostage", "twostage_20"],
            Titles = Published.Shuttle.Titles,
        },
        new("kinds-apart",
            "The description of `twostage_20` names no order of starting. Here: all writers start before all readers. With the figure\n"
            + "in turn it makes a range, in which theirs lies.",
            new StepRules { KindsStartInTurn = false })
        {
            Beside = Published.Shuttle,
            Programs = ["twostage_20"],
            Titles = ["RW"],
        },
        new("giving-way",
            "In Shuttle a yield lowers the priority under PCT. Here: a philosopher who has one fork lets all others go first.",
            new StepRules { PhilosophersGiveWay = true })
        {
            Beside = Published.Shuttle,
            Programs = ["din_phil_3", "din_phil_5", "din_phil_7"],
            Titles = Published.Shuttle.Titles,
        },
        new("free-starts",
            "Where it takes no step to start a task, all are there from the beginning, and a late one need not catch up. URW and SURW\n"
            + "weigh that exactly.",
            new StepRules { StartingIsAStep = false })
        {
            Beside = Published.Artifact,
            Programs = ["reorder_10", "reorder_20", "reorder_50"],
            Titles = ["URW", "SURW"],
        },
        new("free-starts-shuttle",
            "The same beside Shuttle: its figure lies between ours with a step for each start and ours without.",
            new StepRules { StartingIsAStep = false })
        {
            Beside = Published.Shuttle,
            Programs = ["reorder_20"],
            Titles = ["URW"],
        },
        new("slow-starts",
            "To start a thread takes its starter a while, and the threads that are there run on. Here: eight steps more for each start,\n"
            + "and locks without a line.",
            new StepRules { StepsToStart = 8, LocksAreFair = false })
        {
            Beside = Published.Artifact,
            Programs = ["circular_buffer", "wronglock", "wronglock_3", "twostage", "twostage_20", "reorder_3", "reorder_4", "reorder_5"],
            Titles = _all,
        },
        new("late-beginnings",
            "A thread that has been started takes a while until it does anything. Here: sixteen steps; the main task goes on.",
            new StepRules { StepsToBegin = 16, LocksAreFair = false })
        {
            Beside = Published.Artifact,
            Programs = ["stringbuffer"],
            Titles = _all,
        },
    ];
}
