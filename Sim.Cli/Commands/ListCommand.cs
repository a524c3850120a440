using System.CommandLine;

namespace Sim.Cli;

/// <summary><c>sim list</c>: the scenarios of a target.</summary>
internal static class ListCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var target = CommandTree.Target();
        var command = new Command("list", "List the scenarios of a target, and what is planted in them.") { target };
        command.SetAction(parsed =>
        {
            var scenarios = Target.Open(parsed.GetRequiredValue(target), console, cancellationToken).Select([]);
            var width = scenarios.Max(static scenario => scenario.Name.Length);
            foreach (var scenario in scenarios)
            {
                console.Output.WriteLine(scenario.MustFail is { } planted ? $"{scenario.Name.PadRight(width)}  planted: {planted}" : scenario.Name);
            }

            return ExitCode.AsExpected;
        });
        return command;
    }
}
