namespace Sim.Testing.NUnit;

/// <summary>
/// The names of a test's snapshot files up to <c>.received</c> or <c>.verified</c>, or up to <c>#</c> where there are several.
/// The two differ where cases share a verified file, and where it is told apart by the runtime.
/// </summary>
internal readonly record struct SnapshotPrefix(string Received, string Verified)
{
    public static implicit operator SnapshotPrefix(string both) => new(both, both);
}
