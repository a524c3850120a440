using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>
/// Namespaces: the assembly's name and nothing more, and no segment that would hide a type of the base library from the
/// code below it (after <c>namespace X.Timeout</c> everybody there must spell out <c>System.Threading.Timeout</c>).
/// </summary>
internal static partial class NamespaceNames
{
    // Those that code about loops and time needs every day; the rest is found by reflection below.
    private static readonly string[] _dailyWords = ["Timer", "Timeout", "Task", "Trace", "Random", "Monitor", "Lock", "Channel"];

    // The namespaces that every file imports (ImplicitUsings), and their neighbours that code about loops imports.
    private static readonly string[] _imported =
    [
        "System", "System.Collections.Generic", "System.Diagnostics", "System.IO", "System.Linq", "System.Net.Http",
        "System.Net.Sockets", "System.Threading", "System.Threading.Channels", "System.Threading.Tasks",
    ];

    private static readonly HashSet<string> _taken = [.. _dailyWords, .. BaseLibrary()];

    public static IEnumerable<Finding> Check(SourceTree tree) =>
        from file in tree.CSharp
        from Match match in Declaration().Matches(file.Code)
        let name = match.Groups["name"].Value
        from what in Objections(file, name)
        select file.Finding(file.LineAt(match.Index), what);

    private static IEnumerable<string> Objections(SourceFile file, string name)
    {
        if (name != file.Project)
        {
            yield return $"namespace {name}: the namespace is the assembly's, {file.Project}; folders carry arrows, not words";
        }

        foreach (var segment in name.Split('.').Where(_taken.Contains))
        {
            yield return $"namespace {name} hides the base library's {segment}: use a plural";
        }
    }

    private static IEnumerable<string> BaseLibrary() =>
        new[] { typeof(object), typeof(Enumerable), typeof(Queue<int>), typeof(Stack<int>), typeof(HttpClient), typeof(System.Net.Sockets.Socket), typeof(System.Diagnostics.Process), typeof(System.Threading.Channels.Channel) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => _imported.Contains(type.Namespace) && !type.IsNested)
            .Select(type => type.Name.Split('`')[0]);

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
