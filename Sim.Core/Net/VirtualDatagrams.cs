using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>The datagram sockets of a network in memory, and the way from one to another. Loop thread only.</summary>
internal sealed class VirtualDatagrams(EventLoop loop, VirtualNetworkOptions options, DescriptorCount descriptors)
{
    // In the order in which they were bound.
    private readonly List<VirtualDatagramSocket> _all = [];
    private readonly VirtualPorts _ports = new();

    /// <summary>Takes an address.</summary>
    /// <exception cref="NetworkException">It is taken, or no port or descriptor is left.</exception>
    public VirtualDatagramSocket Bind(IPEndPoint wanted, IPEndPoint? remote)
    {
        loop.Touch(this);
        var port = wanted.Port != 0 ? wanted.Port : _ports.Take(port => _all.Exists(other => other.Address.Port == port));
        var address = new IPEndPoint(wanted.Address, port ?? 0);
        if (port is null || _all.Exists(other => IPAddresses.Overlap(other.Address, address)))
        {
            throw NetworkException.Of(SocketError.AddressAlreadyInUse, $"Binding datagrams to {wanted}");
        }

        var descriptor = descriptors.Take($"Binding datagrams to {wanted}");
        if (remote is not null && IPAddresses.IsAny(address.Address))
        {
            // Who is connected knows from where it sends.
            address.Address = IPAddresses.LoopbackOf(address);
        }

        var socket = new VirtualDatagramSocket(loop, this, options.DatagramBufferSize, address, remote) { Descriptor = descriptor };
        _all.Add(socket);
        return socket;
    }

    /// <summary>Sends a datagram on its way. Each takes its own time, so that one may overtake another.</summary>
    public void Send(VirtualDatagramSocket sender, byte[] bytes, IPEndPoint remote)
    {
        loop.Touch(this);
        // Known by the receiver's address: a sender's port is often another one in each schedule.
        var due = VirtualLink.Draw(loop, options, $"latency of a datagram to {remote}");
        if (due == TimeSpan.Zero)
        {
            Deliver(sender, bytes, remote);
        }
        else
        {
            loop.CallLater(due, () => Deliver(sender, bytes, remote));
        }
    }

    public void Forget(VirtualDatagramSocket socket)
    {
        loop.Touch(this);
        _all.Remove(socket);
    }

    private void Deliver(VirtualDatagramSocket sender, byte[] bytes, IPEndPoint remote)
    {
        sender.OnDelivered(bytes.Length);
        var source = sender.SourceAddress;
        if (Find(remote, source) is { } receiver)
        {
            receiver.OnArrived(bytes, source);
        }
        else
        {
            sender.OnRefused();
        }
    }

    // As systems choose: one that is connected to the sender, then one at that very address, then one at all addresses.
    private VirtualDatagramSocket? Find(IPEndPoint address, IPEndPoint source)
    {
        loop.Touch(this, isWrite: false);
        var fitting = _all.FindAll(socket => IPAddresses.Overlap(socket.Address, address) && socket.TakesFrom(source));
        return fitting.Find(static socket => socket.RemoteEndPoint is not null)
            ?? fitting.Find(socket => socket.Address.Equals(address))
            ?? fitting.FirstOrDefault();
    }
}
