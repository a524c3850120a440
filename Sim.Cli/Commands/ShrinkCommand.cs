using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim shrink</c>: makes the failing run of a replay line as small as it gets.</summary>
internal static class ShrinkCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var (target, line, json) = (SharedOptions.Target(), SharedOptions.Line(), SharedOptions.Json());
        var command = new Command("shrink", "Make the failing run of a replay line as small as it gets, and print its line.")
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
            var report = ShrinkReport.Make(scenario, recorded, cancellationToken: cancellationToken);
            var exitCode = report.Replay.Run.Passed ? ExitCode.AsExpected : ExitCode.NotAsExpected;
            console.WriteResult(report.ToText(opened.Word), good: report.Replay.Run.Passed);
            console.WriteJson(() => ReportJson.OfShrink(opened.Name, report, exitCode));
            return exitCode;
        });
        return command;
    }
}
