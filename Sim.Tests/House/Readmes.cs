using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>Each shipped project introduces itself in half a page, under the same five headings, and tells the truth.</summary>
internal static partial class Readmes
{
    public static IReadOnlyList<string> Headings { get; } = ["What it is", "Start here", "Contents", "Stability", "Not for"];

    public static IEnumerable<Finding> Check(SourceTree tree) => Staircase.Shipped.SelectMany(project => Check(tree, project));

    private static IEnumerable<Finding> Check(SourceTree tree, string project)
    {
        if (tree.Find($"{project}/README.md") is not { } readme)
        {
            return [new(project, "has no README.md")];
        }

        var headings = Heading().Matches(readme.Text).Select(match => match.Groups["name"].Value.Trim()).ToList();
        return headings.SequenceEqual(Headings)
            ? CheckContents(readme, [.. tree.CSharp.Where(file => file.Project == project)])
            : [new(readme.Path, $"has the headings {string.Join(", ", headings)}; all packages have {string.Join(", ", Headings)}")];
    }

    private static IEnumerable<Finding> CheckContents(SourceFile readme, List<SourceFile> sources)
    {
        var start = readme.Text.IndexOf("## Contents", StringComparison.Ordinal);
        var end = readme.Text.IndexOf("## Stability", StringComparison.Ordinal);
        // Who lists folders lists all of them.
        var contents = readme.Text[start..end];
        foreach (var folder in sources.Select(static file => file.Folder).Where(static folder => folder.Length > 0).Distinct().Order())
        {
            if (contents.Contains("| folder |", StringComparison.Ordinal) && !contents.Contains($"`{folder}/`", StringComparison.Ordinal))
            {
                yield return readme.Finding(readme.LineAt(start), $"lists folders, and {folder}/ is not among them");
            }
        }

        var types = sources.SelectMany(file => TypeDeclaration.In(file).Select(type => (type.Name, file)))
            .ToLookup(entry => entry.Name, entry => entry.file);
        foreach (Match match in Named().Matches(contents))
        {
            var (type, member) = (match.Groups["type"].Value, match.Groups["member"].Value);
            if (match.Groups["call"].Success && member.Length == 0)
            {
                // A method by its name alone, as code under a using static writes it.
                if (!sources.Any(file => Regex.IsMatch(file.Code, $@"\b{type}\s*[<(]")))
                {
                    yield return readme.Finding(readme.LineAt(start + match.Index), $"lists {type}(), which {readme.Project} does not declare");
                }

                continue;
            }

            // In C# an attribute is written without the end of its name.
            var files = types[type].Concat(types[type + "Attribute"]).ToList();
            if (files.Count == 0)
            {
                yield return readme.Finding(readme.LineAt(start + match.Index), $"lists {type}, which {readme.Project} does not declare");
            }
            else if (member.Length > 0 && !files.Any(file => Regex.IsMatch(file.Code, $@"\b{member}\b")))
            {
                yield return readme.Finding(readme.LineAt(start + match.Index), $"lists {type}.{member}, but {type} has no {member}");
            }
        }
    }

    [GeneratedRegex(@"^## (?<name>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"`\[?(?<type>[A-Z][a-z]*\w*)(?:<[^`>]*>)?(?:\.(?<member>[A-Z]\w*))?(?<call>\([^`]*\))?\]?`")]
    private static partial Regex Named();
}
