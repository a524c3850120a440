using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A UDP socket that never blocks.</summary>
internal class SocketDatagramSocket : TriedDatagramSocket
{
    /// <summary>No datagram is longer.</summary>
    private const int Longest = 64 * 1024;

    private readonly Socket _socket;
    private readonly SocketWatch _reads;
    private readonly SocketWatch _writes;
    private readonly SocketAddress _sender;
    private readonly LinkedListNode<OpenEnd> _place;
    private byte[]? _whole;

    /// <summary>Owns the socket from now on, if this does not throw; it is bound, and connected if there is a remote address.</summary>
    public SocketDatagramSocket(EventLoop loop, Socket socket, IPEndPoint? remote)
        : base(loop, IPAddresses.Copy((IPEndPoint)socket.LocalEndPoint!), remote)
    {
        _socket = socket;
        _sender = new SocketAddress(socket.AddressFamily);
        _reads = new SocketWatch(loop, socket.SafeHandle, PollInterest.Read, () => HasReceiver, OnReadable);
        _writes = new SocketWatch(loop, socket.SafeHandle, PollInterest.Write, () => HasSender, OnWritable);
        _place = OpenEnds.Add(loop, this, socket);
    }

    /// <summary>The datagram socket over a socket, in the way of the loop's poller.</summary>
    public static SocketDatagramSocket Over(EventLoop loop, Socket socket, IPEndPoint? remote) =>
        loop.UsesCompletions ? new CompletionDatagramSocket(loop, socket, remote) : new SocketDatagramSocket(loop, socket, remote);

    // Some systems cut what is too long without a word, others call it an error: with room for the longest there is neither.
    protected override bool TryReceive(Span<byte> buffer, out ReceivedDatagram datagram)
    {
        var isWhole = buffer.Length >= Longest;
        var whole = isWhole ? buffer : _whole ??= GC.AllocateUninitializedArray<byte>(Longest);
        if (!(There is null ? TryReceiveFromAny(whole, out var count, out var from) : TryReceiveFromOne(whole, out count, out from)))
        {
            datagram = default;
            return false;
        }

        datagram = isWhole ? new ReceivedDatagram(count, from, false) : Delivered(whole[..count], buffer, from);
        return true;
    }

    /// <summary>What there is room for of a datagram.</summary>
    protected static ReceivedDatagram Delivered(ReadOnlySpan<byte> whole, Span<byte> buffer, IPEndPoint from)
    {
        var taken = Math.Min(whole.Length, buffer.Length);
        whole[..taken].CopyTo(buffer);
        return new ReceivedDatagram(taken, from, whole.Length > taken);
    }

    protected override bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint remote)
    {
        if (There is not null)
        {
            _socket.Send(datagram, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => true,
                SocketError.WouldBlock => false,
                _ => throw Failed(AsRefused(error), remote),
            };
        }

        try
        {
            _socket.SendTo(datagram, SocketFlags.None, remote);
            return true;
        }
        catch (SocketException full) when (full.SocketErrorCode == SocketError.WouldBlock)
        {
            return false;
        }
        catch (SocketException failure)
        {
            throw Failed(failure.SocketErrorCode, remote, failure);
        }
    }

    protected override void WatchReads() => _reads.Begin();

    protected override void WatchWrites() => _writes.Begin();

    protected override void UnwatchReads() => _reads.End();

    protected override void UnwatchWrites() => _writes.End();

    protected override void Release()
    {
        OpenEnds.Remove(_place);
        UnwatchReads();
        UnwatchWrites();
        _socket.Dispose();
    }

    private bool TryReceiveFromOne(Span<byte> whole, out int count, out IPEndPoint from)
    {
        from = There!;
        count = _socket.Receive(whole, SocketFlags.None, out var error);
        from = IPAddresses.Copy(from);
        return error switch
        {
            SocketError.Success => true,
            SocketError.WouldBlock => false,
            _ => throw Failed(AsRefused(error)),
        };
    }

    private bool TryReceiveFromAny(Span<byte> whole, out int count, out IPEndPoint from)
    {
        (count, from) = (0, Here);
        try
        {
            // Asked before: a receive that finds nothing would throw, each time.
            if (!_socket.Poll(0, SelectMode.SelectRead))
            {
                return false;
            }

            count = _socket.ReceiveFrom(whole, SocketFlags.None, _sender);
            from = (IPEndPoint)Here.Create(_sender);
            return true;
        }
        catch (SocketException empty) when (empty.SocketErrorCode is SocketError.WouldBlock or SocketError.Interrupted)
        {
            // What was there was damaged, and the system has found out while it was read.
            return false;
        }
        catch (SocketException failure)
        {
            throw Failed(failure.SocketErrorCode, inner: failure);
        }
    }

    /// <summary>Windows tells it by the word that TCP has for a reset.</summary>
    protected static SocketError AsRefused(SocketError error) =>
        error == SocketError.ConnectionReset ? SocketError.ConnectionRefused : error;
}
