using Sim.World;

namespace Sim.Testing;

/// <summary>
/// What a run did, laid out to be looked at: lanes, steps, arrows, decisions; and beside a failure the nearest run that holds.
/// <see cref="TimelinePage"/>, <see cref="ChromeTraceFile"/> and <see cref="MermaidDiagram"/> draw it. Immutable.
/// </summary>
/// <param name="Title">The name of the scenario; of a run without one, that of its strategy.</param>
/// <param name="Runs">
/// The run. Where a failure is explained, the run that fails, then the one that holds if there is one: they are the same up to
/// the steps that decide.
/// </param>
public sealed record Timeline(string Title, IReadOnlyList<TimelineRun> Runs)
{
    /// <summary>Why it fails, in sentences; empty where that was not asked.</summary>
    public string Why { get; init; } = "";

    /// <summary>
    /// The run that was asked about, which the failure text tells, where <see cref="Runs"/> shows another one that fails in its
    /// place; else null.
    /// </summary>
    public TimelineRun? Explained { get; init; }

    /// <summary>The timeline of a recorded run.</summary>
    public static Timeline Of(RunReport run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new Timeline(run.Strategy, [new RunReader(run, explained: null, deciding: []).Read()]);
    }

    /// <summary>The timeline of a run of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="run">
    /// The run, recorded. Where an explanation shows another one that fails, that one is among the <see cref="Runs"/>, and this is
    /// <see cref="Explained"/>.
    /// </param>
    /// <param name="target">What to pass to <c>sim replay</c>: the project that holds the scenario.</param>
    /// <param name="explanation">Why the run fails (<see cref="Scenario.Explain"/>), if that is known.</param>
    public static Timeline Of(Scenario scenario, RunReport run, string target, Explanation? explanation = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(run);
        if (explanation is null)
        {
            return new Timeline(scenario.Name, [Read(run, explained: null, deciding: [])]);
        }

        var (failing, passing) = (explanation.Failing, explanation.Passing);
        var deciding = Deciding(explanation);
        var runs = passing is null ? (ExplainedRun[])[failing] : [failing, passing];
        return new Timeline(scenario.Name, [.. runs.Select(one => Read(one.Report, one, deciding))])
        {
            Why = ExplanationText.Why(explanation),
            Explained = run.Trace.Hash == failing.Report.Trace.Hash ? null : Read(run, explained: null, deciding: []),
        };

        TimelineRun Read(RunReport report, ExplainedRun? explained, IReadOnlyList<long> deciding) =>
            new RunReader(report, explained, deciding).Read() with
            {
                Replay = report.Failure?.Kind is FailureKind.Nondeterministic or FailureKind.Escaped
                    ? [] : ReplayCommands.Of(scenario, ReplayLine.Of(scenario, report), target),
            };
    }

    /// <summary>The timeline of the failure that a campaign has found and shrunk.</summary>
    /// <param name="report">The campaign.</param>
    /// <param name="target">What to pass to <c>sim replay</c>: the project that holds the scenario.</param>
    /// <exception cref="ArgumentException">The campaign found none.</exception>
    public static Timeline Of(CampaignReport report, string target)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Shrunk is { } shrunk
            ? Of(report.Scenario, shrunk, target, report.Explanation)
            : throw new ArgumentException("The campaign found no failure.", nameof(report));
    }

    // The numbers of the steps that decide, which are the same in both runs.
    private static long[] Deciding(Explanation explanation) => explanation switch
    {
        { Pair: { } pair } => [pair.Place + 1, pair.Place + 2],
        // Time passes before the next step; another choice is made during the last one, or for it.
        { Choice: { Kind: DecisionKind.Time } choice } => [choice.Place + 1],
        { Choice: { } choice } => [choice.Place],
        _ => [],
    };
}
