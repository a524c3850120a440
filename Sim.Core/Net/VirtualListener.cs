using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sim.Core;

/// <summary>A listener of the network in memory: a queue of connections.</summary>
internal sealed class VirtualListener(
    EventLoop loop, EndPoint address, int backlog, DescriptorCount descriptors, Action<VirtualListener> forget)
    : TriedListener(loop, address is IPEndPoint ip ? IPAddresses.Copy(ip) : address)
{
    private readonly Queue<VirtualConnection> _arrived = [];
    private readonly DescriptorCount? _descriptor = descriptors.Take($"Listening at {address}");

    public EndPoint Address { get; } = address;

    public bool IsFull => _arrived.Count >= backlog;

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
        arrived.Descriptor = descriptors.Take($"Accepting at {Address}");
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
        forget(this);
        _descriptor?.Give();
        while (_arrived.TryDequeue(out var waiting))
        {
            waiting.Abort();
        }
    }
}
