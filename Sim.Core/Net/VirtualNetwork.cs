using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// The twin of <see cref="SocketNetwork"/> in memory: the loopback addresses and the Unix-domain sockets of a machine that has no
/// other network. How long bytes are under way and how many of them a receive takes are drawn by the loop's scheduler; without
/// one they arrive at once and whole. Loop thread only.
/// </summary>
/// <remarks>
/// Nothing is lost, and bytes arrive in their order. A reset may overtake bytes that are under way, as it does in TCP.
/// Datagrams may overtake each other, and one that finds a full buffer is dropped, as in UDP.
/// Everything of one run that shall meet shares one instance.
/// </remarks>
public sealed class VirtualNetwork : INetwork
{
    private readonly EventLoop _loop;
    private readonly VirtualNetworkOptions _options;
    private readonly IResolver _resolver;
    private readonly DescriptorCount _descriptors;
    private readonly VirtualListeners _listeners;
    private readonly VirtualPairs _pairs;
    private readonly VirtualDatagrams _datagrams;

    /// <summary>A network on which nobody listens yet.</summary>
    /// <param name="loop">Whose time it takes, and whose scheduler draws.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="resolver">Who knows names; unless given a <see cref="VirtualResolver"/>, which knows <c>localhost</c>.</param>
    public VirtualNetwork(EventLoop loop, VirtualNetworkOptions? options = null, IResolver? resolver = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        _loop = loop;
        _options = options ?? new VirtualNetworkOptions();
        _options.Check();
        _resolver = resolver ?? new VirtualResolver(loop, _options);
        _descriptors = new DescriptorCount(loop, _options.Descriptors);
        var ports = new VirtualPorts();
        _listeners = new VirtualListeners(loop, ports, _descriptors);
        _pairs = new VirtualPairs(ports, _listeners.IsPortTaken);
        _datagrams = new VirtualDatagrams(loop, _options, _descriptors);
    }

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default)
    {
        if (remote is DnsEndPoint name)
        {
            return await HappyEyeballs.ConnectAsync(this, _resolver, name, null, cancellationToken);
        }

        EndPoint address = remote is UnixDomainSocketEndPoint ? remote : IPAddresses.RequireTarget(remote);
        _loop.CheckThread();
        _loop.CheckOpen();
        cancellationToken.ThrowIfCancellationRequested();
        if (address is IPEndPoint far && !IPAddress.IsLoopback(far.Address))
        {
            throw NetworkException.Of(SocketError.NetworkUnreachable, $"Connecting to {address}");
        }

        var descriptor = _descriptors.Take($"Connecting to {address}");
        try
        {
            // There and back. Until then nobody knows of it, so there is nothing else to undo when it is cancelled.
            await Asyncio.SleepAsync(_options.Latency + VirtualLink.Draw(_loop, _options, $"latency to {address}"), cancellationToken);
            _loop.Touch(this);
            if (_listeners.Find(address) is not { IsFull: false } listener)
            {
                throw NetworkException.Of(SocketError.ConnectionRefused, $"Connecting to {address}");
            }

            var (client, server) = VirtualConnection.Pair(
                _loop, _options, address is IPEndPoint ip ? VirtualWire.Tcp(ip, _pairs) : VirtualWire.Unix(address));
            client.OnTaken(descriptor);
            descriptor = null;
            listener.Add(server);
            return client;
        }
        finally
        {
            descriptor?.Give();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default)
    {
        EndPoint wanted = local is UnixDomainSocketEndPoint ? local : IPAddresses.Require(local);
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        _loop.CheckThread();
        _loop.CheckOpen();
        return Begin<IListener>(wanted, "Listening at", () => _listeners.Add(wanted, backlog), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IDatagramSocket> BindAsync(
        EndPoint local, EndPoint? remote = null, CancellationToken cancellationToken = default)
    {
        var wanted = IPAddresses.Require(local);
        var peer = remote is null ? null : IPAddresses.RequireTarget(remote);
        _loop.CheckThread();
        _loop.CheckOpen();
        return Begin<IDatagramSocket>(wanted, "Binding datagrams to", () => _datagrams.Bind(wanted, peer), cancellationToken);
    }

    private static ValueTask<T> Begin<T>(EndPoint wanted, string operation, Func<T> begin, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return wanted is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address) && !IPAddresses.IsAny(address)
                ? throw NetworkException.Of(SocketError.AddressNotAvailable, $"{operation} {wanted}")
                : new ValueTask<T>(begin());
        }
        catch (NetworkException failure)
        {
            return ValueTask.FromException<T>(failure);
        }
    }
}
