using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim shrink</c>: makes the failing run of a replay line as small as it gets.</summary>
internal static class ShrinkCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken) => LineCommand.Create(
        "shrink",
        "Make the failing run of a replay line as small as it gets, and print its line.",
        console,
        (target, scenario, recorded) =>
        {
            using var quiet = BodyConsole.Discard();
            var report = ShrinkReport.Make(scenario, recorded, cancellationToken: cancellationToken);
            var exitCode = report.Replay.Run.Passed ? ExitCode.AsExpected : ExitCode.NotAsExpected;
            console.WriteResult(report.ToText(target.Word), good: report.Replay.Run.Passed);
            console.WriteJson(() => ReportJson.OfShrink(target.Name, report, exitCode));
            return exitCode;
        },
        cancellationToken);
}
