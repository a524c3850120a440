using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>The index of decision records has a row for each record, in order, under the record's own title.</summary>
internal static partial class DecisionIndex
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        if (tree.Find("docs/decisions/README.md") is not { } index)
        {
            yield return new("docs/decisions/README.md", "is missing");
            yield break;
        }

        var rows = Row().Matches(index.Text).Select(row => (Name: row.Groups["name"].Value, Title: row.Groups["title"].Value)).ToList();
        var records = tree.Under("docs/decisions").Where(file => file.IsMarkdown && file != index)
            .Select(file => (file.Name, Title: Title().Match(file.Text).Groups["title"].Value)).ToList();
        foreach (var (name, title) in records.Except(rows))
        {
            yield return new(index.Path, $"has no row for {name} with its title: {title}");
        }

        foreach (var (name, title) in rows.Except(records))
        {
            yield return new(index.Path, $"lists {name} as \"{title}\", but there is no such record");
        }

        if (!rows.Select(row => row.Name).Order(StringComparer.Ordinal).SequenceEqual(rows.Select(row => row.Name)))
        {
            yield return new(index.Path, "lists the records out of order");
        }
    }

    [GeneratedRegex(@"^\| \[\d{4}\]\((?<name>[^)]+)\) \| (?<title>[^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\A# \d{4} (?<title>.+)")]
    private static partial Regex Title();
}
