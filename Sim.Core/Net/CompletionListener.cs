using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A listening socket whose waits are ended by completions, where the poller watches no handles.</summary>
internal sealed class CompletionListener : SocketListener
{
    private readonly AcceptCompletion _accept;

    /// <summary>Owns the socket, which listens already.</summary>
    public CompletionListener(EventLoop loop, Socket socket)
        : base(loop, socket)
    {
        _accept = new AcceptCompletion(loop, socket, OnArrival);
        // The listener itself is closed with its loop as every end is; who has come to it is to be sent away then.
        loop.Closing += _accept.Close;
    }

    protected override bool TryAccept([MaybeNullWhen(false)] out IConnection connection)
    {
        connection = null;
        // In the order in which they came: who is being accepted is before who stands behind.
        return !_accept.IsUnderWay && ((_accept.Take() is { } accepted && TryWrap(accepted, out connection)) || base.TryAccept(out connection));
    }

    protected override void Watch() => _accept.Begin();

    protected override void Unwatch()
    {
        // Who comes meanwhile is for the next who accepts.
    }

    protected override void Release()
    {
        Loop.Closing -= _accept.Close;
        base.Release();
        _accept.Close();
    }
}
