using System.Reflection;

namespace Sim.Tests;

/// <summary>The assemblies that users get, loaded by name: which types they hold is not this folder's business.</summary>
internal static class ShippedAssemblies
{
    /// <summary>Those with a public surface; the command line tool has none.</summary>
    public static IReadOnlyList<string> Libraries { get; } = [.. Staircase.Shipped.Where(project => project != "Sim.Cli")];

    public static IEnumerable<Assembly> All => Libraries.Select(Assembly.Load);
}
