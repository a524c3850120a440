using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// An accept that the platform runs ahead of who asks. It goes on when nobody waits any more: then the connection that comes
/// is kept for the next. Loop thread only.
/// </summary>
internal sealed class GuestCompletion(EventLoop loop, Socket listener, Action onArrival) : SocketCompletion(loop)
{
    private Socket? _guest;
    private bool _isClosed;

    /// <summary>Accepts from now on, unless it does already.</summary>
    public void Begin()
    {
        if (!IsUnderWay)
        {
            Begun(listener.AcceptAsync(this));
        }
    }

    /// <summary>The connection that came, once.</summary>
    public Socket? Take()
    {
        var guest = _guest;
        _guest = null;
        return guest;
    }

    /// <summary>The listener is closed: whoever has come is sent away, and who comes still.</summary>
    public void Close()
    {
        _isClosed = true;
        SendAway(Take());
        Dispose();
    }

    protected override void OnDelivered()
    {
        // What went wrong, if it did, who waits finds out by trying.
        _guest = SocketError == SocketError.Success ? AcceptSocket : null;
        AcceptSocket = null;
        if (_isClosed)
        {
            SendAway(Take());
        }
        else
        {
            onArrival();
        }
    }

    protected override void OnLost() => SendAway(SocketError == SocketError.Success ? AcceptSocket : null);

    // Nobody has accepted it: it is broken off.
    private static void SendAway(Socket? guest) => guest?.Close(0);
}
