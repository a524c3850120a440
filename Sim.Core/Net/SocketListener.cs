using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A listening TCP or Unix-domain socket that never blocks.</summary>
internal class SocketListener : TriedListener
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

    /// <summary>The listener over a socket, in the way of the loop's poller.</summary>
    public static SocketListener Over(EventLoop loop, Socket socket) =>
        loop.UsesCompletions ? new CompletionListener(loop, socket) : new SocketListener(loop, socket);

    protected override bool TryAccept([MaybeNullWhen(false)] out IConnection connection)
    {
        // Asked before: an accept that finds nobody would throw, each time.
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            Socket accepted;
            try
            {
                accepted = _socket.Accept();
            }
            catch (SocketException gone) when (IsOfTheGuest(gone.SocketErrorCode))
            {
                // It came and went before it was accepted.
                continue;
            }
            catch (SocketException failure)
            {
                throw NetworkException.Of(failure.SocketErrorCode, $"Accepting at {LocalEndPoint}", failure);
            }

            if (TryGreet(accepted, out connection))
            {
                return true;
            }
        }

        connection = null;
        return false;
    }

    /// <summary>Makes a connection of a socket that was accepted. False: it is gone already.</summary>
    protected bool TryGreet(Socket accepted, [MaybeNullWhen(false)] out IConnection connection)
    {
        try
        {
            connection = SocketConnection.Over(Loop, accepted, accepted.RemoteEndPoint!);
            return true;
        }
        catch (SocketException)
        {
            accepted.Dispose();
            connection = null;
            return false;
        }
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
