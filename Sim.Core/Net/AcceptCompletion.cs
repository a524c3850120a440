using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// An accept that the platform runs ahead of who asks. It goes on when nobody waits any more: then the connection that comes
/// is kept for the next. Loop thread only.
/// </summary>
internal sealed class AcceptCompletion(EventLoop loop, Socket listener, Action onArrival)
    : SocketCompletion(loop)
{
    private Socket? _accepted;
    private volatile bool _isOver;
    private volatile bool _isClosed;

    /// <summary>Accepts from now on, unless it does already.</summary>
    public void Begin()
    {
        if (!IsUnderWay)
        {
            _isOver = false;
            Run();
        }
    }

    /// <summary>The connection that came, once.</summary>
    public Socket? Take()
    {
        var accepted = _accepted;
        _accepted = null;
        return accepted;
    }

    /// <summary>The listener is closed: whoever has come is sent away, and who comes still.</summary>
    public void Close()
    {
        SendAway(Take());
        _isClosed = true;
        Interlocked.MemoryBarrier();
        if (IsUnderWay && _isOver)
        {
            SendAway(Arrived);
        }

        Dispose();
    }

    protected override bool Start() => listener.AcceptAsync(this);

    // Whoever comes in the moment of closing is seen by one of the two threads: each says what it does, and then looks.
    protected override void OnOver()
    {
        _isOver = true;
        Interlocked.MemoryBarrier();
        if (_isClosed)
        {
            SendAway(Arrived);
        }
    }

    protected override void OnDelivered()
    {
        if (_isClosed)
        {
            return;
        }

        // What went wrong, if it did, who waits finds out by trying.
        _accepted = Arrived;
        AcceptSocket = null;
        onArrival();
    }

    private Socket? Arrived => SocketError == SocketError.Success ? AcceptSocket : null;

    // Nobody has accepted it: it is broken off.
    private static void SendAway(Socket? accepted) => accepted?.Close(0);
}
