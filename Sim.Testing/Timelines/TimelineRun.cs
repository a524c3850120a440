using Sim.World;

namespace Sim.Testing;

/// <summary>One run, laid out in lanes. Immutable.</summary>
/// <param name="Report">The run.</param>
/// <param name="Lanes">The lanes: tasks in the order in which they came up, and last the loop if it has something to show.</param>
/// <param name="Steps">The steps in the order in which they were taken, with every event of the trace in one of them.</param>
public sealed record TimelineRun(RunReport Report, IReadOnlyList<TimelineLane> Lanes, IReadOnlyList<TimelineStep> Steps)
{
    /// <summary>The command lines that make this run again; empty if it belongs to no scenario or cannot be replayed.</summary>
    public IReadOnlyList<string> Replay { get; init; } = [];

    /// <summary>From each step to those that it made ready, ordered by where they lead.</summary>
    public IEnumerable<TimelineArrow> Arrows => Steps.Where(static step => step.Cause > 0).Select(static step => new TimelineArrow(
        step.Cause, step.Number, step.Phase switch
        {
            StepPhase.Begins => ArrowKind.Creates,
            StepPhase.GoesOn => ArrowKind.Wakes,
            _ => ArrowKind.Calls,
        }));
}
