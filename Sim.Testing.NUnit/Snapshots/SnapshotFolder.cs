using System.Globalization;

namespace Sim.Testing.NUnit;

/// <summary>
/// The directory that holds the snapshots of one test file, and the rules by which files in it come and go. Knows no
/// test framework.
/// </summary>
internal sealed class SnapshotFolder(string directory)
{
    public string Path { get; } = directory;

    /// <summary>
    /// Compares the targets with their verified files. Received files of an earlier run go first; one is left behind
    /// exactly when a text is not the verified one.
    /// </summary>
    public SnapshotOutcome Compare(SnapshotPrefix prefix, IReadOnlyList<SnapshotTarget> targets)
    {
        foreach (var stale in Find(prefix.Received, "received"))
        {
            File.Delete(stale);
        }

        List<SnapshotResult> results = [.. Pairs(prefix, targets).Zip(targets, Compare)];
        var produced = results.Select(result => result.Pair.Verified).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new(results, [.. Find(prefix.Verified, "verified").Where(file => !produced.Contains(file))]);
    }

    /// <summary>Makes what was received the verified state: moves the received files over, removes the strays.</summary>
    public static void Accept(SnapshotOutcome outcome)
    {
        foreach (var result in outcome.Results.Where(result => result.Verdict != SnapshotVerdict.Equal))
        {
            File.Move(result.Pair.Received, result.Pair.Verified, overwrite: true);
        }

        foreach (var stray in outcome.Strays)
        {
            File.Delete(stray);
        }
    }

    private static SnapshotResult Compare(SnapshotPair pair, SnapshotTarget target)
    {
        var verified = ReadVerified(pair.Verified);
        var verdict = Judge(target.Text, verified);
        if (verdict != SnapshotVerdict.Equal)
        {
            SnapshotText.Write(pair.Received, target.Text);
        }

        return new(verdict, pair, target.Text, verified);
    }

    /// <summary>Targets with the same name and extension are numbered: <c>#00</c>, or <c>#name.00</c>.</summary>
    private IEnumerable<SnapshotPair> Pairs(SnapshotPrefix prefix, IReadOnlyList<SnapshotTarget> targets)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            var target = targets[i];
            var alike = targets.Count(other => (other.Name, other.Extension) == (target.Name, target.Extension));
            var before = targets.Take(i).Count(other => (other.Name, other.Extension) == (target.Name, target.Extension));
            var number = before.ToString("D2", CultureInfo.InvariantCulture);
            var suffix = (target.Name, alike) switch
            {
                (null, 1) => "",
                (null, _) => $"#{number}",
                (_, 1) => $"#{target.Name}",
                _ => $"#{target.Name}.{number}",
            };
            yield return SnapshotPair.For(Path, new(prefix.Received + suffix, prefix.Verified + suffix), target.Extension);
        }
    }

    private static SnapshotVerdict Judge(string text, string? verified) =>
        verified is null ? SnapshotVerdict.New
        : verified.Contains('\r', StringComparison.Ordinal) ? SnapshotVerdict.CarriageReturn
        : string.Equals(text, verified, StringComparison.Ordinal) ? SnapshotVerdict.Equal
        : SnapshotVerdict.NotEqual;

    /// <summary>
    /// Diff tools make the file that they are to write to: one without any text, with or without byte order mark, means
    /// that nobody has approved anything yet.
    /// </summary>
    private static string? ReadVerified(string path)
    {
        var text = SnapshotText.Read(path);
        if (text is not "")
        {
            return text;
        }

        File.Delete(path);
        return null;
    }

    /// <summary>The files <c>{prefix}.{kind}.*</c> and <c>{prefix}#*.{kind}.*</c>, sorted: directories list in any order.</summary>
    private IEnumerable<string> Find(string prefix, string kind) => Directory
        .EnumerateFiles(Path)
        .Where(file => IsOf(System.IO.Path.GetFileName(file), prefix, kind))
        .Order(StringComparer.Ordinal);

    private static bool IsOf(string name, string prefix, string kind) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && (name.AsSpan(prefix.Length).StartsWith($".{kind}.", StringComparison.Ordinal)
            || (name.AsSpan(prefix.Length).StartsWith("#", StringComparison.Ordinal)
                && name.IndexOf($".{kind}.", prefix.Length, StringComparison.Ordinal) >= 0));
}
