using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A listening TCP or Unix-domain socket that never blocks.</summary>
internal sealed class SocketListener : TriedListener
{
    private readonly Socket _socket;
    private readonly SocketWatch _arrivals;

    /// <summary>Owns the socket, which listens already.</summary>
    public SocketListener(EventLoop loop, Socket socket)
        : base(loop, socket.LocalEndPoint!)
    {
        _socket = socket;
        _arrivals = new SocketWatch(loop, socket.SafeHandle, isWrite: false, () => HasAcceptor, OnArrival);
    }

    protected override bool TryAccept([MaybeNullWhen(false)] out IConnection connection)
    {
        // Asked before: an accept that finds nobody would throw, each time.
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            Socket? accepted = null;
            try
            {
                accepted = _socket.Accept();
                connection = new SocketConnection(Loop, accepted, accepted.RemoteEndPoint!);
                return true;
            }
            catch (SocketException gone) when (accepted is not null || IsOfTheGuest(gone.SocketErrorCode))
            {
                // It came and went before it was accepted.
                accepted?.Dispose();
            }
            catch (SocketException failure)
            {
                throw NetworkException.Of(failure.SocketErrorCode, $"Accepting at {LocalEndPoint}", failure);
            }
        }

        connection = null;
        return false;
    }

    protected override void Watch() => _arrivals.Begin();

    protected override void Unwatch() => _arrivals.End();

    protected override void Release()
    {
        Unwatch();
        _socket.Dispose();
    }

    private static bool IsOfTheGuest(SocketError error) => error is SocketError.WouldBlock or SocketError.Interrupted
        or SocketError.ConnectionAborted or SocketError.ConnectionReset;
}
