namespace Sim.Core;

/// <summary>How a <see cref="VirtualNetwork"/> behaves.</summary>
public sealed record VirtualNetworkOptions
{
    /// <summary>How long everything is under way at least, in one direction; zero unless set.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>
    /// The longest time that is added to <see cref="Latency"/>, drawn for each send from eleven lengths of which none is the
    /// first; 10 ms unless set. Zero draws nothing. Bytes never overtake bytes of the same connection.
    /// </summary>
    public TimeSpan Jitter { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Whether it is drawn how much of what has arrived a receive takes: all, the default, or one byte, or half, or all but
    /// one. True unless set: a program that takes a receive for a message is found.
    /// </summary>
    public bool SplitsReads { get; init; } = true;

    /// <summary>
    /// How many bytes a connection holds in each direction, those under way and those that nobody has read; 4 MiB unless set, about as much
    /// as Linux has for loopback.
    /// </summary>
    public int BufferSize { get; init; } = 4 * 1024 * 1024;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero, nameof(Latency));
        ArgumentOutOfRangeException.ThrowIfLessThan(Jitter, TimeSpan.Zero, nameof(Jitter));
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferSize, 1, nameof(BufferSize));
    }
}
