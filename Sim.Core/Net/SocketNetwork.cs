using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// The network of this machine: TCP sockets that never block, tried at once and then under the loop's poller, whichever one
/// it is. Loop thread only.
/// </summary>
/// <param name="loop">The loop; its poller must watch handles, which that of virtual time refuses.</param>
public sealed class SocketNetwork(EventLoop loop) : INetwork
{
    private readonly EventLoop _loop = loop ?? throw new ArgumentNullException(nameof(loop));

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default)
    {
        var address = IPAddresses.RequireTarget(remote);
        _loop.CheckThread();
        cancellationToken.ThrowIfCancellationRequested();
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            if (_loop.UsesCompletions)
            {
                await ConnectCompletion.RunAsync(_loop, socket, address, cancellationToken);
            }
            else if (!IsConnectedAtOnce(socket, address))
            {
                await ConnectedAsync(socket, address, cancellationToken);
            }

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
        var address = IPAddresses.Require(local);
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        _loop.CheckThread();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IListener>(cancellationToken);
        }

        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            socket.Bind(address);
            socket.Listen(backlog);
            return new ValueTask<IListener>(SocketListener.Over(_loop, socket));
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            return ValueTask.FromException<IListener>(NetworkException.Of(failure.SocketErrorCode, $"Listening at {address}", failure));
        }
    }

    // A connect on a socket that does not block says that it would: .NET throws that.
    private static bool IsConnectedAtOnce(Socket socket, IPEndPoint address)
    {
        try
        {
            socket.Connect(address);
            return true;
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return false;
        }
    }

    // Writable = connected or failed; the socket knows which.
    private async ValueTask ConnectedAsync(Socket socket, IPEndPoint address, CancellationToken cancellationToken)
    {
        var isWritable = new AsyncEvent(new WaitWords($"a connection to {address}"));
        _loop.AddWriter(socket.SafeHandle, isWritable.Set);
        try
        {
            await isWritable.WaitAsync(cancellationToken);
        }
        finally
        {
            _loop.RemoveWriter(socket.SafeHandle);
        }

        var error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != SocketError.Success)
        {
            throw new SocketException((int)error);
        }
    }
}
