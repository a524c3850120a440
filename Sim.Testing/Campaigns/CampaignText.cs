using System.Globalization;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>The texts of campaigns, for every runner: a line for each, and a summary of all.</summary>
public static class CampaignText
{
    /// <summary>The folder of the tool's own project, in this repository.</summary>
    public const string ToolProject = "Sim.Cli";

    /// <summary>What <c>sim</c> in a replay line stands for, so that a pasted line works without the tool installed.</summary>
    public const string ToolHint =
        "Where the tool is not installed, `dotnet run -c Release --project Sim.Cli --` stands for `sim`.";

    /// <summary>How many of the tasks that are left alive are named.</summary>
    private const int Shown = 5;

    /// <summary>One line: the scenario and what became of it, with the cost.</summary>
    public static string Line(CampaignOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var (report, options) = (outcome.Report, outcome.Options);
        var planted = report.Scenario.MustFail?.TrimEnd('.');
        var runs = Counted.Of(report.Runs, "run");
        var cost = string.Create(
            CultureInfo.InvariantCulture,
            $"{runs}, {Schedules(report)}, {Durations.Format(report.VirtualTime)} of virtual time in {Seconds(outcome.WallTime)}");
        return report.Scenario.Name + outcome.Verdict switch
        {
            CampaignVerdict.Holds when report.Search is { } search => $" holds under {Schedules(options)}: {Explored(search, options)}, {cost}",
            CampaignVerdict.Unfinished =>
                $" NOT FULLY EXPLORED: the cap is reached after {runs}, which all held ({Classes(report.Search!)} so far): "
                + $"try more --runs, {FewerSchedules(options)}, or a smaller scenario ({cost})",
            CampaignVerdict.Holds => $" holds: {cost}{Ended(outcome)}",
            CampaignVerdict.PlantedBugFound =>
                $": the planted bug ({planted}) is found in run {report.Runs}{Planned(options)}, as expected ({Seconds(outcome.WallTime)}, shrunk in {Counted.Of(report.ShrinkRuns, "run")})",
            CampaignVerdict.PlantedBugMissed =>
                $": the planted bug ({planted}) is NOT FOUND in {runs}: if it is mended, take MustFail away; otherwise try more {(report.IsOutOfTime ? "time" : "--runs")} or another --seed ({cost})",
            CampaignVerdict.Interrupted => $" interrupted: no failure in {runs}{(options.TimeBudget is null ? $" of {options.Runs}" : "")}, so nothing is decided",
            CampaignVerdict.Fails when report.FromPin is not null => " FAILS again, in a run that is pinned",
            CampaignVerdict.Fails when report.FromCorpus is not null => " FAILS again, as its corpus remembers",
            _ => $" FAILS in run {report.Runs}{Planned(options)}{Unexpected(report)}",
        };
    }

