using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A listening socket whose waits are ended by completions, where the poller watches no handles.</summary>
internal sealed class CompletionListener : SocketListener
{
    private readonly GuestCompletion _guest;
    private readonly LinkedListNode<IDisposable> _place;

    /// <summary>Owns the socket, which listens already.</summary>
    public CompletionListener(EventLoop loop, Socket socket)
        : base(loop, socket)
    {
        _guest = new GuestCompletion(loop, socket, OnArrival);
        _place = OpenSockets.Add(loop, this);
    }

    protected override bool TryAccept([MaybeNullWhen(false)] out IConnection connection)
    {
        connection = null;
        // In the order in which they came: who is being accepted is before who stands behind.
        return !_guest.IsUnderWay && ((_guest.Take() is { } guest && TryGreet(guest, out connection)) || base.TryAccept(out connection));
    }

    protected override void Watch() => _guest.Begin();

    protected override void Unwatch()
    {
        // Who comes meanwhile is for the next who accepts.
    }

    protected override void Release()
    {
        OpenSockets.Remove(_place);
        base.Release();
        _guest.Close();
    }
}
