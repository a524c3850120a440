namespace Sim.Testing.NUnit;

/// <summary>
/// What one verification found: a result for each target, in order. <paramref name="Strays"/> are verified files of the
/// same prefix that this run did not produce, sorted by name.
/// </summary>
internal sealed record SnapshotOutcome(IReadOnlyList<SnapshotResult> Results, IReadOnlyList<string> Strays)
{
    public bool Passed => Strays.Count == 0 && Results.All(result => result.Verdict == SnapshotVerdict.Equal);

    /// <summary>The results of one kind, in order.</summary>
    public IEnumerable<SnapshotResult> Of(SnapshotVerdict verdict) => Results.Where(result => result.Verdict == verdict);
}
