using System.Net;

namespace Sim.Core;

/// <summary>
/// asyncio's server (rules 29, 35): accepts connections at one or more addresses and gives each a task of its own. Made by
/// <c>network.CreateServerAsync</c> and <c>network.StartServerAsync</c> (<see cref="NetworkStreams"/>). A handler that fails is told
/// to the loop's exception handler, and its connection is broken off; the server goes on. Loop thread only.
/// </summary>
public sealed partial class Server : IAsyncDisposable
{
    private readonly EventLoop _loop;
    private readonly ServerOptions _options;
    private readonly Func<ServerClient, Server, Task> _handler;
    private readonly List<IListener> _listeners = [];
    private readonly List<LoopTask> _acceptors = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly AsyncEvent _isOver;
    private Future<ValueTuple>? _serving;

    private Server(EventLoop loop, Func<ServerClient, Server, Task> handler, ServerOptions options)
    {
        (_loop, _handler, _options) = (loop, handler, options);
        _isOver = new AsyncEvent(new WaitWords("the end of a server and its connections"));
        _hasRoom = new AsyncEvent(new WaitWords("room for another connection"));
        _hasRoom.Set();
    }

    /// <summary>Where it listens, in the order in which the addresses were given, each with the port that it got.</summary>
    public IReadOnlyList<EndPoint> LocalEndPoints { get; private set; } = [];

    /// <summary>The first of them.</summary>
    public EndPoint LocalEndPoint => LocalEndPoints[0];

    /// <summary>Whether it accepts connections.</summary>
    public bool IsServing { get; private set; }

    /// <summary>How many connections there are whose handlers have not ended, or whose last bytes are under way.</summary>
    public int ConnectionCount => _clients.Count;

    /// <summary>
    /// Cancelled when the server is asked to stop in good order (<see cref="StopAsync"/>). A handler gives it to its wait for the next
    /// request, and never to an answer: what is cancelled there may have been sent in part. A handler that this token ends has
    /// not failed.
    /// </summary>
    public CancellationToken StopToken => _stopping.Token;

    /// <summary>
    /// Accepts no more; connections that wait to be accepted are refused. Those that were accepted go on. Who serves for ever is
    /// cancelled. A second call does nothing.
    /// </summary>
    public void Close()
    {
        _loop.CheckThread();
        if (!IsServing)
        {
            return;
        }

        IsServing = false;
        foreach (var acceptor in _acceptors)
        {
            acceptor.Cancel();
        }

        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        _serving?.Cancel();
        EndIfOver();
    }

    /// <summary>Waits until the server is closed and no connection is left (as asyncio does from 3.12.1 on).</summary>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    public ValueTask WaitClosedAsync(CancellationToken cancellationToken = default) => _isOver.WaitAsync(cancellationToken);

    /// <summary>
    /// Waits until the task is cancelled, or somebody closes the server; then closes it, waits until no connection is left, and
    /// throws on.
    /// </summary>
    /// <exception cref="OperationCanceledException">Always, in the end.</exception>
    /// <exception cref="InvalidOperationException">The server is closed, or somebody else serves for ever.</exception>
    public async ValueTask ServeForeverAsync(CancellationToken cancellationToken = default)
    {
        _loop.CheckThread();
        if (!IsServing || _serving is not null)
        {
            throw new InvalidOperationException(
                $"{this} cannot serve for ever {Places.Here()}: {(IsServing ? "another task does" : "it is closed")}.");
        }

        _serving = _loop.CreateFuture("the end of a server that serves for ever");
        try
        {
            using var link = new TokenLink(_serving, cancellationToken);
            await _serving;
        }
        catch (OperationCanceledException)
        {
            Close();
            await WaitClosedAsync(CancellationToken.None);
            throw;
        }
        finally
        {
            _serving = null;
        }
    }

    /// <summary>
    /// Stops in good order: accepts no more, tells the handlers (<see cref="StopToken"/>), and waits until they have ended and
    /// their last bytes have gone. After <paramref name="grace"/> the connections that are left are broken off and their tasks
    /// cancelled; it waits a second more for these to end, and then no longer. A request of which a handler has begun to answer
    /// is answered whole, if there is time; any other sees the connection end without an answer.
    /// </summary>
    /// <param name="grace">How long to wait, on the loop's clock; <see cref="Timeout.InfiniteTimeSpan"/> = for ever.</param>
    /// <returns>How many connections were broken off.</returns>
    /// <exception cref="OperationCanceledException">The task was cancelled; all connections are broken off then.</exception>
    public async ValueTask<int> StopAsync(TimeSpan grace)
    {
        Close();
        TellToStop();
        try
        {
            if (await IsOverWithinAsync(grace))
            {
                return 0;
            }
        }
        catch (OperationCanceledException)
        {
            AbortClients();
            throw;
        }

        var broken = AbortLate();
        if (!await IsOverWithinAsync(_farewell))
        {
            Abandon();
        }

        return broken;
    }

    /// <summary>Closes all connections, after what was written to them; their handlers find them closed.</summary>
    public void CloseClients()
    {
        _loop.CheckThread();
        foreach (var client in _clients.ToArray())
        {
            client.Close();
        }
    }

    /// <summary>Breaks all connections off and cancels their tasks: the other sides get a reset.</summary>
    public void AbortClients()
    {
        _loop.CheckThread();
        foreach (var client in _clients.ToArray())
        {
            client.Abort();
        }
    }

    /// <summary>Closes it and waits until no connection is left. If that is cancelled, connections are broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        try
        {
            await WaitClosedAsync();
        }
        catch (OperationCanceledException)
        {
            AbortClients();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"server at {string.Join(", ", LocalEndPoints)} ({(IsServing ? "serving" : "closed")}, {_clients.Count} connections)";
}
