namespace Sim.Testing;

/// <summary>The command lines that make a run again.</summary>
internal static class ReplayCommands
{
    /// <summary>One for the tool, if it finds the scenario, and one for the test runner.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="line">The run.</param>
    /// <param name="target">What to pass to <c>sim replay</c>, as it is typed: in quotes if there is a space in it.</param>
    public static IReadOnlyList<string> Of(Scenario scenario, ReplayLine line, string target)
    {
        var ours = $"dotnet test -e SIM_REPLAY={line} --filter {scenario.TestFilter}";
        return scenario.IsListed ? [$"sim replay {target} {line}", ours] : [ours];
    }
}