    /// <summary>The line, and for a failure its text with the trace and the replay lines below it.</summary>
    /// <param name="outcome">The campaign.</param>
    /// <param name="target">What to pass to <c>sim replay</c>.</param>
    public static string Of(CampaignOutcome outcome, string target)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var lines = Notes(outcome.Report) is { Length: > 0 } notes ? $"{Line(outcome)}\n{notes}" : Line(outcome);
        return outcome.Report.Held ? lines : $"{lines}\n\n{FailureText.Of(outcome.Report, target)}";
    }

    /// <summary>What else is to be told of a campaign, a line for each thing; empty if there is nothing.</summary>
    public static string Notes(CampaignReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var notes = report.PinnedMisfits.Concat(report.DroppedFromCorpus)
            .Concat(report.NotKept is { } notKept ? [$"it is not kept: {notKept}"] : [])
            .Select(static note => $"  note: {note}");
        if (report is { Held: true, LeftTasks: { Count: > 0 } left })
        {
            notes = notes.Append(
                $"  note: a run ends and leaves something alive, which is then asked to stop (LeakedTasksFail makes that a failure):"
                + string.Concat(left.Take(Shown).Select(static line => $"\n    {line}"))
                + (left.Count > Shown ? $"\n    and {left.Count - Shown} more" : ""));
        }

        var leaky = string.Join(", ", report.LeakyStatics);
        return string.Join('\n', leaky.Length == 0 ? notes : notes.Append(
            $"  note: a run leaves static state behind for the next, which no trace has shown so far: {leaky}"));
    }

    /// <summary>One line on all campaigns: how many came to what, and which of them not as expected.</summary>
    /// <param name="outcomes">What was explored.</param>
    /// <param name="asked">How many scenarios were to be explored; more than outcomes when interrupted.</param>
    public static string Summary(IReadOnlyList<CampaignOutcome> outcomes, int asked)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var parts = new List<string>();
        Add(CampaignVerdict.Holds, static count => count == 1 ? "1 holds" : $"{count} hold");
        Add(CampaignVerdict.PlantedBugFound, static count => $"{Counted.Of(count, "planted bug")} found");
        Add(CampaignVerdict.Fails, static count => count == 1 ? "1 FAILS" : $"{count} FAIL");
        Add(CampaignVerdict.PlantedBugMissed, static count => $"{Counted.Of(count, "planted bug")} NOT FOUND");
        Add(CampaignVerdict.Unfinished, static count => $"{count} NOT FULLY EXPLORED");
        Add(CampaignVerdict.Interrupted, static count => $"{count} interrupted");
        if (asked > outcomes.Count)
        {
            parts.Add($"{asked - outcomes.Count} not begun");
        }

        var unexpected = outcomes.Where(static outcome => outcome.IsUnexpected)
            .Select(static outcome => outcome.Report.Scenario.Name).ToArray();
        var undecided = asked > outcomes.Count || outcomes.Any(static outcome => outcome.Verdict == CampaignVerdict.Interrupted);
        var end = unexpected.Length > 0 ? $"Not as expected: {string.Join(", ", unexpected)}."
            : undecided ? "Interrupted before all was decided."
            : "All as expected.";
        return $"{Counted.Of(asked, "scenario")}: {string.Join(", ", parts)}. {end}";

        void Add(CampaignVerdict verdict, Func<int, string> words)
        {
            if (outcomes.Count(outcome => outcome.Verdict == verdict) is > 0 and var count)
            {
                parts.Add(words(count));
            }
        }
    }

    private static string Schedules(CampaignOptions options) => options.Exhaustive!.Preemptions is { } bound
        ? $"every schedule of at most {Counted.Of(bound, "preemption")}"
        : "every schedule";

    private static string FewerSchedules(CampaignOptions options) =>
        options.Exhaustive!.Preemptions is null ? "a bound on --preemptions" : "fewer --preemptions";

    private static string Explored(ExhaustiveReport search, CampaignOptions options) =>
        (search.Classes == 1 ? "its one happens-before class explored" : $"all {Classes(search)} explored")
        + (search.Unreduced is { } why ? $" (without reduction: {why})" : "")
        + Interleavings(search, options.Exhaustive!);

    // Callbacks are chosen too, so that there are more runs than interleavings. A reduction makes some of each class only.
    private static string Interleavings(ExhaustiveReport search, ExhaustiveOptions options) =>
        (options.Reduction == Reduction.None || search.Unreduced is not null) && options.Preemptions is null
            ? $", with all of its {Counted.Of(search.Interleavings, "interleaving")} of task steps "
                + $"and {Counted.Of(search.OperationOrders, "order")} of operations"
            : $", by {Counted.Of(search.Interleavings, "interleaving")} of task steps";

    private static string Classes(ExhaustiveReport search) => Counted.Of(search.Classes, "happens-before class", "happens-before classes");

    private static string Unexpected(CampaignReport report) => report.Scenario.MustFail is { } planted
        ? $", but not by the bug that is planted ({planted.TrimEnd('.')}): a run must be a function of its decisions"
        : "";

    private static string Schedules(CampaignReport report) => Counted.Of(report.DistinctSchedules, "distinct schedule")
        + (report.Coverage is not { } seen ? ""
            : (seen.Runs < report.Runs ? " in at least " : " in ")
            + $"{Counted.Of(seen.Classes, "happens-before class", "happens-before classes")} with "
            + Counted.Of(seen.HandOvers, "hand-over"));

    // How many runs a time is cannot be told before.
    private static string Planned(CampaignOptions options) => options.TimeBudget is null ? $" of {options.Runs} planned" : "";

    private static string Ended(CampaignOutcome outcome) => outcome.Report switch
    {
        { IsCovered: true } => $"; enough: one more run shows something new with a chance of at most 1 in {CampaignCoverage.OneIn}",
        { IsOutOfTime: true } => "; its time was up",
        _ => "",
    };

    // Real time is told to the millisecond: more digits would only look exact.
    private static string Seconds(TimeSpan wallTime) =>
        Durations.Format(new TimeSpan(wallTime.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond));
}
