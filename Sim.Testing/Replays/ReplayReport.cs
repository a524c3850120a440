using Sim.World;

namespace Sim.Testing;

/// <summary>What became of a replay.</summary>
/// <param name="Line">What was replayed.</param>
/// <param name="Run">The run.</param>
/// <param name="Fit">How it compares with the recorded one.</param>
/// <param name="Mismatch">
/// The first recorded decision that does not fit the code by its names, as a sentence with the facts of the run; null when all do.
/// </param>
public sealed record ReplayReport(ReplayLine Line, RunReport Run, ReplayFit Fit, string? Mismatch)
{
    private string Changed => Line.IsChangedByHand ? "The line was changed by hand" : "The code has changed since the recording";

    /// <summary>Whether the trace is the recorded one, event for event.</summary>
    public bool IsIdentical => Fit == ReplayFit.Identical;

    /// <summary>If decisions were moved: which, and where to, a clause each.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>
    /// Makes the run that <paramref name="line"/> describes. If the code has changed so that it does not fail by the recorded
    /// decisions any more, takes them at their recorded places, and then looks for the places where they fit now. A line that
    /// was changed by hand is taken as it is: whoever takes a decision out wants to know what happens without it.
    /// </summary>
    /// <exception cref="ScenarioException">The line belongs to another scenario.</exception>
    public static ReplayReport Make(Scenario scenario, ReplayLine line) => Make(scenario, line, repairsWhatFits: true);

    /// <param name="scenario">The scenario.</param>
    /// <param name="line">The recorded run.</param>
    /// <param name="repairsWhatFits">Whether other places are looked for although all decisions fit and the run holds.</param>
    internal static ReplayReport Make(Scenario scenario, ReplayLine line, bool repairsWhatFits)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(line);
        if (!line.Scenario.Equals(scenario.Name, StringComparison.Ordinal))
        {
            throw new ScenarioException($"The replay line belongs to scenario '{line.Scenario}', not to '{scenario.Name}'.");
        }

        var strategy = new ReplayStrategy(line.Script);
        var run = RunWatched(scenario, strategy);
        var mismatch = strategy.Unfit is [var first, ..] ? Misfit.Describe(line.Script, first, run) : null;
        if (line.EndsAlike(run))
        {
            return new ReplayReport(line, run, IsRecorded(run, line) ? ReplayFit.Identical : ReplayFit.SameOutcome, mismatch);
        }

        var searches = repairsWhatFits || mismatch is not null || !run.Passed;
        if (line.Script.Count > 0 && !line.IsChangedByHand && searches)
        {
            var placed = RunWatched(scenario, ListStrategy.Of(line.Script));
            if (line.EndsAlike(placed))
            {
                return new ReplayReport(line, placed, IsRecorded(placed, line) ? ReplayFit.Identical : ReplayFit.ByPlace, mismatch);
            }

            var repair = new ScriptRepair((candidate, records) => scenario.Run(candidate, patient: false, records), line.Outcome);
            if (repair.Find(line.Script) is { } fit)
            {
                var moved = RunWatched(scenario, fit.ToStrategy());
                return new ReplayReport(line, moved, ReplayFit.Moved, mismatch) { Moves = Misfit.DescribeMoves(fit) };
            }
        }

        return new ReplayReport(line, run, ReplayFit.OtherOutcome, mismatch);
    }

    /// <summary>Some sentences that compare the replay with the recording.</summary>
    public string Compare()
    {
        var still = $"and it still {(Run.Passed ? "holds" : "fails in the same way")}";
        return Fit switch
        {
            ReplayFit.Identical => "The run is the recorded one, event for event.",
            ReplayFit.SameOutcome => $"{Changed}, {still}{(Mismatch is { } one ? $", although {one}" : $": {Fitting}")}.",
            ReplayFit.ByPlace => $"{Changed}, {still} if the decisions are taken where they stood. By name, {Mismatch}.",
            ReplayFit.Moved => $"{Changed}, {still} if {string.Join(", and if ", Moves)}.",
            _ => $"{Changed}: {Mismatch ?? $"{Fitting}, but it {(Run.Passed ? "no longer fails" : "fails in another way")}"}.{FirstStep}",
        };
    }

    // Where decisions fit and the outcome is another, the steps after them must tell what was edited.
    private string FirstStep
    {
        get
        {
            if (Line.IsChangedByHand || Line.Steps is not { } steps)
            {
                return "";
            }

            if (steps.FirstDifference(Run.StepOrder) is not var (from, to))
            {
                return " The steps are the recorded ones: what differs is what they do.";
            }

            if (from != to)
            {
                return $" The first step that differs is one of the steps {from} to {to}.";
            }

            var was = steps.Guess(Run.StepOrder, from) is { } step ? $"it was {StepWords.InWords(step)}, and now " : "now ";
            var words = new StepWords(Run);
            var now = from > Run.StepOrder.Count ? "the run has ended before" : $"it is {words.Of(Run.StepOrder[from - 1], inFull: true)}";
            return $" The first step that differs is step {from}: {was}{now}.";
        }
    }

    private string Fitting => Line.Script.Count switch
    {
        0 => "no decision was needed",
        1 => "the decision fits",
        var decisions => $"all {decisions} decisions fit",
    };

    private static bool IsRecorded(RunReport run, ReplayLine line) => run.Trace.Hash.Equals(line.TraceHash, StringComparison.Ordinal);

    private static RunReport RunWatched(Scenario scenario, IStrategy strategy)
    {
        using var watch = new LostErrorWatch();
        var run = scenario.Run(strategy);
        return run.Passed && watch.Find() is { } lost ? run with { Failure = lost.ToFailure() } : run;
    }
}
