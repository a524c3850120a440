using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// A connected socket whose waits are ended by completions, where the poller watches no handles. It tries at once as every
/// socket does; a receive of no bytes tells when to try again, and a piece of what could not be sent is sent by the platform.
/// </summary>
internal sealed class CompletionConnection : SocketConnection
{
    private readonly ArrivalCompletion _arrival;
    private RemainderCompletion? _remainder;
    private SocketError _failure;

    /// <summary>Owns the socket from now on, if this does not throw.</summary>
    public CompletionConnection(EventLoop loop, Socket socket, EndPoint remote)
        : base(loop, socket, remote) => _arrival = new ArrivalCompletion(loop, socket, OnArrival);

    protected override bool TrySend(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        if (_remainder is { IsUnderWay: true })
        {
            return false;
        }

        if (_failure != SocketError.Success)
        {
            throw Failed(_failure, isSend: true);
        }

        count = _remainder?.TakeCredit() ?? 0;
        if (count > 0 || base.TrySend(bytes, out count))
        {
            return true;
        }

        _remainder ??= new RemainderCompletion(Loop, Socket, OnRoom);
        _remainder.Begin(bytes);
        return false;
    }

    protected override void WatchReads() => _arrival.Begin();

    protected override void UnwatchReads()
    {
        // It takes nothing, and will tell the next who waits.
    }

    protected override void WatchWrites()
    {
        // The piece that is being sent tells.
    }

    protected override void UnwatchWrites() => _remainder?.Forget();

    protected override void Release(bool isAbort)
    {
        if (!isAbort)
        {
            KeepFromReset();
        }

        base.Release(isAbort);
        _arrival.Dispose();
        _remainder?.Dispose();
    }

    private void OnArrival(SocketError error)
    {
        Note(error);
        OnReadable();
    }

    private void OnRoom(SocketError error)
    {
        Note(error);
        _failure = IsDisposed ? SocketError.Success : error;
        OnWritable();
    }

    // .NET makes a reset of closing a socket with operations under way, unless its sending was ended before. Where bytes are
    // left unread it is to be a reset, as it is without the operations.
    private void KeepFromReset()
    {
        try
        {
            if ((_arrival.IsUnderWay || _remainder is { IsUnderWay: true }) && Socket.Available == 0)
            {
                Socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // It is broken already.
        }
    }
}
