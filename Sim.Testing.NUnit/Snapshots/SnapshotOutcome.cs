namespace Sim.Testing.NUnit;

/// <summary>
/// What one comparison found. <paramref name="VerifiedText"/> is null when there is no verified file;
/// <paramref name="Strays"/> are verified files of the same prefix that this run did not produce, sorted by name.
/// </summary>
internal sealed record SnapshotOutcome(
    SnapshotVerdict Verdict,
    SnapshotPair Pair,
    string ReceivedText,
    string? VerifiedText,
    IReadOnlyList<string> Strays)
{
    public bool Passed => Verdict == SnapshotVerdict.Equal && Strays.Count == 0;
}
