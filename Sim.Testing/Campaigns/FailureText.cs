using System.Globalization;
using System.Text;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// The text of a failure, for every runner: what happened, when and in which task; which decisions made it so; the trace;
/// what to run. The replay lines in it are tested.
/// </summary>
public static class FailureText
{
    /// <summary>The text for a campaign that found a failure.</summary>
    /// <param name="report">The campaign.</param>
    /// <param name="target">What to pass to <c>sim replay</c>: the project that holds the scenario.</param>
    /// <exception cref="ArgumentException">The campaign found none.</exception>
    public static string Of(CampaignReport report, string target)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report is not { Found: { } found, Shrunk: { Failure: { } failure } shrunk })
        {
            throw new ArgumentException("The campaign found no failure.", nameof(report));
        }

        var text = new StringBuilder();
        text.Append(report.Scenario.Title)
            .Append(report switch
            {
                { FromPin.Because: { } because } => $" fails again, in the run that is pinned because {because.TrimEnd('.')}, ",
                { FromPin: not null } => " fails again, in a run that is pinned, ",
                { FromCorpus: not null } => " fails again, as its corpus remembers, ",
                _ => $" fails in run {report.Runs} ({found.Strategy}) ",
            });
        text.Append(CultureInfo.InvariantCulture, $"at {failure.Time} of virtual time in task {failure.Task}:\n\n");
        text.Append(Indent(FailureWords.Of(failure), 2)).Append("\n\n");
        AppendData(text, report.Scenario);
        AppendReasons(text, report, shrunk);
        text.Append(report.Explanation is { } explanation ? ExplanationText.Of(explanation) : "");
        AppendTrace(text, shrunk.Trace);
        if (report.Replay is { } replay)
        {
            AppendReplay(text, report.Scenario, replay, target);
        }
        else
        {
            text.Append("It cannot be replayed: what happens outside the simulation is not recorded. Take that cause away first.\n");
        }

        return text.ToString();
    }

    /// <summary>The text for a replay that still fails.</summary>
    public static string Of(Scenario scenario, ReplayReport replay, string target)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(replay);
        var failure = replay.Run.Failure ?? throw new ArgumentException("The replay did not fail.", nameof(replay));
        var text = new StringBuilder();
        text.Append($"{scenario.Title} still fails, at {failure.Time} of virtual time in task {failure.Task}:\n\n");
        text.Append(Indent(FailureWords.Of(failure), 2)).Append("\n\n");
        AppendData(text, scenario);
        text.Append(replay.Compare()).Append("\n\n");
        if (scenario.IsListed)
        {
            text.Append($"Why it fails: sim explain {target} {ReplayLine.Of(scenario, replay.Run)}\n\n");
        }

        AppendTrace(text, replay.Run.Trace);
        AppendReplay(text, scenario, ReplayLine.Of(scenario, replay.Run), target);
        return text.ToString();
    }

    /// <summary>The failure of a run that was shrunk: what happened, by which decisions, and the lines to go on with.</summary>
    internal static string OfShrunk(Scenario scenario, RunReport run, string target)
    {
        var text = new StringBuilder();
        var failure = run.Failure!;
        text.Append(CultureInfo.InvariantCulture, $"It fails at {failure.Time} of virtual time in task {failure.Task}:\n\n");
        text.Append(Indent(FailureWords.Of(failure), 2)).Append("\n\n");
        if (run.Script.Count > 0)
        {
            AppendDecisions(text, run);
            text.Append('\n');
        }

        AppendReplay(text, scenario, ReplayLine.Of(scenario, run), target);
        return text.ToString();
    }

    private static void AppendDecisions(StringBuilder text, RunReport run)
    {
        var sentences = new StepWords(run).DescribeAll()
            .SelectMany(static sentence => WrappedText.Lines($"  {sentence}", WrappedText.Width, indent: 5));
        text.AppendJoin('\n', sentences).Append('\n');
    }

    private static void AppendData(StringBuilder text, Scenario scenario)
    {
        if (scenario.Data is { } data)
        {
            text.Append(data).Append("\n\n");
        }
    }

    private static void AppendReasons(StringBuilder text, CampaignReport report, RunReport shrunk)
    {
        var deviations = shrunk.Script.Deviations;
        if (report.Replay is null)
        {
            return;
        }

        if (deviations.Length == 0)
        {
            // Where the order does not matter, the explanation says both.
            var isSaid = report.Explanation is { } explanation && ExplanationText.IsNotTheOrder(explanation);
            text.Append(isSaid ? "" : "No special schedule is needed: it fails first in, first out.\n\n");
            return;
        }

        var was = report.Found!.Script.Count;
        var differ = deviations.Length == 1 ? "differs" : "differ";
        text.Append($"It takes {Counted.Of(deviations.Length, "decision")} that {differ} from first in, first out");
        text.Append(was > deviations.Length ? $" (shrunk from {was}):\n" : ":\n");
        AppendDecisions(text, shrunk);
        if (!report.ShrunkIsMinimal)
        {
            text.Append("Some of them may not be needed: shrinking did not get to its end.\n");
        }

        text.Append('\n');
    }

    internal static void AppendTrace(StringBuilder text, Trace trace, bool whole = false) =>
        text.Append(CultureInfo.InvariantCulture, $"Trace ({Counted.Of(trace.Events.Count, "event")}, hash {trace.Hash}):\n\n")
            .Append(Indent(whole ? trace.ToString() : ShortTrace.Of(trace), 2)).Append("\n\n");

    internal static void AppendReplay(StringBuilder text, Scenario scenario, ReplayLine line, string target) =>
        text.Append(CommandsOf(scenario, line, target));

    /// <summary>The commands that make a run again, a line each below a heading.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="line">The run.</param>
    /// <param name="target">What to pass to <c>sim replay</c>: the project that holds the scenario.</param>
    public static string CommandsOf(Scenario scenario, ReplayLine line, string target)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var commands = ReplayCommands.Of(scenario, line, target).Select(static command => $"  {command}\n");
        return $"Replay it:\n{string.Concat(commands)}{scenario.OtherWays}";
    }

    /// <summary>Two lines that tell how a run is pinned, with the attribute to paste above the test.</summary>
    public static string PinOf(ReplayLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return $"Pin it, above the test:\n  [SimReplay(\"{line}\")]\n";
    }

    internal static string Indent(string text, int width)
    {
        var margin = new string(' ', width);
        return string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : margin + line));
    }
}
