using System.Net;
using System.Net.Sockets;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// The poller for debugging, chosen by nobody but you: plain .NET, to the millisecond, and slow from about a hundred
/// sockets on, because every poll hands all of them to the operating system. It watches sockets only, everywhere. Loop
/// thread only, except <see cref="Wake"/>.
/// </summary>
/// <remarks>
/// While nothing is watched it sleeps on an event; while sockets are watched, in <c>Socket.Select</c>, with a
/// loopback socket of its own for <see cref="Wake"/>. A watched socket is not kept open: closing it ends the watching.
/// </remarks>
public sealed partial class SelectPoller : IPoller
{
    private readonly IClock _clock;
    private readonly WakeSignal _wake = new(canSleep: true);
    private volatile Socket? _wakeup;
    private bool _disposed;

    /// <summary>A poller whose deadlines are instants of <paramref name="clock"/>.</summary>
    /// <param name="clock">A clock that runs in real time.</param>
    public SelectPoller(IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
    }

    /// <inheritdoc/>
    public PollOutcome Poll(Instant? deadline, List<PollEvent> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        ObjectDisposedException.ThrowIf(_disposed, this);
        long remaining;
        do remaining = PollTimeout.Remaining(_clock, deadline);
        while (!Waited(remaining, ready) && remaining != 0);
        return PollOutcome.Continue;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        if (!_wake.Set()) return;
        try
        {
            // If it takes no more there is something in it already, and that is as good.
            _wakeup?.Send([1], SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // After Dispose there is no wait to end.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _wake.Dispose();
        _wakeup?.Dispose();
        _registrations.Clear();
    }

    // Whether something ended the wait other than time.
    private bool Waited(long remaining, List<PollEvent> ready)
    {
        _registrations.RemoveAll(static registration => registration.Handle.IsClosed);
        if (_registrations.Count > 0)
        {
            var found = Selected(remaining, ready);
            Drain();
            return _wake.Take() || found;
        }

        if (remaining != 0 && !_wake.IsSet) _wake.Sleep(PollTimeout.Milliseconds(remaining));
        return _wake.Take();
    }

    // How long Select may sleep, once whoever wakes can reach it: not at all after a wake that is already there.
    // Looking for the wake comes after making the socket, and waking looks for the socket after setting the wake, so
    // one of the two sees the other.
    private TimeSpan Sleep(long remaining)
    {
        if (remaining == 0) return TimeSpan.Zero;
        _wakeup ??= Loopback();
        Interlocked.MemoryBarrier();
        if (_wake.IsSet) return TimeSpan.Zero;
        var milliseconds = PollTimeout.Milliseconds(remaining);
        return milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
    }

    // A datagram only ends a Select; the wake itself is the signal. One may arrive after its wake was taken.
    private void Drain()
    {
        Span<byte> datagram = stackalloc byte[1];
        while (_wakeup is { Available: > 0 } wakeup) wakeup.Receive(datagram, SocketFlags.None, out _);
    }

    // Connected to itself: what it sends it receives, and nobody else's datagrams reach it.
    private static Socket Loopback()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(socket.LocalEndPoint!);
        socket.Blocking = false;
        return socket;
    }
}
