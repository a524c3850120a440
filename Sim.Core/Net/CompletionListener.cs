using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A listening socket whose waits are ended by completions, where the poller watches no handles.</summary>
internal sealed class CompletionListener : SocketListener
{
    private readonly GuestCompletion _guest;

    /// <summary>Owns the socket, which listens already.</summary>
    public CompletionListener(EventLoop loop, Socket socket)
        : base(loop, socket)
    {
        _guest = new GuestCompletion(loop, socket, OnArrival);
        // The listener itself is closed with its loop as every end is; who has come to it is to be sent away then.
        loop.Closing += _guest.Close;
    }

    protected override bool TryAccept([MaybeNullWhen(false)] out IConnection connection)
    {
        connection = null;
        // In the order in which they came: who is being accepted is before who stands behind.
        return !_guest.IsUnderWay && ((_guest.Take() is { } guest && TryGreet(guest, out connection)) || base.TryAccept(out connection));
    }

    // False: it came and went before it was accepted.
    private bool TryGreet(Socket guest, [MaybeNullWhen(false)] out IConnection connection)
    {
        try
        {
            connection = SocketConnection.Over(Loop, guest, guest.RemoteEndPoint!);
            return true;
        }
        catch (SocketException)
        {
            guest.Dispose();
            connection = null;
            return false;
        }
    }

    protected override void Watch() => _guest.Begin();

    protected override void Unwatch()
    {
        // Who comes meanwhile is for the next who accepts.
    }

    protected override void Release()
    {
        Loop.Closing -= _guest.Close;
        base.Release();
        _guest.Close();
    }
}
