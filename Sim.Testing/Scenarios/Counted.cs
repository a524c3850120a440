using System.Globalization;

namespace Sim.Testing;

/// <summary>Counts in sentences: "1 run", "2 runs".</summary>
internal static class Counted
{
    /// <summary>The count with its noun, in the plural unless it is one.</summary>
    public static string Of(long count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : plural ?? $"{noun}s")}");
}
