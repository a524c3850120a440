using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// The twin of <see cref="SocketNetwork"/> in memory: the loopback addresses of a machine that has no other network. How long
/// bytes are under way and how many of them a receive takes are drawn by the loop's scheduler; without one they arrive at
/// once and whole. Loop thread only.
/// </summary>
/// <remarks>
/// Nothing is lost, and bytes arrive in their order. A reset may overtake bytes that are under way, as it does in TCP.
/// Everything of one run that shall meet shares one instance.
/// </remarks>
public sealed class VirtualNetwork : INetwork
{
    private const int FirstFreePort = 49152;

    private readonly EventLoop _loop;
    private readonly VirtualNetworkOptions _options;
    private readonly DescriptorCount _descriptors;

    // In the order in which they began to listen.
    private readonly List<VirtualListener> _listeners = [];
    private int _nextPort = FirstFreePort;

    /// <summary>A network on which nobody listens yet.</summary>
    /// <param name="loop">Whose time it takes, and whose scheduler draws.</param>
    /// <param name="options">How it behaves.</param>
    public VirtualNetwork(EventLoop loop, VirtualNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        _loop = loop;
        _options = options ?? new VirtualNetworkOptions();
        _options.Check();
        _descriptors = new DescriptorCount(_options.Descriptors);
    }

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default)
    {
        var address = IPAddresses.RequireTarget(remote);
        _loop.CheckThread();
        cancellationToken.ThrowIfCancellationRequested();
        if (!IPAddress.IsLoopback(address.Address))
        {
            throw NetworkException.Of(SocketError.NetworkUnreachable, $"Connecting to {address}");
        }

        var descriptor = _descriptors.Take($"Connecting to {address}");
        try
        {
            // There and back. Until then nobody knows of it, so there is nothing else to undo when it is cancelled.
            await Asyncio.SleepAsync(_options.Latency + VirtualLink.Draw(_loop, _options, $"latency to {address}"), cancellationToken);
            _loop.Touch(this);
            if (Find(address) is not { IsFull: false } listener)
            {
                throw NetworkException.Of(SocketError.ConnectionRefused, $"Connecting to {address}");
            }

            var local = new IPEndPoint(address.Address, TakePort());
            var (near, far) = VirtualConnection.Pair(_loop, _options, local, address);
            (near.Descriptor, descriptor) = (descriptor, null);
            listener.Add(far);
            return near;
        }
        finally
        {
            descriptor?.Give();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default)
    {
        var wanted = IPAddresses.Require(local);
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        _loop.CheckThread();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IListener>(cancellationToken);
        }

        _loop.Touch(this);
        if (!IPAddress.IsLoopback(wanted.Address) && !IsAny(wanted.Address))
        {
            return ValueTask.FromException<IListener>(NetworkException.Of(SocketError.AddressNotAvailable, $"Listening at {wanted}"));
        }

        if (wanted.Port != 0 && _listeners.Exists(other => Overlaps(other.Address, wanted)))
        {
            return ValueTask.FromException<IListener>(NetworkException.Of(SocketError.AddressAlreadyInUse, $"Listening at {wanted}"));
        }

        if (_descriptors.IsExhausted)
        {
            return ValueTask.FromException<IListener>(NetworkException.Of(SocketError.TooManyOpenSockets, $"Listening at {wanted}"));
        }

        var address = wanted.Port != 0 ? wanted : new IPEndPoint(wanted.Address, TakePort());
        var listener = new VirtualListener(_loop, address, backlog, _descriptors, Forget);
        _listeners.Add(listener);
        return new ValueTask<IListener>(listener);
    }

    private void Forget(VirtualListener listener)
    {
        _loop.Touch(this);
        _listeners.Remove(listener);
    }

    private VirtualListener? Find(IPEndPoint address) =>
        _listeners.Find(listener => listener.Address.Equals(address))
        ?? _listeners.Find(listener => IsAny(listener.Address.Address) && Overlaps(listener.Address, address));

    // The next port at which nobody listens.
    private int TakePort()
    {
        for (var tries = IPEndPoint.MaxPort - FirstFreePort; tries >= 0; tries--)
        {
            var port = _nextPort;
            _nextPort = port == IPEndPoint.MaxPort ? FirstFreePort : port + 1;
            if (!_listeners.Exists(listener => listener.Address.Port == port))
            {
                return port;
            }
        }

        throw NetworkException.Of(SocketError.AddressAlreadyInUse, "Taking a free port");
    }

    private static bool Overlaps(IPEndPoint one, IPEndPoint other) => one.Port == other.Port && one.AddressFamily == other.AddressFamily
        && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
