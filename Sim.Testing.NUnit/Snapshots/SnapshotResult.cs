namespace Sim.Testing.NUnit;

/// <summary>What one comparison found. <paramref name="VerifiedText"/> is null when there is no verified file.</summary>
internal sealed record SnapshotResult(SnapshotVerdict Verdict, SnapshotPair Pair, string ReceivedText, string? VerifiedText);
