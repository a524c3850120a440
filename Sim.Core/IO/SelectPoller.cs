using System.Net;
using System.Net.Sockets;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// The poller for platforms without a backend of their own, and for debugging: plain .NET, to the millisecond, and
/// slow from about a hundred sockets on, because every poll hands all of them to the operating system. It watches
/// sockets only. Loop thread only, except <see cref="Wake"/>.
/// </summary>
/// <remarks>
/// While nothing is watched it sleeps on a monitor; while sockets are watched, in <c>Socket.Select</c>, with a
/// loopback socket of its own for <see cref="Wake"/>. A watched socket is not kept open: closing it ends the watching.
/// </remarks>
public sealed partial class SelectPoller : IPoller
{
    private readonly IClock _clock;
    private readonly object _gate = new();
    private bool _woken;
    private bool _disposed;
    private Socket? _wakeup;

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
        lock (_gate)
        {
            if (_woken || _disposed) return;
            _woken = true;
            Monitor.Pulse(_gate);
            _wakeup?.Send([1]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _wakeup?.Dispose();
            _wakeup = null;
        }

        _registrations.Clear();
    }

    // Whether something ended the wait other than time.
    private bool Waited(long remaining, List<PollEvent> ready)
    {
        _registrations.RemoveAll(static registration => registration.Handle.IsClosed);
        if (_registrations.Count == 0) return Slept(remaining);
        var found = Selected(remaining, ready);
        lock (_gate) return TakeWake() || found;
    }

    private bool Slept(long remaining)
    {
        lock (_gate)
        {
            if (remaining != 0 && !_woken) Monitor.Wait(_gate, PollTimeout.Milliseconds(remaining));
            return TakeWake();
        }
    }

    // Under the gate. The flag is the wake; the datagram only ends a Select, and may arrive after the flag was taken.
    private bool TakeWake()
    {
        Span<byte> datagram = stackalloc byte[1];
        while (_wakeup is { Available: > 0 } wakeup) wakeup.Receive(datagram);
        var woken = _woken;
        _woken = false;
        return woken;
    }

    // How long Select may sleep, once whoever wakes can reach it: not at all after a wake that is already there.
    private TimeSpan Sleep(long remaining)
    {
        lock (_gate)
        {
            if (_woken || remaining == 0) return TimeSpan.Zero;
            _wakeup ??= Loopback();
        }

        var milliseconds = PollTimeout.Milliseconds(remaining);
        return milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
    }

    // Connected to itself: what it sends it receives, and nobody else's datagrams reach it.
    private static Socket Loopback()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(socket.LocalEndPoint!);
        return socket;
    }
}
