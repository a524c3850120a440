using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>
/// Code in documents is code that compiles: a mark <c>&lt;!-- sample: path#region --&gt;</c> stands before a fenced block
/// that must equal the region of that file. Accepting writes the block anew.
/// </summary>
internal static partial class SampleBlocks
{
    public static IEnumerable<Finding> Check(SourceTree tree) => tree.Markdown.SelectMany(document => Check(document, tree));

    /// <summary>The document with each block as its region has it; marks that lead nowhere stay for <see cref="Check"/>.</summary>
    public static string Rewrite(SourceFile document, SourceTree tree) =>
        Block().Replace(document.Text, match => Region(match, tree) is { } region
            ? $"{match.Groups["mark"].Value}{match.Groups["open"].Value}{region}{match.Groups["close"].Value}"
            : match.Value);

    private static IEnumerable<Finding> Check(SourceFile document, SourceTree tree)
    {
        var blocks = Block().Matches(document.Text);
        // READMEs of packages stand alone and open with a few lines of their own; a page has what compiles, but for single lines.
        foreach (Match block in Unmarked().Matches(document.IsUnder("docs") ? document.Text : ""))
        {
            yield return document.Finding(document.LineAt(block.Index), "shows lines of code that no sample mark holds against a file");
        }

        foreach (Match mark in Mark().Matches(document.Text).Where(mark => blocks.All(block => block.Index != mark.Index)))
        {
            yield return document.Finding(document.LineAt(mark.Index), "a sample mark must stand directly above a fenced csharp block");
        }

        foreach (Match block in blocks)
        {
            var line = document.LineAt(block.Index);
            var source = $"{block.Groups["path"].Value}#{block.Groups["region"].Value}";
            if (Region(block, tree) is not { } region)
            {
                yield return document.Finding(line, $"there is no region {source}");
            }
            else if (region != block.Groups["code"].Value)
            {
                yield return document.Finding(line, $"differs from {source}: run ./dev accept, then read the difference");
            }
        }
    }

    /// <summary>The lines between <c>#region</c> and its <c>#endregion</c>, moved to the left margin; null when there is none.</summary>
    private static string? Region(Match mark, SourceTree tree)
    {
        var lines = tree.Find(mark.Groups["path"].Value)?.Lines ?? [];
        var start = Array.FindIndex(lines, line => line.Trim() == "#region " + mark.Groups["region"].Value);
        if (start < 0)
        {
            return null;
        }

        List<string> body = [];
        var open = 1;
        foreach (var line in lines[(start + 1)..])
        {
            open += line.Trim() switch
            {
                var word when word.StartsWith("#region", StringComparison.Ordinal) => 1,
                var word when word.StartsWith("#endregion", StringComparison.Ordinal) => -1,
                _ => 0,
            };
            if (open == 0)
            {
                return Dedent(body);
            }

            // A region inside this one has its own mark; readers need not see it.
            if (!line.Trim().StartsWith("#region", StringComparison.Ordinal) && !line.Trim().StartsWith("#endregion", StringComparison.Ordinal))
            {
                body.Add(line);
            }
        }

        return null;
    }

    private static string Dedent(List<string> lines)
    {
        var margin = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Concat(string.Join('\n', lines.Select(line => line.Length > margin ? line[margin..].TrimEnd() : "")).Trim('\n'), "\n");
    }

    [GeneratedRegex(@"^<!-- sample: [^>]*-->", RegexOptions.Multiline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<!sample: [^\n]*-->\n\n?)^```csharp\n(?:(?!```).*\n){2,}```", RegexOptions.Multiline)]
    private static partial Regex Unmarked();

    [GeneratedRegex(@"^(?<mark><!-- sample: (?<path>[^\s#>]+)#(?<region>[^>]+?) -->\n\n?)(?<open>```csharp\n)(?<code>(?:(?!```).*\n)*)(?<close>```)", RegexOptions.Multiline)]
    private static partial Regex Block();
}
