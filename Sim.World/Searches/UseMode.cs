namespace Sim.World;

/// <summary>How a step uses a thing, as far as the order of steps depends on it.</summary>
internal enum UseMode : byte
{
    /// <summary>In any order with others that read.</summary>
    Read,

    /// <summary>In any order with others that count.</summary>
    Count,

    /// <summary>Depends on all others.</summary>
    Write,
}
