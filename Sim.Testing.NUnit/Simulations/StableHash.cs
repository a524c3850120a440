namespace Sim.Testing.NUnit;

/// <summary>A number that is the same for a name in every process, not negative: FNV-1a (Fowler, Noll, Vo) over the characters.</summary>
internal static class StableHash
{
    /// <summary>The number.</summary>
    public static int Of(string name) =>
        (int)(name.Aggregate(0x811C9DC5u, static (hash, c) => unchecked((hash ^ c) * 0x01000193u)) & int.MaxValue);
}
