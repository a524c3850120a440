namespace Sim.Testing.NUnit;

/// <summary>The two files of one snapshot: what the test produced, and what a person has approved. Absolute paths.</summary>
internal readonly record struct SnapshotPair(string Received, string Verified)
{
    public static SnapshotPair For(string directory, string prefix, string extension) => new(
        Path.Combine(directory, $"{prefix}.received.{extension}"),
        Path.Combine(directory, $"{prefix}.verified.{extension}"));
}
