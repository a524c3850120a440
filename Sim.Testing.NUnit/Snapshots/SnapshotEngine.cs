namespace Sim.Testing.NUnit;

/// <summary>One verification from start to end: claim the name, compare, then pass, accept or fail.</summary>
internal sealed class SnapshotEngine(ISnapshotHost host)
{
    private readonly SnapshotPrefixes _prefixes = new();

    /// <exception cref="SnapshotException">The snapshot is new, differs, or there are verified files that nothing produced.</exception>
    /// <exception cref="InvalidOperationException">The prefix was verified before.</exception>
    public void Verify(SnapshotFolder folder, string prefix, string? target, string extension)
    {
        CheckExtension(extension);
        _prefixes.Claim(folder.Path, prefix);
        var outcome = folder.Compare(prefix, SnapshotText.Normalize(target), extension);
        if (!outcome.Passed && host.Accepts)
        {
            SnapshotFolder.Accept(outcome);
        }
        else if (!outcome.Passed)
        {
            if (outcome.Verdict != SnapshotVerdict.Equal)
            {
                host.Failed(outcome.Pair);
            }

            throw new SnapshotException(SnapshotMessage.Of(folder.Path, outcome));
        }

        host.Settled(outcome.Pair);
    }

    private static void CheckExtension(string extension)
    {
        if (string.IsNullOrWhiteSpace(extension) || extension.StartsWith('.') || extension.AsSpan().IndexOfAny("/\\") >= 0)
        {
            throw new ArgumentException(
                $"A snapshot's extension is a word such as txt or json, without dot in front and without slash; got '{extension}'.",
                nameof(extension));
        }
    }
}
