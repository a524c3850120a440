using System.Net;
using Microsoft.AspNetCore.Connections;
using Sim.Core;

#pragma warning disable RS0030 // Kestrel and HttpClient await without a context: with one of the loop's set they would go on on the pool.
namespace Sim.Kestrel;

/// <summary>An address of Kestrel's on a network of the loop. Any thread.</summary>
internal sealed class LoopConnectionListener(LoopDoor door, IListener listener, PoolVisit beginning) : IConnectionListener
{
    /// <summary>How many connections may wait to be accepted, as Kestrel has it for sockets.</summary>
    public const int Backlog = 512;

    /// <summary>How long accepting pauses when a connection cannot be taken (descriptors are exhausted), as asyncio does.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly AsyncEvent _ended = new();
    private long _accepted;
    private volatile bool _isOver;

    public EndPoint EndPoint { get; } = listener.LocalEndPoint;

    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (door.Loop.IsOnLoopThread)
        {
            return AcceptHereAsync(cancellationToken);
        }

        if (_isOver && !door.IsVirtual)
        {
            // The loop's thread may be waiting for this.
            door.Enter(_ended.Set, null);
            return default;
        }

        return new LoopEntry<ConnectionContext?>(beginning, () => AcceptHereAsync(cancellationToken)).AsValueTask();
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        if (door.Loop.IsOnLoopThread || !door.Loop.IsRunning)
        {
            End();
            return ValueTask.CompletedTask;
        }

        return new LoopEntry<bool>(new PoolVisit(door, null), () =>
        {
            End();
            return ValueTask.FromResult(true);
        }).AsVoid();
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>Accepts no more, and waits until Kestrel knows. Loop thread only.</summary>
    public ValueTask EndAsync()
    {
        End();
        return _ended.WaitAsync();
    }

    private async ValueTask<ConnectionContext?> AcceptHereAsync(CancellationToken cancellationToken)
    {
        while (!_isOver)
        {
            try
            {
                var connection = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                // The number is for people: the same in every run.
                var name = $"{EndPoint}#{++_accepted}";
                // Kestrel runs each connection on the pool, until it first reads.
                return new LoopConnectionContext(door, connection, name, door.Expect($"the connection {name}"));
            }
            catch (ObjectDisposedException) when (_isOver)
            {
                break;
            }
            catch (NetworkException failure) when (!_isOver)
            {
                // As a server of the loop's own does it: nobody else would learn of it.
                door.Loop.CallExceptionHandler(new LoopError(
                    $"Accepting at {EndPoint} failed; nothing is accepted for {_pause}", failure, door.Loop.Time, "Kestrel"));
                await Asyncio.SleepAsync(_pause, cancellationToken).ConfigureAwait(false);
                // A sleep ends under a context of the loop: Kestrel's wait for this would go on on the pool, and the loop would wait for
                // the connection before it could be begun.
                SynchronizationContext.SetSynchronizationContext(null);
            }
        }

        _ended.Set();
        return null;
    }

    private void End()
    {
        _isOver = true;
        listener.Dispose();
    }
}
