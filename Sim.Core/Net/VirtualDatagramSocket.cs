using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// A datagram socket in memory. What is under way from it fills its buffer for sending, and who sends waits for room; what has
/// arrived fills its buffer for receiving, and what finds it full is dropped, as UDP does it.
/// </summary>
internal sealed class VirtualDatagramSocket : TriedDatagramSocket
{
    /// <summary>What a datagram costs beside its bytes, so that empty ones do not fill the memory.</summary>
    private const int Overhead = 64;

    private readonly Queue<(byte[] Bytes, IPEndPoint Source)> _arrived = [];
    private readonly VirtualDatagrams _network;
    private readonly int _bufferSize;
    private readonly LinkedListNode<OpenEnd> _place;
    private long _underWay;
    private long _held;
    private bool _isRefused;

    public VirtualDatagramSocket(EventLoop loop, VirtualDatagrams network, int bufferSize, IPEndPoint local, IPEndPoint? remote)
        : base(loop, local, remote)
    {
        (_network, _bufferSize) = (network, bufferSize);
        _place = OpenEnds.Add(loop, this, null);
    }

    public IPEndPoint Address => Here;

    /// <summary>Whose descriptor it has, where they are counted.</summary>
    public DescriptorCount? Descriptor { get; init; }

    /// <summary>What a receiver sees of it.</summary>
    public IPEndPoint SourceAddress => IPAddresses.IsAny(Here.Address) ? new IPEndPoint(IPAddresses.LoopbackOf(Here), Here.Port) : Here;

    public bool TakesFrom(IPEndPoint source) => There is null || There.Equals(source);

    /// <summary>A datagram of this socket is not under way any more.</summary>
    public void OnDelivered(int length)
    {
        Loop.Touch(this);
        _underWay -= length + Overhead;
        OnWritable();
    }

    /// <summary>A datagram has arrived.</summary>
    public void OnArrived(byte[] bytes, IPEndPoint source)
    {
        Loop.Touch(this);
        if (_held < _bufferSize)
        {
            _held += bytes.Length + Overhead;
            _arrived.Enqueue((bytes, source));
            OnReadable();
        }
    }

    /// <summary>A datagram of this socket found nobody. Only who is connected is told, once.</summary>
    public void OnRefused()
    {
        Loop.Touch(this);
        if (There is not null)
        {
            _isRefused = true;
            OnReadable();
            OnWritable();
        }
    }

    protected override bool TryReceive(Span<byte> buffer, out ReceivedDatagram datagram)
    {
        Loop.Touch(this);
        ThrowIfRefused(null);
        if (!_arrived.TryDequeue(out var next))
        {
            datagram = default;
            return false;
        }

        _held -= next.Bytes.Length + Overhead;
        var count = Math.Min(next.Bytes.Length, buffer.Length);
        next.Bytes.AsSpan(0, count).CopyTo(buffer);
        datagram = new ReceivedDatagram(count, IPAddresses.Copy(next.Source), next.Bytes.Length > count);
        return true;
    }

    protected override bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint remote)
    {
        Loop.Touch(this);
        ThrowIfRefused(remote);
        if (ErrorOf(datagram.Length, remote) is { } error)
        {
            throw Failed(error, remote);
        }

        if (_underWay >= _bufferSize)
        {
            return false;
        }

        _underWay += datagram.Length + Overhead;
        _network.Send(this, datagram.ToArray(), remote);
        return true;
    }

    protected override void WatchReads()
    {
        // What arrives says so, and so does what makes room.
    }

    protected override void WatchWrites()
    {
    }

    protected override void UnwatchReads()
    {
    }

    protected override void UnwatchWrites()
    {
    }

    protected override void Release()
    {
        OpenEnds.Remove(_place);
        Descriptor?.Give();
        if (!Loop.IsClosed)
        {
            _network.Forget(this);
        }

        _arrived.Clear();
    }

    private SocketError? ErrorOf(int length, IPEndPoint remote) =>
        remote.AddressFamily != Here.AddressFamily ? SocketError.AddressFamilyNotSupported
        : remote.Port == 0 ? SocketError.InvalidArgument
        : !IPAddress.IsLoopback(remote.Address) ? SocketError.NetworkUnreachable
        : length > Longest(remote) ? SocketError.MessageSize
        : null;

    // What fits into a packet of 64 KiB, beside the headers of which IPv6 counts only UDP's.
    private static int Longest(IPEndPoint remote) => remote.AddressFamily == AddressFamily.InterNetwork ? 65507 : 65527;

    private void ThrowIfRefused(IPEndPoint? to)
    {
        if (_isRefused)
        {
            _isRefused = false;
            throw Failed(SocketError.ConnectionRefused, to);
        }
    }
}
