using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>The commands of <c>./dev</c> that documents mention exist in the script.</summary>
internal static partial class DevScript
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        if (tree.Find("dev") is not { } script)
        {
            return [new("dev", "is missing: documents tell readers to run it")];
        }

        var commands = Branch().Matches(script.Text).SelectMany(match => match.Groups["names"].Value.Split('|')).ToHashSet();
        return
            from document in tree.Markdown
            from Match mention in Mention().Matches(document.Text)
            where !commands.Contains(mention.Groups["name"].Value)
            select document.Finding(document.LineAt(mention.Index), $"mentions ./dev {mention.Groups["name"].Value}, which the script does not know");
    }

    [GeneratedRegex(@"^\s+(?<names>[a-z-]+(?:\|[a-z-]+)*)\)", RegexOptions.Multiline)]
    private static partial Regex Branch();

    [GeneratedRegex(@"\./dev (?<name>[a-z]+)")]
    private static partial Regex Mention();
}
