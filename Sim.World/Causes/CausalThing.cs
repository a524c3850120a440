namespace Sim.World;

/// <summary>Something that the steps of a run use: a resource, a future, a part of the machinery.</summary>
/// <param name="key">Which: the same in every run.</param>
internal sealed class CausalThing(ulong key)
{
    /// <summary>The key of all things of which the creation was not seen.</summary>
    public const ulong UnknownKey = 1;

    public ulong Key { get; } = key;

    /// <summary>What happened before all writes so far; before all reads; before its end. Null = nothing.</summary>
    public CausalRow? Writes { get; set; }

    public CausalRow? Reads { get; set; }

    public CausalRow? End { get; set; }

    /// <summary>Who wrote it last, and who used it last; 0 = nobody.</summary>
    public ulong LastWriter { get; set; }

    public ulong LastUser { get; set; }
}
