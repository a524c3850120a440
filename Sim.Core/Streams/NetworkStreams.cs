using System.Net;

namespace Sim.Core;

/// <summary>
/// asyncio's <c>start_server</c> and <c>open_connection</c>: what stands on a network, whichever it is. Extensions, because a network
/// itself knows only connections. Loop thread only.
/// </summary>
public static class NetworkStreams
{
    /// <summary>
    /// Listens, and runs <paramref name="handler"/> in a task of its own for each connection (asyncio's <c>create_server</c>).
    /// </summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">
    /// Gets the connection, which is closed when it returns, and broken off when it throws. To the wait for the next request, and not
    /// to the answer, it gives the server's <see cref="Server.StopToken"/>.
    /// </param>
    /// <param name="local">The address.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="cancellationToken">Ends the wait; nothing listens then.</param>
    /// <exception cref="NetworkException">The address is taken, or is not one of this machine.</exception>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask<Server> CreateServerAsync(
        this INetwork network,
        Func<IConnection, Server, Task> handler,
        EndPoint local,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default) =>
        network.CreateServerAsync(handler, [local], options, cancellationToken);

    /// <param name="network">Where.</param>
    /// <param name="handler">What handles a connection.</param>
    /// <param name="locals">The addresses; if one of them is taken there is no server.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="cancellationToken">Ends the wait; nothing listens then.</param>
    /// <inheritdoc cref="CreateServerAsync(INetwork, Func{IConnection, Server, Task}, EndPoint, ServerOptions?, CancellationToken)"/>
    public static ValueTask<Server> CreateServerAsync(
        this INetwork network,
        Func<IConnection, Server, Task> handler,
        IReadOnlyList<EndPoint> locals,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(locals);
        return Server.StartAsync(network, (client, server) => handler(client.Connection, server), locals, options, cancellationToken);
    }

    /// <summary>
    /// As <c>CreateServerAsync</c>, with a reader and a writer for each connection (asyncio's <c>start_server</c>). When the handler
    /// returns, what was written is sent and the connection closed.
    /// </summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">What handles a connection; see <see cref="Server.StopToken"/>.</param>
    /// <param name="local">The address.</param>
    /// <param name="options">How the server behaves.</param>
    /// <param name="limit">How many bytes may come before a separator.</param>
    /// <param name="cancellationToken">Ends the wait; nothing listens then.</param>
    /// <exception cref="NetworkException">The address is taken, or is not one of this machine.</exception>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask<Server> StartServerAsync(
        this INetwork network,
        Func<ConnectionReader, ConnectionWriter, Server, Task> handler,
        EndPoint local,
        ServerOptions? options = null,
        int limit = ConnectionReader.DefaultLimit,
        CancellationToken cancellationToken = default) =>
        network.StartServerAsync(handler, [local], options, limit, cancellationToken);

    /// <summary>As above, for a handler that does not ask for the server.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">What handles a connection.</param>
    /// <param name="local">The address.</param>
    /// <param name="options">How the server behaves.</param>
    /// <param name="limit">How many bytes may come before a separator.</param>
    /// <param name="cancellationToken">Ends the wait; nothing listens then.</param>
    /// <exception cref="NetworkException">An address is taken, or is not one of this machine.</exception>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask<Server> StartServerAsync(
        this INetwork network,
        Func<ConnectionReader, ConnectionWriter, Task> handler,
        EndPoint local,
        ServerOptions? options = null,
        int limit = ConnectionReader.DefaultLimit,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return network.StartServerAsync((reader, writer, _) => handler(reader, writer), [local], options, limit, cancellationToken);
    }

    /// <summary>As above, at several addresses.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">What handles a connection; see <see cref="Server.StopToken"/>.</param>
    /// <param name="locals">The addresses; if one of them is taken there is no server.</param>
    /// <param name="options">How the server behaves.</param>
    /// <param name="limit">How many bytes may come before a separator.</param>
    /// <param name="cancellationToken">Ends the wait; nothing listens then.</param>
    /// <exception cref="NetworkException">An address is taken, or is not one of this machine.</exception>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask<Server> StartServerAsync(
        this INetwork network,
        Func<ConnectionReader, ConnectionWriter, Server, Task> handler,
        IReadOnlyList<EndPoint> locals,
        ServerOptions? options = null,
        int limit = ConnectionReader.DefaultLimit,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(locals);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var loop = EventLoop.RequireRunning();
        return Server.StartAsync(network, HandleAsync, locals, options, cancellationToken);

        Task HandleAsync(ServerClient client, Server server)
        {
            client.Writer = new ConnectionWriter(loop, client.Connection);
            return handler(new ConnectionReader(client.Connection, limit), client.Writer, server);
        }
    }

    /// <summary>
    /// Connects, and makes a reader and a writer (asyncio's <c>open_connection</c>). Closing the writer closes the connection.
    /// </summary>
    /// <param name="network">Where.</param>
    /// <param name="remote">The listener's address.</param>
    /// <param name="limit">How many bytes may come before a separator.</param>
    /// <param name="cancellationToken">Ends the wait; nothing of the connection is left.</param>
    /// <exception cref="NetworkException">Nobody listens there, or the address cannot be reached.</exception>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static async ValueTask<(ConnectionReader Reader, ConnectionWriter Writer)> OpenConnectionAsync(
        this INetwork network, EndPoint remote, int limit = ConnectionReader.DefaultLimit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var loop = EventLoop.RequireRunning();
        var connection = await network.ConnectAsync(remote, cancellationToken);
        return (new ConnectionReader(connection, limit), new ConnectionWriter(loop, connection));
    }
}
