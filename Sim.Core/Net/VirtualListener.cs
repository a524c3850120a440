using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sim.Core;

/// <summary>A listener of the network in memory: a queue of connections.</summary>
internal sealed class VirtualListener(EventLoop loop, EndPoint address, int backlog, Action<VirtualListener> forget)
    : TriedListener(loop, address is IPEndPoint ip ? IPAddresses.Copy(ip) : address)
{
    private readonly Queue<VirtualConnection> _arrived = [];

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
        var isThere = _arrived.TryDequeue(out var arrived);
        connection = arrived;
        return isThere;
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
        while (_arrived.TryDequeue(out var waiting))
        {
            waiting.Abort();
        }
    }
}
