using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>
/// Where a schedule can switch in a bug program, and who gets a lock. The programs are the same under all rules; figures of two
/// harnesses can be compared only if these are.
/// </summary>
internal sealed record StepRules
{
    /// <summary>How our figures are measured.</summary>
    public static StepRules Ours { get; } = new();

    /// <summary>What a task announces that lets all others go first.</summary>
    public static object GivesWay { get; } = new();

    /// <summary>
    /// Whether a section under a lock is one step, with a scheduling point behind it; else there is a point before it and one before
    /// the lock is released.
    /// </summary>
    public bool SectionsAreOneStep { get; init; }

    /// <summary>Whether a lock goes to the first who waits, as asyncio's does, or to any of them.</summary>
    public bool LocksAreFair { get; init; } = true;

    /// <summary>Whether a philosopher who has one fork lets all others go first.</summary>
    public bool PhilosophersGiveWay { get; init; }

    /// <summary>Whether there is a scheduling point behind the start of a task.</summary>
    public bool StartingIsAStep { get; init; } = true;

    /// <summary>How many steps more it takes the starter to start a task.</summary>
    public int StepsToStart { get; init; }

    /// <summary>How many steps a task takes before it comes to what it is for.</summary>
    public int StepsToBegin { get; init; }

    /// <summary>Whether tasks of two kinds start in turn, or all of the one kind first.</summary>
    public bool KindsStartInTurn { get; init; } = true;

    /// <summary>What a philosopher does who has one fork.</summary>
    public ValueTask HaveOneForkAsync() => PhilosophersGiveWay ? Asyncio.YieldBeforeAsync(GivesWay, isWrite: false) : default;
}
