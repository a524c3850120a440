using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// The network of this machine: TCP, Unix-domain and UDP sockets that never block, tried at once and then under the loop's
/// poller, whichever one it is. Loop thread only.
/// </summary>
/// <param name="loop">The loop; its poller must watch handles, which that of virtual time refuses.</param>
/// <param name="resolver">Who knows names; unless given a <see cref="SystemResolver"/>.</param>
public sealed class SocketNetwork(EventLoop loop, IResolver? resolver = null) : INetwork
{
    private readonly EventLoop _loop = loop ?? throw new ArgumentNullException(nameof(loop));
    private readonly IResolver _resolver = resolver ?? new SystemResolver(loop);

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
        Socket? socket = null;
        try
        {
            socket = NewSocket(address, SocketType.Stream);
            await (address is IPEndPoint ip
                ? SocketConnecting.ToAsync(_loop, socket, ip, cancellationToken)
                : SocketConnecting.ToPath(socket, address));
            return SocketConnection.Over(_loop, socket, address);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw NetworkException.Of(failure.SocketErrorCode, $"Connecting to {address}", failure);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default)
    {
        EndPoint address = local is UnixDomainSocketEndPoint ? local : IPAddresses.Require(local);
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        _loop.CheckThread();
        _loop.CheckOpen();
        _ = LateAssemblies.Load();
        return Begin<IListener>(address, SocketType.Stream, $"Listening at {address}", Listen, cancellationToken);

        SocketListener Listen(Socket socket)
        {
            socket.Listen(backlog);
            return SocketListener.Over(_loop, socket);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IDatagramSocket> BindAsync(
        EndPoint local, EndPoint? remote = null, CancellationToken cancellationToken = default)
    {
        var address = IPAddresses.Require(local);
        var peer = remote is null ? null : IPAddresses.RequireTarget(remote);
        _loop.CheckThread();
        _loop.CheckOpen();
        return Begin<IDatagramSocket>(address, SocketType.Dgram, $"Binding datagrams to {address}", Open, cancellationToken);

        SocketDatagramSocket Open(Socket socket)
        {
            if (peer is not null)
            {
                // Sends nothing, so it does not wait.
                socket.Connect(peer);
            }

            return SocketDatagramSocket.Over(_loop, socket, peer);
        }
    }

    private static ValueTask<T> Begin<T>(
        EndPoint local, SocketType type, string operation, Func<Socket, T> begin, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        Socket? socket = null;
        try
        {
            socket = NewSocket(local, type);
            if (type == SocketType.Stream && local is IPEndPoint)
            {
                ReusedAddress.Allow(socket);
            }

            socket.Bind(local);
            return new ValueTask<T>(begin(socket));
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            return ValueTask.FromException<T>(NetworkException.Of(failure.SocketErrorCode, operation, failure));
        }
    }

    private static Socket NewSocket(EndPoint address, SocketType type) =>
        new(address.AddressFamily, type, ProtocolType.Unspecified) { Blocking = false };
}
