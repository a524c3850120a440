using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim explain</c>: says which decision makes the run of a replay line fail.</summary>
internal static class ExplainCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var (target, line, json) = (SharedOptions.Target(), SharedOptions.Line(), SharedOptions.Json());
        var command = new Command("explain", "Say why the run of a replay line fails: which two steps decide, and both runs in full.")
        {
            target, line, json,
        };
        command.SetAction(parsed =>
        {
            // The line first: a build is long to wait for a typing error.
            var recorded = ReplayLine.Parse(parsed.GetRequiredValue(line));
            var opened = Target.Open(parsed, target, json, console, cancellationToken);
            var scenario = opened.Find(recorded.Scenario);
            using var quiet = BodyConsole.Discard();
            var replay = ReplayReport.Make(scenario, recorded);
            if (replay.Run.Passed)
            {
                console.WriteResult($"{scenario.Name} holds. {replay.Compare()}", good: true);
                console.WriteJson(() => ReportJson.OfExplanation(opened.Name, scenario, replay, null, ExitCode.AsExpected));
                return ExitCode.AsExpected;
            }

            var explanation = scenario.Explain(replay.Run, cancellationToken);
            console.WriteResult(RunText.OfExplained(scenario, replay, explanation, opened.Word), good: false);
            console.WriteJson(() => ReportJson.OfExplanation(opened.Name, scenario, replay, explanation, ExitCode.NotAsExpected));
            return ExitCode.NotAsExpected;
        });
        return command;
    }
}
