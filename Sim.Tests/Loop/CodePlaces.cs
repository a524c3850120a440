using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>File and line in reports: they move with every edit, so most tests compare without them.</summary>
internal static partial class CodePlaces
{
    public static string Without(string text) => Place().Replace(text, "");

    [GeneratedRegex(@" \(\w+\.cs:\d+\)")]
    private static partial Regex Place();
}
