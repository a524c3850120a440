using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A connected TCP or Unix-domain socket that never blocks.</summary>
internal sealed class SocketConnection : TriedConnection
{
    private readonly Socket _socket;
    private readonly SocketWatch _reads;
    private readonly SocketWatch _writes;

    // The kernel tells of a reset once, to whichever call comes first, and of an end from then on.
    private bool _wasReset;

    /// <summary>Owns the socket from now on, if this does not throw.</summary>
    public SocketConnection(EventLoop loop, Socket socket, EndPoint remote)
        : base(loop, socket.LocalEndPoint!, remote)
    {
        _socket = socket;
        _socket.Blocking = false;
        // As asyncio has it: a program that wants to gather small pieces does so itself.
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            _socket.NoDelay = true;
        }

        _reads = new SocketWatch(loop, socket.SafeHandle, isWrite: false, () => HasReceiver, OnReadable);
        _writes = new SocketWatch(loop, socket.SafeHandle, isWrite: true, () => HasSender, OnWritable);
    }

    protected override bool TryReceive(Span<byte> buffer, out int count)
    {
        count = _socket.Receive(buffer, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success when count > 0 || !_wasReset => true,
            SocketError.WouldBlock => false,
            _ => throw Failed(error, isSend: false),
        };
    }

    protected override bool TrySend(ReadOnlySpan<byte> bytes, out int count)
    {
        count = _socket.Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            // A socket that took a part says so in one of two ways.
            SocketError.Success => true,
            SocketError.WouldBlock => count > 0,
            _ => throw Failed(error, isSend: true),
        };
    }

    protected override void WatchReads() => _reads.Begin();

    protected override void WatchWrites() => _writes.Begin();

    protected override void UnwatchReads() => _reads.End();

    protected override void UnwatchWrites() => _writes.End();

    protected override void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is broken already: the next receive tells.
        }
    }

    protected override void Release(bool isAbort)
    {
        UnwatchReads();
        UnwatchWrites();
        if (isAbort)
        {
            AskForReset();
        }

        _socket.Dispose();
    }

    private NetworkException Failed(SocketError error, bool isSend)
    {
        _wasReset |= error == SocketError.ConnectionReset;
        return Broken(_wasReset ? SocketError.ConnectionReset : error, isSend);
    }

    // By closing without lingering.
    private void AskForReset()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (SocketException)
        {
            // The other side was faster, and some systems take no option then.
        }
    }
}
