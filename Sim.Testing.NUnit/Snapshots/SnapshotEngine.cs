namespace Sim.Testing.NUnit;

/// <summary>One verification from start to end: claim the name, compare, then pass, accept or fail.</summary>
internal sealed class SnapshotEngine(ISnapshotHost host)
{
    private readonly SnapshotPrefixes _prefixes = new();

    /// <param name="folder">Where the files lie.</param>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="targets">The texts; at least one.</param>
    /// <param name="options">What the settings of this verification say beyond names.</param>
    /// <exception cref="SnapshotException">A snapshot is new, differs, or there are verified files that nothing produced.</exception>
    /// <exception cref="InvalidOperationException">The prefix was verified before.</exception>
    public void Verify(
        SnapshotFolder folder, SnapshotPrefix prefix, IReadOnlyList<SnapshotTarget> targets, SnapshotOptions options = default)
    {
        if (!options.SharesPrefix)
        {
            _prefixes.Claim(folder.Path, prefix.Received);
        }

        var outcome = folder.Compare(prefix, targets);
        if (outcome.Passed || host.Accepts)
        {
            SnapshotFolder.Accept(outcome);
            Settle(outcome.Results);
            return;
        }

        Settle(outcome.Of(SnapshotVerdict.Equal));
        foreach (var result in outcome.Results.Where(result => result.Verdict != SnapshotVerdict.Equal))
        {
            host.Failed(result.Pair, showsDiff: !options.HidesDiff);
        }

        throw new SnapshotException(SnapshotMessage.Of(folder.Path, outcome));
    }

    private void Settle(IEnumerable<SnapshotResult> results)
    {
        foreach (var result in results)
        {
            host.Settled(result.Pair);
        }
    }
}
