using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim explain</c>: says which decision makes the run of a replay line fail.</summary>
internal static class ExplainCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken) => LineCommand.Create(
        "explain",
        "Say why the run of a replay line fails: which two steps decide, and both runs in full.",
        console,
        (target, scenario, recorded) =>
        {
            using var quiet = BodyConsole.Discard();
            var replay = ReplayReport.Make(scenario, recorded);
            if (replay.Run.Passed)
            {
                console.WriteResult($"{scenario.Name} holds. {replay.Compare()}", good: true);
                console.WriteJson(() => ReportJson.OfExplanation(target.Name, scenario, replay, null, ExitCode.AsExpected));
                return ExitCode.AsExpected;
            }

            var explanation = scenario.Explain(replay.Run, cancellationToken);
            console.WriteResult(RunText.OfExplained(scenario, replay, explanation, target.Word), good: false);
            console.WriteJson(() => ReportJson.OfExplanation(target.Name, scenario, replay, explanation, ExitCode.NotAsExpected));
            return ExitCode.NotAsExpected;
        },
        cancellationToken);
}
