using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>
/// The arrows between the folders of a project. One namespace holds them all, so the compiler does not guard them: this
/// does, by the names of top-level types. A name after a dot is a member, and so is the second of <c>Handle? Handle;</c>.
/// </summary>
internal static partial class FolderArrows
{
    /// <summary>From left to right: a folder uses the folders to its left only. Here the project's root is right of all.</summary>
    private static readonly Dictionary<string, string[]> _order = new()
    {
        ["Sim.Core"] = ["IO", "Loop", "Tasks", "Signals", "Threads", "Sync", "Net", "Streams", "Processes"],
        ["Sim.World"] =
        [
            "Decisions", "Causes", "Schedules", "Traces", "Hosts", "Net", "Faults", "Runs", "Checks", "Searches", "Explanations",
            "Histories",
        ],
    };

    // Words after which a type is used, not a name declared.
    private static readonly HashSet<string> _keywords =
    [
        "new", "return", "is", "as", "in", "out", "ref", "not", "or", "and", "throw", "await", "case", "params", "else", "this", "scoped",
        "public", "private", "protected", "internal", "static", "readonly", "sealed", "override", "virtual", "abstract", "async", "event",
        "explicit", "implicit", "operator", "partial", "extern", "required", "unsafe", "volatile", "file", "const", "using", "yield",
    ];

    /// <summary>Uses against the order; in projects without one, circles.</summary>
    public static IEnumerable<Finding> Check(SourceTree tree) =>
        Staircase.Shipped.SelectMany(project =>
        {
            var files = tree.Shipped.Where(file => file.Project == project).ToList();
            return _order.TryGetValue(project, out var order) ? CheckOrder(files, order) : CheckCircles(files);
        });

    private static IEnumerable<Finding> CheckOrder(List<SourceFile> files, string[] order)
    {
        int Place(string folder) => folder.Length == 0 ? order.Length : Array.IndexOf(order, folder);

        foreach (var file in files.Where(file => Place(file.Folder) < 0))
        {
            yield return new(file.Path, $"lies in {file.Folder}, which has no place among the folders {string.Join(" <- ", order)}");
        }

        foreach (var use in Uses(files).Where(use => Place(use.To) > Place(use.File.Folder)))
        {
            yield return use.File.Finding(use.Line, $"uses {use.Type} of {Shown(use.To)}, which lies right of {Shown(use.File.Folder)}");
        }
    }

    private static IEnumerable<Finding> CheckCircles(List<SourceFile> files)
    {
        // The root is no folder: a program has both its beginning and its exit codes there.
        var uses = Uses(files).Where(use => use.To.Length > 0 && use.File.Folder.Length > 0).ToList();
        var arrows = uses.ToLookup(use => use.File.Folder, use => use.To);
        return uses.Where(use => Reaches(arrows, use.To, use.File.Folder))
            .Select(use => use.File.Finding(use.Line, $"uses {use.Type} of {Shown(use.To)}, which uses {Shown(use.File.Folder)}: a circle of folders"));
    }

    private static bool Reaches(ILookup<string, string> arrows, string from, string to)
    {
        var seen = new HashSet<string>();
        var ahead = new Stack<string>([from]);
        while (ahead.TryPop(out var folder))
        {
            if (folder == to)
            {
                return true;
            }

            if (seen.Add(folder))
            {
                foreach (var next in arrows[folder])
                {
                    ahead.Push(next);
                }
            }
        }

        return false;
    }

    /// <summary>Uses of a type of another folder of the same project.</summary>
    private static IEnumerable<Use> Uses(List<SourceFile> files)
    {
        var folders = files.SelectMany(file => TypeDeclaration.In(file).Where(type => !type.IsFileLocal).Select(type => (type.Name, file.Folder)))
            .Distinct().ToLookup(type => type.Name, type => type.Folder);
        return
            from file in files
            from Match word in Words().Matches(file.Code)
            where !IsNameOfMember(file.Code, word)
            // A type that is declared in several folders counts as each of them: its parts draw arrows both ways.
            from folder in folders[word.Value]
            where folder != file.Folder
            select new Use(file, file.LineAt(word.Index), word.Value, folder);
    }

    // Declared here: a type stands before it, and after it comes what ends a name.
    private static bool IsNameOfMember(string code, Match word)
    {
        var before = code.AsSpan(0, word.Index).TrimEnd();
        var after = code.AsSpan(word.Index + word.Length).TrimStart();
        var follows = before.Length < word.Index && before.Length > 0
            && (before[^1] is '>' or '?' or ']' || (IsPartOfName(before[^1]) && !_keywords.Contains(LastWord(before))));
        return IsInEnum(code, word.Index) || (follows && after.Length > 0 && (after[0] is ',' or ')' or ';' or '{' or '(' or '='));
    }

    private static string LastWord(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && IsPartOfName(text[start - 1]))
        {
            start--;
        }

        return text[start..].ToString();
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsInEnum(string code, int at) =>
        Enumeration().Matches(code).Any(body => body.Index < at && at < body.Index + body.Length);

    private static string Shown(string folder) => folder.Length == 0 ? "the project's root" : folder;

    [GeneratedRegex(@"\benum\s+\w+[^{;]*\{[^}]*\}")]
    private static partial Regex Enumeration();

    [GeneratedRegex(@"(?<![\w.@])[A-Z]\w*|(?<=\bSim\.\w+\.)[A-Z]\w*")]
    private static partial Regex Words();

    private sealed record Use(SourceFile File, int Line, string Type, string To);
}
