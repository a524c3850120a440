using System.Globalization;
using System.Text;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>The text of one run that was made to be looked at: its trace, and what became of it.</summary>
public static class RunText
{
    /// <summary>The line to begin with: what the scenario itself writes to the console comes after it.</summary>
    public static string Title(Scenario scenario, IStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(strategy);
        return $"{scenario.Name} ({strategy.Name})";
    }

    /// <summary>The text of <c>sim explain</c>: why a replay fails, then both runs in full.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="replay">The replay, which failed.</param>
    /// <param name="explanation">Why; null if it cannot be compared.</param>
    /// <param name="target">What to pass to <c>sim replay</c>.</param>
    public static string OfExplained(Scenario scenario, ReplayReport replay, Explanation? explanation, string target)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(replay);
        if (explanation is null)
        {
            return FailureText.Of(scenario, replay, target);
        }

        var text = new StringBuilder();
        var failure = replay.Run.Failure!;
        text.Append(CultureInfo.InvariantCulture, $"{scenario.Name} fails at {failure.Time} of virtual time in task {failure.Task}:\n\n");
        text.Append(FailureText.Indent(FailureWords.Of(failure), 2)).Append("\n\n").Append(ExplanationText.Of(explanation));
        foreach (var run in (ExplainedRun?[])[explanation.Failing, explanation.Passing])
        {
            if (run is { Report: { } report })
            {
                text.Append(report.Passed ? "The run that holds:\n\n" : "The run that fails:\n\n");
                FailureText.AppendTrace(text, report.Trace, whole: true);
                FailureText.AppendReplay(text, scenario, ReplayLine.Of(scenario, report), target);
                text.Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The text, with the replay lines if the run failed.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="run">The run.</param>
    /// <param name="target">What to pass to <c>sim replay</c>.</param>
    public static string Of(Scenario scenario, RunReport run, string target)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(run);
        var text = new StringBuilder();
        // All of it, however long: the run was made to be looked at.
        FailureText.AppendTrace(text, run.Trace, whole: true);
        if (run.Failure is { } failure)
        {
            text.Append(CultureInfo.InvariantCulture, $"{scenario.Name} fails at {failure.Time} of virtual time in task {failure.Task}")
                .Append(scenario.MustFail is { } planted ? $", as expected (planted: {planted.TrimEnd('.')}):\n\n" : ":\n\n")
                .Append(FailureText.Indent(FailureWords.Of(failure), 2)).Append("\n\n");
            FailureText.AppendReplay(text, scenario, ReplayLine.Of(scenario, run), target);
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"{scenario.Name} holds: {run.Steps} steps, {Counted.Of(run.Decisions.Count, "decision")}, ")
            .Append(CultureInfo.InvariantCulture, $"{Durations.Format(run.VirtualTime)} of virtual time\n");
        if (run.LeftTasks.Count > 0)
        {
            text.Append("Still alive at the end:\n  ").AppendJoin("\n  ", run.LeftTasks).Append('\n');
        }

        if (scenario.MustFail is { } hidden)
        {
            text.Append(CultureInfo.InvariantCulture, $"One run need not meet what is planted ({hidden.TrimEnd('.')}): sim fuzz {target} {ShellWord.Of(scenario.Name)} searches for it.\n");
        }

        return text.ToString();
    }
}
