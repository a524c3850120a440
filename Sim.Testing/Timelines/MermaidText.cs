using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sim.Testing;

/// <summary>Texts in a Mermaid diagram: what has a meaning there is written as an entity (<c>#35;</c>).</summary>
internal static partial class MermaidText
{
    private const int Longest = 300;
    private const int Width = 64;

    /// <summary>The text so that Mermaid shows it as it is, in lines of some width, cut where it is too long for a picture.</summary>
    public static string Wrap(string text)
    {
        var lines = new List<string> { "" };
        foreach (var word in CutText.To(Longest, text).Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > Width)
            {
                lines.Add("");
            }

            lines[^1] += (lines[^1].Length == 0 ? "" : " ") + word;
        }

        return string.Join("<br/>", lines.Select(Escape));
    }

    /// <summary>The text so that Mermaid shows it as it is.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(IsPlain(rune) ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"#{rune.Value};"));
        }

        // The word would end a block.
        return End().Replace(escaped.ToString(), static word => $"{word.Value[0]}#{(int)word.Value[1]};{word.Value[2]}");
    }

    private static bool IsPlain(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || " .,:'\"()+-_/=!?*@$…◆".Contains(rune.ToString(), StringComparison.Ordinal);

    [GeneratedRegex(@"\bend\b", RegexOptions.IgnoreCase)]
    private static partial Regex End();
}
