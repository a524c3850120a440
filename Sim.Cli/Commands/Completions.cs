using Sim.Testing;

namespace Sim.Cli;

/// <summary>What a shell may complete beside the words of the command line itself.</summary>
internal static class Completions
{
    /// <summary>The names of a target's scenarios, if it is built: nothing is built for a key that is pressed.</summary>
    public static IEnumerable<string> OfScenarios(string? target)
    {
        try
        {
            return string.IsNullOrEmpty(target) || TargetFile.FindBuilt(target) is not { } assembly
                ? []
                : [.. ScenarioCatalog.In(TargetLoadContext.Load(assembly), out _).Select(static scenario => scenario.Name)];
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return [];
        }
    }
}
