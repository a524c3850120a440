using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim explain</c>: says which decision makes the run of a replay line fail.</summary>
internal static class ExplainCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var target = CommandTree.Target();
        var line = new Argument<string>("line") { Description = "The replay line, as a failure prints it." };
        var command = new Command("explain", "Say why the run of a replay line fails: which two steps decide, and both runs in full.")
        {
            target, line,
        };
        command.SetAction(parsed =>
        {
            // The line first: a build is long to wait for a typing error.
            var recorded = ReplayLine.Parse(parsed.GetRequiredValue(line));
            var opened = Target.Open(parsed.GetRequiredValue(target), console, cancellationToken);
            var scenario = opened.Select([recorded.Scenario])[0];
            var replay = ReplayReport.Make(scenario, recorded);
            if (replay.Run.Passed)
            {
                console.WriteResult($"{scenario.Name} holds. {replay.Compare()}", good: true);
                return ExitCode.AsExpected;
            }

            console.WriteResult(RunText.OfExplained(scenario, replay, opened.Word), good: false);
            return ExitCode.NotAsExpected;
        });
        return command;
    }
}
