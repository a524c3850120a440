using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A connected TCP or Unix-domain socket that never blocks.</summary>
internal class SocketConnection : TriedConnection
{
    private readonly Socket _socket;
    private readonly SocketWatch _reads;
    private readonly SocketWatch _writes;
    private readonly LinkedListNode<OpenEnd> _place;
    private readonly SocketCalls _calls;

    // The kernel tells once what broke a connection, to whichever call comes first, and of an end from then on.
    private SocketError _broken;

    /// <summary>Owns the socket from now on, if this does not throw.</summary>
    public SocketConnection(EventLoop loop, Socket socket, EndPoint remote)
        : base(loop, IPAddresses.Copy(socket.LocalEndPoint!), IPAddresses.Copy(remote))
    {
        _socket = socket;
        _socket.Blocking = false;
        // As asyncio has it: a program that wants to gather small pieces does so itself.
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            _socket.NoDelay = true;
        }

        _calls = new SocketCalls(socket);
        _reads = new SocketWatch(loop, socket.SafeHandle, PollInterest.Read, () => HasReceiver, OnReadable);
        _writes = new SocketWatch(loop, socket.SafeHandle, PollInterest.Write, () => HasSender, OnWritable);
        _place = OpenEnds.Add(loop, this, socket);
    }

    /// <summary>The connection over a socket, in the way of the loop's poller.</summary>
    public static SocketConnection Over(EventLoop loop, Socket socket, EndPoint remote) =>
        loop.UsesCompletions ? new CompletionConnection(loop, socket, remote) : new SocketConnection(loop, socket, remote);

    protected Socket Socket => _socket;

    protected override bool TryReceive(Span<byte> buffer, out int count) => _calls.Receive(buffer, out count) switch
    {
        SocketError.Success when count > 0 || _broken == SocketError.Success => true,
        SocketError.WouldBlock => false,
        var error => throw Failed(error, isSend: false),
    };

    protected override bool TrySend(ReadOnlySpan<byte> bytes, out int count) => _calls.Send(bytes, out count) switch
    {
        SocketError.Success => true,
        SocketError.WouldBlock => false,
        var error => throw Failed(error, isSend: true),
    };

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
        OpenEnds.Remove(_place);
        UnwatchReads();
        UnwatchWrites();
        if (isAbort)
        {
            AskForReset();
        }

        _socket.Dispose();
    }

    // What has broken a connection stays: the later answers of the kernel (an end, a broken pipe) only follow from it.
    protected NetworkException Failed(SocketError error, bool isSend)
    {
        Note(error);
        return Broken(_broken == SocketError.Success ? error : _broken, isSend);
    }

    /// <summary>An operation has told this, and perhaps nobody else will be told.</summary>
    protected void Note(SocketError error)
    {
        if (_broken == SocketError.Success && Breaks(error))
        {
            _broken = error;
        }
    }

    // A kernel that is short of memory may have some later. And that nothing can be sent any more (EPIPE) is no news for who
    // receives: the end has come before it, or the reset is still to be told.
    private static bool Breaks(SocketError error) =>
        error is not (SocketError.NoBufferSpaceAvailable or SocketError.Interrupted or SocketError.Shutdown);

    // By closing without lingering.
    private void AskForReset()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception late) when (late is SocketException or ObjectDisposedException)
        {
            // The other side was faster, and some systems take no option then; or the loop was, which closes what is open.
        }
    }
}
