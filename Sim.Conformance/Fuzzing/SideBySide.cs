using System.Text;

namespace Sim.Conformance;

/// <summary>Two traces beside each other, a bar between the lines that differ.</summary>
internal static class SideBySide
{
    public static string Of(string leftTitle, ProgramTrace left, string rightTitle, ProgramTrace right)
    {
        var width = Math.Max(leftTitle.Length, left.Lines.Select(line => line.Length).DefaultIfEmpty().Max());
        var text = new StringBuilder($"{leftTitle.PadRight(width)}   {rightTitle}\n");
        for (var n = 0; n < Math.Max(left.Lines.Count, right.Lines.Count); n++)
        {
            var (a, b) = (left.Lines.ElementAtOrDefault(n) ?? "", right.Lines.ElementAtOrDefault(n) ?? "");
            text.Append($"{a.PadRight(width)} {(a == b ? ' ' : '|')} {b}".TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
