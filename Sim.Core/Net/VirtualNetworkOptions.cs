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
    /// Whether it is drawn how much of a send there is room for: all, the default, or one byte, or half, or all but one. The
    /// rest waits until that part has arrived, so that other tasks run in between, and a cancelled send may have sent a part.
    /// False unless set.
    /// </summary>
    public bool SplitsWrites { get; init; }

    /// <summary>
    /// A time for which the other side may stall, drawn for each send, connect and lookup: one in eight is under way for that
    /// much longer. Zero, unless set, draws nothing.
    /// </summary>
    public TimeSpan Stall { get; init; }

    /// <summary>
    /// How many bytes a connection holds in each direction, those under way and those that nobody has read; 4 MiB unless set, about
    /// as much as Linux has for a connection over loopback. A small one shows who forgets that the other side may be slow.
    /// </summary>
    public int BufferSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// How many bytes of datagrams a socket holds of those under way from it, and as many again of those that nobody has received,
    /// each counted with 64 more; 208 KiB unless set, as on Linux. One is taken while there is any room at all, however long it is;
    /// who sends waits for room, and what finds none at the receiver is dropped.
    /// </summary>
    public int DatagramBufferSize { get; init; } = 208 * 1024;

    /// <summary>
    /// How many descriptors the machine has, for listeners, datagram sockets and the ends of connections that were made or
    /// accepted; null, as it is unless set, = no limit. When they are exhausted, connecting, listening, binding and accepting fail with
    /// <c>SocketError.TooManyOpenSockets</c>; a connection that could not be accepted stays in the queue.
    /// </summary>
    public int? Descriptors { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Descriptors ?? 1, 1, nameof(Descriptors));
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero, nameof(Latency));
        ArgumentOutOfRangeException.ThrowIfLessThan(Jitter, TimeSpan.Zero, nameof(Jitter));
        ArgumentOutOfRangeException.ThrowIfLessThan(Stall, TimeSpan.Zero, nameof(Stall));
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferSize, 1, nameof(BufferSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(DatagramBufferSize, 1, nameof(DatagramBufferSize));
    }
}
