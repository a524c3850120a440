using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>Relative links in documents lead to a file of the repository, and to a heading that it has.</summary>
internal static partial class Links
{
    public static IEnumerable<Finding> Check(SourceTree tree) => tree.Markdown.SelectMany(document => Check(document, tree));

    private static IEnumerable<Finding> Check(SourceFile document, SourceTree tree)
    {
        // What stands in code is an example of a link, not a link.
        var text = Code().Replace(document.Text, code => Regex.Replace(code.Value, "[^\n]", " "));
        foreach (Match link in Link().Matches(text).Where(link => !Elsewhere().IsMatch(link.Groups["target"].Value)))
        {
            var parts = link.Groups["target"].Value.Split('#', 2);
            var path = parts[0].Length == 0 ? document.Path : Resolve(document.Path, Uri.UnescapeDataString(parts[0]));
            if (path is null || !tree.Exists(path))
            {
                yield return document.Finding(document.LineAt(link.Index), $"links to {parts[0]}, which does not exist");
            }
            else if (parts.Length == 2 && tree.Find(path) is { IsMarkdown: true } target && !Anchors(target).Contains(parts[1]))
            {
                yield return document.Finding(document.LineAt(link.Index), $"links to #{parts[1]}, a heading that {path} does not have");
            }
        }
    }

    // Null when the link climbs out of the repository.
    private static string? Resolve(string from, string target)
    {
        var path = new Stack<string>(target.StartsWith('/') ? [] : from.Split('/')[..^1]);
        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && !path.TryPop(out _))
            {
                return null;
            }

            if (part is not ("." or ".."))
            {
                path.Push(part);
            }
        }

        return string.Join('/', path.Reverse());
    }

    // A heading's anchor as the usual renderers make it: lower case, punctuation dropped, spaces as hyphens.
    private static HashSet<string> Anchors(SourceFile document) =>
        [.. Heading().Matches(document.Text).Select(match =>
            Punctuation().Replace(match.Groups["name"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(\s*<?(?<target>[^)\s>]+)>?[^)]*\)|<(?:img|source)\b[^>]*?\ssrc(?:set)?=""(?<target>[^""\s]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"^#{1,6} (?<name>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
