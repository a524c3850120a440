using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sim.Core;

/// <summary>A listener of the network in memory: a queue of connections.</summary>
internal sealed class VirtualListener : TriedListener
{
    private readonly Queue<VirtualConnection> _arrived = [];
    private readonly int _backlog;
    private readonly DescriptorCount _descriptors;
    private readonly DescriptorCount? _descriptor;
    private readonly Action<VirtualListener> _forget;
    private readonly LinkedListNode<OpenEnd> _place;

    public VirtualListener(
        EventLoop loop, EndPoint address, int backlog, DescriptorCount descriptors, Action<VirtualListener> forget)
        : base(loop, IPAddresses.Copy(address))
    {
        (Address, _backlog, _descriptors, _forget) = (address, backlog, descriptors, forget);
        _descriptor = descriptors.Take($"Listening at {address}");
        _place = OpenEnds.Add(loop, this, null);
    }

    public EndPoint Address { get; }

    public bool IsFull => _arrived.Count >= _backlog;

    public void Add(VirtualConnection connection)
    {
        Loop.Touch(this);
        _arrived.Enqueue(connection);
        OnArrival();
    }

    protected override bool TryAccept([MaybeNullWhen(false)] out IConnection connection)
    {
        Loop.Touch(this);
        if (!_arrived.TryPeek(out var arrived))
        {
            connection = null;
            return false;
        }

        // Before it is taken from the queue: it stays there when there is no descriptor for it.
        arrived.OnTaken(_descriptors.Take($"Accepting at {Address}"));
        connection = _arrived.Dequeue();
        return true;
    }

    protected override void Watch()
    {
        // Whoever arrives says so.
    }

    protected override void Unwatch()
    {
    }

    protected override void Release()
    {
        OpenEnds.Remove(_place);
        _forget(this);
        _descriptor?.Give();
        while (_arrived.TryDequeue(out var waiting))
        {
            waiting.Abort();
        }
    }
}
