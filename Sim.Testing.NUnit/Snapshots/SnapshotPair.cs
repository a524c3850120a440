namespace Sim.Testing.NUnit;

/// <summary>The two files of one snapshot: what the test produced, and what a person has approved. Absolute paths.</summary>
internal readonly record struct SnapshotPair(string Received, string Verified)
{
    public static SnapshotPair For(string directory, SnapshotPrefix prefix, string extension) => new(
        Path.Combine(directory, $"{prefix.Received}.received.{extension}"),
        Path.Combine(directory, $"{prefix.Verified}.verified.{extension}"));
}
