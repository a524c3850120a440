using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim replay</c>: makes the run of a replay line again.</summary>
internal static class ReplayCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var (target, line, json) = (SharedOptions.Target(), SharedOptions.Line(), SharedOptions.Json());
        var command = new Command("replay", "Make the run of a replay line again: exit 1 if it still fails, 0 if it holds.")
        {
            target, line, json,
        };
        command.SetAction(parsed =>
        {
            // The line first: a build is long to wait for a typing error.
            var recorded = ReplayLine.Parse(parsed.GetRequiredValue(line));
            var opened = Target.Open(parsed, target, json, console, cancellationToken);
            var scenario = opened.Find(recorded.Scenario);
            using var shown = BodyConsole.Show(console);
            var replay = ReplayReport.Make(scenario, recorded);
            if (replay.Run.Passed)
            {
                console.WriteResult($"{scenario.Name} holds. {replay.Compare()}", good: true);
                console.WriteJson(() => ReportJson.OfReplay(opened.Name, scenario, replay, ExitCode.AsExpected));
                return ExitCode.AsExpected;
            }

            console.WriteResult(FailureText.Of(scenario, replay, opened.Word), good: false);
            console.WriteJson(() => ReportJson.OfReplay(opened.Name, scenario, replay, ExitCode.NotAsExpected));
            return ExitCode.NotAsExpected;
        });
        return command;
    }
}
