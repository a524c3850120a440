using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>The form of files: length, name, ending, and words that must not stay.</summary>
internal static partial class Tidy
{
    /// <summary>Lines allowed in a file, and in the folder that every other thing stands on.</summary>
    public const int LongestFile = 400;
    public const int LongestLoopFile = 250;

    /// <summary>Characters in a line that still fits on a screen.</summary>
    public const int WidestLine = 140;

    // So few lines less than the ratchet has need not be written into it yet: several may be at work.
    private const int Slack = 10;

    /// <summary>Half the files are at most this long: a concept per file.</summary>
    public const int LongestMedian = 90;

    // A fact of one machine: somebody's home or a drive. Written apart, so that this file does not find itself.
    private static readonly Regex _machinePath = new(@"(?<![\w./:-])(?:/(?:home|Users|root|work|tmp)/\w|[A-Z]:\\\\?\w)");

    // Pollers wait in real time, so their tests may (IO, Contracts); and these, where another thread has to come late, a lock
    // has to be held, or a callback on real time has to be slow.
    private static readonly string[] _mayWait =
    [
        "Sim.Tests/Clock/TimersFromOtherThreadsTests.cs", "Sim.Tests/Loop/BlockingWaitTests.cs",
        "Sim.Tests/Loop/ErrorTests.cs", "Sim.Tests/Loop/StallTests.cs", "Sim.Tests/Loop/ThreadTests.cs",
    ];

    private static readonly string[] _leftovers = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "X" + "XX"];

    public static IEnumerable<Finding> Check(SourceTree tree) =>
        tree.Files.SelectMany(Words).Concat(tree.Written.SelectMany(Bytes))
            .Concat(tree.CSharp.SelectMany(file => FileName(file).Concat(Forbidden(file))));

    /// <summary>Files longer than allowed. The ratchet lists old offenders with their length; it may only shrink.</summary>
    public static IEnumerable<Finding> Lengths(SourceTree tree, IReadOnlyDictionary<string, int> ratchet)
    {
        foreach (var file in tree.Written)
        {
            var usual = file.IsUnder("Sim.Core/Loop") ? LongestLoopFile : LongestFile;
            var allowed = ratchet.GetValueOrDefault(file.Path, usual);
            if (file.LineCount > allowed)
            {
                yield return new(file.Path, $"has {file.LineCount} lines, {allowed} are allowed: a second concept wants its own file");
            }
            else if (ratchet.ContainsKey(file.Path) && file.LineCount < allowed)
            {
                yield return new(file.Path, $"has shrunk to {file.LineCount} lines: write {(file.LineCount <= usual ? "it out of" : "that into")} the ratchet");
            }
        }

        foreach (var path in ratchet.Keys.Where(path => tree.Find(path) is null))
        {
            yield return new(path, "is gone: write it out of the ratchet");
        }
    }

    /// <summary>Lines wider than a screen, counted by project. The ratchet lists how many there were; it may only shrink.</summary>
    public static IEnumerable<Finding> Widths(SourceTree tree, IReadOnlyDictionary<string, int> ratchet)
    {
        foreach (var project in tree.Written.GroupBy(file => file.Project))
        {
            var wide = project.SelectMany(file => file.Lines.Select((line, at) => (file, line, at)))
                .Where(entry => entry.line.Length > WidestLine).ToList();
            var allowed = ratchet.GetValueOrDefault(project.Key);
            if (wide.Count > allowed)
            {
                var (file, line, at) = wide.MaxBy(entry => entry.line.Length);
                yield return file.Finding(
                    at + 1,
                    $"has {line.Length} characters: {project.Key} has {wide.Count} lines of more than {WidestLine}, {allowed} are allowed");
            }
            else if (wide.Count < allowed - Slack)
            {
                yield return new(project.Key, $"has {wide.Count} lines of more than {WidestLine} now: write that into the ratchet");
            }
        }
    }

    public static int Median(IEnumerable<SourceFile> files)
    {
        var lengths = files.Select(file => file.LineCount).Order().ToList();
        return lengths.Count == 0 ? 0 : lengths[(lengths.Count - 1) / 2];
    }

    private static IEnumerable<Finding> FileName(SourceFile file)
    {
        var name = file.Name.Split('.')[0];
        return TypeDeclaration.In(file).Where(type => !type.IsFileLocal && type.Name != name)
            .Select(type => file.Finding(type.Line, $"declares {type.Name}, which belongs into {type.Name}.cs"));
    }

    private static IEnumerable<Finding> Bytes(SourceFile file)
    {
        if (!file.Text.EndsWith('\n') || file.Text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            yield return new(file.Path, "must end with one newline");
        }

        if (file.Text.Contains('\r'))
        {
            yield return new(file.Path, "has a carriage return: lines end with LF");
        }

        foreach (var (line, at) in file.Lines.Select((line, at) => (line, at)).Where(entry => entry.line.Contains('\t')))
        {
            yield return file.Finding(at + 1, "has a tab: indent with spaces");
        }

        foreach (var (line, at) in file.Lines.Select((line, at) => (line, at)).Where(entry => file.IsCSharp && entry.line.EndsWith(' ')))
        {
            yield return file.Finding(at + 1, "ends with a space");
        }
    }

    private static IEnumerable<Finding> Words(SourceFile file)
    {
        foreach (var (line, at) in file.Lines.Select((line, at) => (line, at)))
        {
            if (_leftovers.FirstOrDefault(word => Regex.IsMatch(line, $@"\b{word}\b")) is { } leftover)
            {
                yield return file.Finding(at + 1, $"says {leftover}: do it now, or open an issue");
            }

            if (_machinePath.Match(line) is { Success: true } path)
            {
                yield return file.Finding(at + 1, $"names a place on one machine ({path.Value}…)");
            }
        }
    }

    private static IEnumerable<Finding> Forbidden(SourceFile file)
    {
        foreach (Match skipped in SkippedTest().Matches(file.Code))
        {
            yield return file.Finding(file.LineAt(skipped.Index), $"{skipped.Groups["name"].Value}: a test that does not run guards nothing");
        }

        foreach (Match stub in Stub().Matches(file.Code))
        {
            yield return file.Finding(file.LineAt(stub.Index), "is a stub: leave it out until it works");
        }

        foreach (var (line, at) in file.Lines.Select((line, at) => (line, at)))
        {
            if (PragmaWithoutReason().IsMatch(line))
            {
                yield return file.Finding(at + 1, "suppresses a warning without the reason on the line");
            }
        }

        var isTestOfTheLoop = file.Project is "Sim.Tests" or "Sim.Properties" && file.Folder is not ("IO" or "Contracts") && !_mayWait.Contains(file.Path);
        foreach (Match sleep in ThreadSleep().Matches(isTestOfTheLoop ? file.Code : ""))
        {
            yield return file.Finding(file.LineAt(sleep.Index), "sleeps in real time: use virtual time");
        }
    }

    [GeneratedRegex(@"[\[,]\s*(?<name>Ignore|Explicit)(?:Attribute)?\s*[\](,]|\.\s*(?<name>Ignore|Inconclusive)\s*\(")]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"\bNotImplementedException\b")]
    private static partial Regex Stub();

    [GeneratedRegex(@"^\s*#pragma\s+warning\s+disable(?!.*//\s*\S+\s+\S+\s+\S+)")]
    private static partial Regex PragmaWithoutReason();

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\b")]
    private static partial Regex ThreadSleep();
}
