using System.Globalization;

namespace Sim.Core;

// What becomes of a connection that was accepted.
public sealed partial class Server
{
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(1);

    private readonly LinkedList<ServerClient> _clients = [];
    private byte[]? _dropped;

    private void Serve(IConnection connection)
    {
        var client = new ServerClient(new ServedConnection(_loop, connection, _options.Linger));
        client.Place = _clients.AddLast(client);
        CountRoom();
        client.Task = _loop.CreateTask(() => ServeAsync(client), $"connection from {connection.RemoteEndPoint}", eager: false);
        client.Task.AddDoneCallback(_ => Forget(client));
    }

    private async Task ServeAsync(ServerClient client)
    {
        try
        {
            await _handler(client, this);
        }
        catch (OperationCanceledException) when (client.Task!.CancelRequests > 0 || client.IsTakenAway)
        {
            client.Connection.Abort();
            throw;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It waited for a request that is not wanted any more.
        }
#pragma warning disable CA1031 // Whatever a handler throws, the server goes on.
        catch (Exception failure) when (!_loop.IsFatal(failure))
#pragma warning restore CA1031
        {
            // Half an answer must not look like a whole one.
            client.Connection.Abort();
            if (!client.IsTakenAway)
            {
                Report(client, failure);
            }

            return;
        }

        await EndAsync(client);
    }

    private void Report(ServerClient client, Exception failure) => _loop.CallExceptionHandler(new LoopError(
        $"The handler of the connection from {client.Connection.RemoteEndPoint} to {client.Connection.LocalEndPoint} failed; "
        + "the connection is broken off",
        failure, _loop.Time, client.Task!.Name));

    private async Task EndAsync(ServerClient client)
    {
        if (client.Writer is { } writer)
        {
            try
            {
                await writer.FlushAsync();
            }
            catch (NetworkException)
            {
                // The other side has gone.
            }
        }

        client.IsLingering = true;
        await client.Connection.EndAsync(_dropped ??= new byte[4096]);
    }

    private void Forget(ServerClient client)
    {
        // A task that is cancelled before its first step, or while it waits for the last bytes to go, has not done it.
        client.Connection.Abort();
        client.Writer?.Abort();
        if (client.Place is { List: not null } place)
        {
            _clients.Remove(place);
            CountRoom();
            EndIfOver();
        }
    }

    private void EndIfOver()
    {
        if (!IsServing && _clients.Count == 0)
        {
            _isOver.Set();
        }
    }

    private async ValueTask<bool> IsOverWithinAsync(TimeSpan limit)
    {
        try
        {
            await Asyncio.TimeoutAsync(limit, async _ => await WaitClosedAsync());
        }
        catch (TimeoutException)
        {
        }

        return _isOver.IsSet;
    }

    // On the loop thread: the asynchronous way would tell them on the thread pool.
    private void TellToStop()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (AggregateException failures)
        {
            _loop.CallExceptionHandler(new LoopError("Exception in a callback of a server's stop token", failures, _loop.Time, "server"));
        }
    }

    // Connections on which only last bytes are under way have had their answer: a reset would take it back.
    private int AbortLate()
    {
        var broken = 0;
        foreach (var client in _clients.ToArray())
        {
            if (client.IsLingering)
            {
                client.Connection.Close();
            }
            else
            {
                client.Abort();
                broken++;
            }
        }

        return broken;
    }

    // Handlers that wait on something that is not the loop's, or that will not be cancelled.
    private void Abandon()
    {
        var left = string.Join(", ", _clients.Select(static client => $"{client.Task!.Name} {client.Task.TaskContext!.DescribeWait()}"));
        var count = _clients.Count.ToString(CultureInfo.InvariantCulture);
        _clients.Clear();
        EndIfOver();
        _loop.CallExceptionHandler(new LoopError(
            "Handlers did not end when their connections were broken off",
            new TimeoutException($"{count} of them still ran {_farewell.Seconds} s after they were cancelled: {left}."),
            _loop.Time, "server"));
    }
}
