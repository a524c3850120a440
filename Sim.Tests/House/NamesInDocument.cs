using System.Reflection;
using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>The table of asyncio's words: every name of ours in it exists.</summary>
internal static partial class NamesInDocument
{
    /// <summary>Names in the second column of a table that no public type or member of <paramref name="types"/> has.</summary>
    public static IEnumerable<Finding> Check(SourceFile document, IReadOnlyCollection<Type> types)
    {
        var known = types.ToLookup(static type => type.Name.Split('`')[0]);
        foreach (Match row in Row().Matches(document.Text))
        {
            foreach (Match name in Name().Matches(row.Groups["ours"].Value))
            {
                var (type, member) = (name.Groups["type"].Value, name.Groups["member"].Value);
                if (!known[type].Any(found => member.Length == 0 || Has(found, member)))
                {
                    yield return document.Finding(document.LineAt(row.Index), $"names {name.Value.Trim('`')}, which is not public anywhere");
                }
            }
        }
    }

    private static bool Has(Type type, string member) =>
        type.GetMember(member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy).Length > 0;

    [GeneratedRegex(@"^\|[^|\n]*\|(?<ours>[^|\n]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<type>[A-Z]\w*)(?:\.(?<member>\w+))?`")]
    private static partial Regex Name();
}
