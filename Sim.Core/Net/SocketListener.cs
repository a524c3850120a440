using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A listening TCP or Unix-domain socket that never blocks.</summary>
internal class SocketListener : TriedListener
{
    private const int MostGone = 100;

    private readonly DescriptorReserve _reserve;
    private readonly Socket _socket;
    private readonly SocketWatch _arrivals;
    private readonly LinkedListNode<OpenEnd> _place;

    /// <summary>Owns the socket, which listens already.</summary>
    public SocketListener(EventLoop loop, Socket socket)
        : base(loop, IPAddresses.Copy(socket.LocalEndPoint!))
    {
        _socket = socket;
        _reserve = new DescriptorReserve(socket.SafeHandle);
        _arrivals = new SocketWatch(loop, socket.SafeHandle, PollInterest.Read, () => HasAcceptor, OnArrival);
        _place = OpenEnds.Add(loop, this, socket);
    }

    /// <summary>The listener over a socket, in the way of the loop's poller.</summary>
    public static SocketListener Over(EventLoop loop, Socket socket) =>
        loop.UsesCompletions ? new CompletionListener(loop, socket) : new SocketListener(loop, socket);

    protected override bool TryAccept([MaybeNullWhen(false)] out IConnection connection)
    {
        // Asked before: an accept that finds nobody would throw, each time. Should guest after guest be gone, others have their
        // turn before the next look.
        for (var gone = 0; gone < MostGone && _socket.Poll(0, SelectMode.SelectRead); gone++)
        {
            if (!_reserve.HasMore(_socket.SafeHandle))
            {
                throw NetworkException.Of(SocketError.TooManyOpenSockets, $"Accepting at {LocalEndPoint}");
            }

            Socket accepted;
            try
            {
                accepted = _socket.Accept();
            }
            catch (SocketException failure) when (!IsOfThisMachine(failure.SocketErrorCode))
            {
                // It came and went before it was accepted.
                continue;
            }
            catch (SocketException failure)
            {
                throw NetworkException.Of(failure.SocketErrorCode, $"Accepting at {LocalEndPoint}", failure);
            }

            _reserve.Note(accepted.SafeHandle);
            if (TryWrap(accepted, out connection))
            {
                return true;
            }
        }

        connection = null;
        return false;
    }

    /// <summary>Makes a connection of a socket that was accepted. False: it came and went before that.</summary>
    protected bool TryWrap(Socket accepted, [MaybeNullWhen(false)] out IConnection connection)
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
        OpenEnds.Remove(_place);
        Unwatch();
        _socket.Dispose();
    }

    // All others are the guest's: Linux hands on what the network said of the connection that is taken (accept(2): unreachable,
    // down, a firewall that forbids it, a protocol error for which .NET has no word), and the next one is another guest.
    private static bool IsOfThisMachine(SocketError error) => error is SocketError.TooManyOpenSockets
        or SocketError.NoBufferSpaceAvailable or SocketError.NotSocket or SocketError.InvalidArgument or SocketError.Fault
        or SocketError.OperationAborted or SocketError.Shutdown or SocketError.SystemNotReady or SocketError.ProcessLimit;
}
