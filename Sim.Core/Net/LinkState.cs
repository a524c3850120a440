namespace Sim.Core;

/// <summary>What one who reads a <see cref="VirtualLink"/> finds behind the bytes that have arrived.</summary>
internal enum LinkState
{
    /// <summary>More may come.</summary>
    Open,

    /// <summary>The end.</summary>
    Ended,

    /// <summary>The sender has broken off.</summary>
    Reset,
}
