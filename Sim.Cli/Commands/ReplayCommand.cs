using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim replay</c>: makes the run of a replay line again.</summary>
internal static class ReplayCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var target = CommandTree.Target();
        var line = new Argument<string>("line") { Description = "The replay line, as a failure prints it." };
        var command = new Command("replay", "Make the run of a replay line again: exit 1 if it still fails, 0 if it holds.") { target, line };
        command.SetAction(parsed =>
        {
            // The line first: a build is long to wait for a typing error.
            var recorded = ReplayLine.Parse(parsed.GetRequiredValue(line));
            var opened = Target.Open(parsed.GetRequiredValue(target), console, cancellationToken);
            var scenario = opened.Select([recorded.Scenario])[0];
            using var shown = BodyConsole.Show(console);
            var replay = ReplayReport.Make(scenario, recorded);
            if (replay.Run.Passed)
            {
                console.WriteResult($"{scenario.Name} holds. {replay.Compare()}", good: true);
                return ExitCode.AsExpected;
            }

            console.WriteResult(FailureText.Of(scenario, replay, opened.Word), good: false);
            return ExitCode.NotAsExpected;
        });
        return command;
    }
}
