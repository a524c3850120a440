using System.CommandLine;
using Sim.Testing;
using Sim.World;

namespace Sim.Cli;

/// <summary><c>sim run</c>: one run of each scenario, to look at.</summary>
internal static class RunCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var (target, filter, json) = (SharedOptions.Target(), SharedOptions.Filter(), SharedOptions.Json());
        var names = SharedOptions.Scenarios(target);
        var seed = NumberOption.Seed("The seed that decides; 0 is first in, first out.");
        var family = new StrategyOption();
        var command = new Command("run", "Run each scenario once and print its trace.") { target, names, filter, seed, family, json };
        SharedOptions.RefuseBoth(command, names, filter);
        command.SetAction(parsed =>
        {
            var opened = Target.Open(parsed, target, json, console, cancellationToken);
            var failed = false;
            var runs = new List<(Scenario Scenario, RunReport Run)>();
            foreach (var scenario in opened.Select(parsed.GetValue(names)!, parsed.GetValue(filter)!))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var strategy = Find(scenario, parsed.GetValue(seed), family.Read(parsed));
                console.WriteResult(RunText.Title(scenario, strategy), good: null);
                using var shown = BodyConsole.Show(console);
                var run = scenario.Run(strategy);
                console.WriteResult(RunText.Of(scenario, run, opened.Word), good: null);
                runs.Add((scenario, run));
                failed |= !run.Passed && scenario.MustFail is null;
            }

            var exitCode = failed ? ExitCode.NotAsExpected : ExitCode.AsExpected;
            console.WriteJson(() => ReportJson.OfRuns(opened.Name, runs, exitCode));
            return exitCode;
        });
        return command;
    }

    private static IStrategy Find(Scenario scenario, long seed, IStrategyFamily family)
    {
        using var quiet = BodyConsole.Discard();
        return Campaign.StrategyOf(scenario, seed, family);
    }
}
