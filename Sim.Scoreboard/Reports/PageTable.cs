using System.Globalization;
using System.Text;

namespace Sim.Scoreboard;

/// <summary>A table of the page.</summary>
internal static class PageTable
{
    public static void Write(StringBuilder text, IReadOnlyList<string> head, IEnumerable<string[]> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", head)} |\n|{string.Concat(Enumerable.Repeat(" --- |", head.Count))}\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }
    }
}
