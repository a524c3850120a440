using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>One end of a connection in memory: the link on which it sends, and the one on which it receives.</summary>
internal sealed class VirtualConnection : TriedConnection
{
    private readonly VirtualLink _outgoing;
    private readonly VirtualLink _incoming;
    private readonly VirtualWire _wire;
    private DescriptorCount? _descriptor;
    private LinkedListNode<OpenEnd>? _place;

    private VirtualConnection(EventLoop loop, EndPoint local, EndPoint remote, VirtualLink outgoing, VirtualLink incoming, VirtualWire wire)
        : base(loop, local, remote)
    {
        (_outgoing, _incoming, _wire) = (outgoing, incoming, wire);
        outgoing.HasRoom = OnWritable;
        incoming.Arrived = OnArrived;
        incoming.CameTooLate = outgoing.Reset;
    }

    /// <summary>Both ends of a new connection, the client's first.</summary>
    public static (VirtualConnection Client, VirtualConnection Server) Pair(
        EventLoop loop, VirtualNetworkOptions options, VirtualWire wire)
    {
        // Known by the server's address: a client's port is another one in each schedule.
        var server = wire.Server();
        var there = new VirtualLink(loop, options, $"to {server}");
        var back = new VirtualLink(loop, options, $"from {server}");
        return (new(loop, wire.Client(), wire.Server(), there, back, wire), new(loop, wire.Server(), wire.Client(), back, there, wire));
    }

    /// <summary>The program has this end from now on, and a descriptor with it, where they are counted.</summary>
    public void OnTaken(DescriptorCount? descriptor)
    {
        _descriptor = descriptor;
        _place = OpenEnds.Add(Loop, this, null);
    }

    protected override bool TryReceive(Span<byte> buffer, out int count) => _incoming.TryTake(buffer, out count) switch
    {
        LinkState.Open => count > 0,
        // What TCP has ended stays so; Unix-domain sockets tell of a break before they tell of an end.
        LinkState.Ended when _wire.CanReset || !_incoming.WasReset => true,
        _ => throw Broken(SocketError.ConnectionReset, isSend: false),
    };

    // The link has told of it when it came.
    protected override bool HasArrived => _incoming.HasArrived;

    protected override bool TrySend(ReadOnlySpan<byte> bytes, out int count)
    {
        // Where there is no way between the two, who sends knows at once that the other side is closed.
        if (_incoming.WasReset || (!_wire.CanReset && _outgoing.IsReaderGone))
        {
            throw Broken(SocketError.ConnectionReset, isSend: true);
        }

        count = _outgoing.Put(bytes);
        return count > 0;
    }

    protected override void EndSending() => _outgoing.End();

    protected override void Release(bool isAbort)
    {
        if (_place is not null)
        {
            OpenEnds.Remove(_place);
        }

        _descriptor?.Give();
        if (Loop.IsClosed)
        {
            // No time goes on in which anything could arrive.
            return;
        }

        // As Linux does it: who closes without having read what is there has not said goodbye, and neither has who was not accepted.
        var isReset = _incoming.CloseReader() || (isAbort && (_wire.CanReset || _place is null));
        _wire.OnEndClosed();
        if (isReset)
        {
            _outgoing.Reset();
        }
        else if (!HasEnded)
        {
            _outgoing.End();
        }
    }

    protected override void WatchReads()
    {
        // The link says what comes, and when there is room.
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

    // A reset ends both waits.
    private void OnArrived()
    {
        OnReadable();
        if (_incoming.WasReset)
        {
            OnWritable();
        }
    }
}
