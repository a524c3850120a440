using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim replay</c>: makes the run of a replay line again.</summary>
internal static class ReplayCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken) => LineCommand.Create(
        "replay",
        "Make the run of a replay line again: exit 1 if it still fails, 0 if it holds.",
        console,
        (target, scenario, recorded) =>
        {
            using var shown = BodyConsole.Show(console);
            var replay = ReplayReport.Make(scenario, recorded);
            if (replay.Run.Passed)
            {
                console.WriteResult($"{scenario.Name} holds. {replay.Compare()}", good: true);
                console.WriteJson(() => ReportJson.OfReplay(target.Name, scenario, replay, ExitCode.AsExpected));
                return ExitCode.AsExpected;
            }

            console.WriteResult(FailureText.Of(scenario, replay, target.Word), good: false);
            console.WriteJson(() => ReportJson.OfReplay(target.Name, scenario, replay, ExitCode.NotAsExpected));
            return ExitCode.NotAsExpected;
        },
        cancellationToken);
}
