namespace Sim.Core;

/// <summary>How a <see cref="Server"/> behaves.</summary>
public sealed record ServerOptions
{
    /// <summary>How many connections may wait to be accepted at each address; 128 unless set.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>
    /// How many connections there may be at once. At that many the server accepts no more until one has ended; those that come
    /// meanwhile wait in the backlog. Null = no limit.
    /// </summary>
    public int? MaxConnections { get; init; }

    /// <summary>
    /// How long nothing is accepted after an accept has failed, because descriptors or memory are exhausted; 1 s unless set, as in
    /// asyncio (rule 29).
    /// </summary>
    public TimeSpan AcceptRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a connection whose handler has returned is kept to let the other side take the last bytes and end its direction;
    /// what still comes from there is dropped. Closed at once, with such bytes unread, it would be a reset, which may overtake the
    /// answer. 2 s unless set.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Backlog, 1, nameof(Backlog));
        ArgumentOutOfRangeException.ThrowIfLessThan(AcceptRetryDelay, TimeSpan.Zero, nameof(AcceptRetryDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(Linger, TimeSpan.Zero, nameof(Linger));
        if (MaxConnections is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(MaxConnections));
        }
    }
}
