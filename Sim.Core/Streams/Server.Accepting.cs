using System.Net;
using System.Runtime.CompilerServices;

namespace Sim.Core;

// One task for each address. What comes is accepted only while there is room.
public sealed partial class Server
{
    private readonly AsyncEvent _hasRoom;
    private CancellationTokenSource? _full;

    internal static async ValueTask<Server> StartAsync(
        INetwork network,
        Func<ServerClient, Server, Task> handler,
        IReadOnlyList<EndPoint> locals,
        ServerOptions? options,
        CancellationToken cancellationToken)
    {
        options ??= new ServerOptions();
        options.Check();
        ArgumentOutOfRangeException.ThrowIfZero(locals.Count, nameof(locals));
        var loop = EventLoop.RequireRunning();
        var server = new Server(loop, handler, options);
        try
        {
            foreach (var local in locals)
            {
                server._listeners.Add(await network.ListenAsync(local, options.Backlog, cancellationToken));
            }

            server.Begin();
            await Asyncio.YieldAsync();
        }
        catch
        {
            // One address that is taken, and there is no server.
            server.Close();
            server._listeners.ForEach(static listener => listener.Dispose());
            throw;
        }

        return server;
    }

    private void Begin()
    {
        IsServing = true;
        LocalEndPoints = [.. _listeners.Select(static listener => listener.LocalEndPoint)];
        if (_options.MaxConnections is not null)
        {
            _full = new CancellationTokenSource();
        }

        foreach (var listener in _listeners)
        {
            var acceptor = _loop.CreateTask(() => AcceptAllAsync(listener), $"accepting at {listener.LocalEndPoint}", eager: false);
            acceptor.AddDoneCallback(OnAcceptorEnded);
            _acceptors.Add(acceptor);
        }
    }

    private async Task AcceptAllAsync(IListener listener)
    {
        for (var inARow = 1; IsServing; inARow++)
        {
            await _hasRoom.WaitAsync();
            try
            {
                await ServeWithRoomAsync(await listener.AcceptAsync(_full?.Token ?? CancellationToken.None));
            }
            catch (OperationCanceledException) when (_full is { IsCancellationRequested: true } && !IsAskedToStop)
            {
                // Another address got the last place.
            }
            catch (ObjectDisposedException) when (!IsServing)
            {
                return;
            }
#pragma warning disable CA1031 // Without descriptors even the words of an error may be hard to come by: whatever it is, the server goes on.
            catch (Exception failure) when (failure is not OperationCanceledException && !_loop.IsFatal(failure))
#pragma warning restore CA1031
            {
                ReportAccept(listener, failure);
                await Asyncio.SleepAsync(_options.AcceptRetryDelay);
            }

            if (inARow % (_options.Backlog + 1) == 0)
            {
                // An accept that finds somebody does not yield.
                await Asyncio.YieldAsync();
            }
        }
    }

    // Of two addresses at which somebody comes in the same moment only one gets the last place: the other one's guest waits here.
    private async ValueTask ServeWithRoomAsync(IConnection connection)
    {
        try
        {
            while (!_hasRoom.IsSet)
            {
                await _hasRoom.WaitAsync();
            }
        }
        catch
        {
            connection.Abort();
            throw;
        }

        Serve(connection);
    }

    private static bool IsAskedToStop => Asyncio.CurrentTask() is { CancelRequests: > 0 };

    private void ReportAccept(IListener listener, Exception failure) => _loop.CallExceptionHandler(new LoopError(
        $"Accepting at {listener.LocalEndPoint} failed; nothing is accepted for {_options.AcceptRetryDelay}",
        failure, _loop.Time, Asyncio.CurrentTask()?.Name ?? "server"));

    // Who cancels all tasks of a loop means the server too; one that nobody asked is a mistake of ours, and is reported as such.
    private void OnAcceptorEnded(Future<ValueTuple> acceptor)
    {
        if (IsServing)
        {
            Close();
        }
    }

    private void CountRoom()
    {
        if (_options.MaxConnections is not { } most)
        {
            return;
        }

        if (_clients.Count >= most)
        {
            _hasRoom.Clear();
            _full!.Cancel();
        }
        else if (!_hasRoom.IsSet)
        {
            _full = new CancellationTokenSource();
            _hasRoom.Set();
        }
    }
}
