using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>Who listens in a network in memory, at addresses and at paths. Loop thread only.</summary>
internal sealed class VirtualListeners(EventLoop loop, VirtualPorts ports, DescriptorCount descriptors)
{
    // In the order in which they began to listen.
    private readonly List<VirtualListener> _all = [];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="NetworkException">Somebody listens there, or no port or descriptor is left.</exception>
    public VirtualListener Add(EndPoint wanted, int backlog)
    {
        loop.Touch(this);
        var address = wanted is IPEndPoint { Port: 0 } any ? new IPEndPoint(any.Address, TakePort(any)) : wanted;
        if (_all.Exists(other => Overlap(other.Address, address)))
        {
            throw NetworkException.Of(SocketError.AddressAlreadyInUse, $"Listening at {wanted}");
        }

        var listener = new VirtualListener(loop, address, backlog, descriptors, Forget);
        _all.Add(listener);
        return listener;
    }

    /// <summary>Who gets a connection to the address: the listener at it, before one at all addresses.</summary>
    public VirtualListener? Find(EndPoint address)
    {
        loop.Touch(this, isWrite: false);
        return _all.Find(listener => listener.Address.Equals(address)) ?? _all.Find(listener => Overlap(listener.Address, address));
    }

    public bool IsPortTaken(int port) => _all.Exists(listener => listener.Address is IPEndPoint other && other.Port == port);

    private int TakePort(IPEndPoint wanted) =>
        ports.Take(IsPortTaken) ?? throw NetworkException.Of(SocketError.AddressAlreadyInUse, $"Listening at {wanted}");

    private void Forget(VirtualListener listener)
    {
        loop.Touch(this);
        _all.Remove(listener);
    }

    private static bool Overlap(EndPoint one, EndPoint other) =>
        one is IPEndPoint first && other is IPEndPoint second ? IPAddresses.Overlap(first, second) : one.Equals(other);
}
