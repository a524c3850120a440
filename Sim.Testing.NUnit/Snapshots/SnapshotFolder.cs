namespace Sim.Testing.NUnit;

/// <summary>
/// The directory that holds the snapshots of one test file, and the rules by which files in it come and go. Knows no
/// test framework.
/// </summary>
internal sealed class SnapshotFolder(string directory)
{
    public string Path { get; } = directory;

    /// <summary>
    /// Compares <paramref name="text"/> (normalized) with the verified file. Received files of an earlier run go first;
    /// one is left behind exactly when the text is not the verified one.
    /// </summary>
    public SnapshotOutcome Compare(string prefix, string text, string extension)
    {
        foreach (var stale in Find(prefix, "received"))
        {
            File.Delete(stale);
        }

        var pair = SnapshotPair.For(Path, prefix, extension);
        var verified = ReadVerified(pair.Verified);
        var verdict = Judge(text, verified);
        if (verdict != SnapshotVerdict.Equal)
        {
            SnapshotText.Write(pair.Received, text);
        }

        return new(verdict, pair, text, verified, [.. Find(prefix, "verified").Where(file => file != pair.Verified)]);
    }

    /// <summary>Makes what was received the verified state: moves the received file over, removes the strays.</summary>
    public static void Accept(SnapshotOutcome outcome)
    {
        if (outcome.Verdict != SnapshotVerdict.Equal)
        {
            File.Move(outcome.Pair.Received, outcome.Pair.Verified, overwrite: true);
        }

        foreach (var stray in outcome.Strays)
        {
            File.Delete(stray);
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
