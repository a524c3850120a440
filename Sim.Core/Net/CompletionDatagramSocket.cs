using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A UDP socket whose waits are ended by completions, where the poller watches no handles.</summary>
internal sealed class CompletionDatagramSocket : SocketDatagramSocket
{
    // Nothing tells that there is room for a datagram, but for sending one, which could not be taken back when the wait is
    // cancelled. A socket makes room in well under that.
    private static readonly TimeSpan _nextTry = TimeSpan.FromMilliseconds(1);

    private readonly DatagramCompletion _arrival;
    private TimerHandle? _retry;

    /// <summary>Owns the socket from now on, if this does not throw; it is bound, and connected if there is a remote address.</summary>
    public CompletionDatagramSocket(EventLoop loop, Socket socket, IPEndPoint? remote)
        : base(loop, socket, remote) => _arrival = new DatagramCompletion(loop, socket, OnReadable);

    protected override bool TryReceive(Span<byte> buffer, out ReceivedDatagram datagram)
    {
        datagram = default;
        if (!_arrival.HasArrived)
        {
            // Who is being received comes before who stands behind.
            return !_arrival.IsUnderWay && base.TryReceive(buffer, out datagram);
        }

        var bytes = _arrival.Take(out var sender, out var error);
        if (error != SocketError.Success)
        {
            throw Failed(There is null ? error : AsRefused(error));
        }

        datagram = Delivered(bytes, buffer, There is null ? (IPEndPoint)sender : IPAddresses.Copy(There));
        return true;
    }

    protected override void WatchReads() => _arrival.Begin();

    protected override void UnwatchReads()
    {
        // What comes meanwhile is for the next who receives.
    }

    protected override void WatchWrites() => _retry = Loop.CallLater(_nextTry, OnWritable);

    protected override void UnwatchWrites() => _retry?.Cancel();

    protected override void Release()
    {
        base.Release();
        _arrival.Dispose();
    }
}
