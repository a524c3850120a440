using System.CommandLine;
using Sim.Testing;
using Sim.World;

namespace Sim.Cli;

/// <summary><c>sim run</c>: one run of each scenario, to look at.</summary>
internal static class RunCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var target = CommandTree.Target();
        var names = CommandTree.Scenarios();
        var seed = NumberOption.Seed("The seed that decides; 0 is first in, first out.");
        var family = CommandTree.Strategy();
        var command = new Command("run", "Run each scenario once and print its trace.") { target, names, seed, family };
        command.SetAction(parsed =>
        {
            var opened = Target.Open(parsed.GetRequiredValue(target), console, cancellationToken);
            var failed = false;
            foreach (var scenario in opened.Select(parsed.GetValue(names)!))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var strategy = Find(scenario, parsed.GetValue(seed), parsed.GetRequiredValue(family));
                console.WriteResult(RunText.Title(scenario, strategy), good: null);
                using var shown = BodyConsole.Show(console);
                var run = scenario.Run(strategy);
                console.WriteResult(RunText.Of(scenario, run, opened.Word), good: null);
                failed |= !run.Passed && scenario.MustFail is null;
            }

            return failed ? ExitCode.NotAsExpected : ExitCode.AsExpected;
        });
        return command;
    }

    private static IStrategy Find(Scenario scenario, long seed, IStrategyFamily family)
    {
        using var quiet = BodyConsole.Discard();
        return Campaign.StrategyOf(scenario, seed, family);
    }
}
