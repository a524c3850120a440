using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>What the commands have in common that take a target and a replay line of one of its scenarios.</summary>
internal static class LineCommand
{
    /// <summary>The command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does, for the help.</param>
    /// <param name="console">Where the tool writes.</param>
    /// <param name="act">Does it and returns the exit code.</param>
    /// <param name="cancellationToken">Asks to stop building the target.</param>
    public static Command Create(
        string name, string description, ToolConsole console, Func<Target, Scenario, ReplayLine, int> act, CancellationToken cancellationToken)
    {
        var (target, line, json) = (SharedOptions.Target(), SharedOptions.Line(), SharedOptions.Json());
        var command = new Command(name, description) { target, line, json };
        command.SetAction(parsed =>
        {
            // The line first: a build is long to wait for a typing error.
            var recorded = ReplayLine.Parse(parsed.GetRequiredValue(line));
            var opened = Target.Open(parsed, target, json, console, cancellationToken);
            return act(opened, opened.Find(recorded.Scenario), recorded);
        });
        return command;
    }
}
