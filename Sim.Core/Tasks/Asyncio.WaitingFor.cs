using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <content>Waiting for one thing, for a limited time.</content>
public static partial class Asyncio
{
    /// <summary>
    /// Awaits <paramref name="future"/> for at most <paramref name="timeout"/>; null is no limit. When the time is up the
    /// future is cancelled, and waited for: a task that takes its time to stop delays the <see cref="TimeoutException"/>
    /// (rules 69, 70). To leave it running, shield it.
    /// </summary>
    /// <param name="future">The future.</param>
    /// <param name="timeout">For how long; null is no limit.</param>
    /// <param name="cancellationToken">
    /// Cancels the future as well, as <c>Cancel</c> does: what comes of that is the outcome of this call, and an
    /// <see cref="OperationCanceledException"/> carries the token.
    /// </param>
    /// <exception cref="TimeoutException">The time was up.</exception>
    /// <exception cref="OperationCanceledException">The future, the token or the current task was cancelled.</exception>
    public static ValueTask<T> WaitForAsync<T>(Future<T> future, TimeSpan? timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(future);
        if (IsOver(timeout))
        {
            return CancelUnlessDoneAsync(future);
        }

        return TimeoutScope.RunAsync(DeadlineOf(timeout), async _ =>
        {
            using var link = new TokenLink(future, cancellationToken);
            return await future;
        });
    }

    /// <summary>
    /// Runs <paramref name="body"/> inside the current task for at most <paramref name="timeout"/>; with zero or less it does
    /// not start at all (rule 69).
    /// </summary>
    /// <param name="body">The coroutine.</param>
    /// <param name="timeout">For how long; null is no limit.</param>
    /// <param name="cancellationToken">
    /// Asks the current task to stop for as long as the body runs; at its end that request is taken back, and what leaves this
    /// call is an <see cref="OperationCanceledException"/> with the token. With a token that is cancelled already the body does
    /// not start.
    /// </param>
    /// <exception cref="TimeoutException">The time was up; the inner exception says where the body waited.</exception>
    /// <exception cref="OperationCanceledException">The token or the current task was cancelled.</exception>
    public static ValueTask<T> WaitForAsync<T>(Func<Task<T>> body, TimeSpan? timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunForAsync(body, body, timeout, cancellationToken);
    }

    /// <inheritdoc cref="WaitForAsync{T}(Func{Task{T}}, TimeSpan?, CancellationToken)"/>
    public static async ValueTask WaitForAsync(Func<Task> body, TimeSpan? timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        await RunForAsync(
            async () =>
            {
                await Bodies.RunAsync(body(), "a wait with a timeout");
                return default(ValueTuple);
            },
            body,
            timeout,
            cancellationToken);
    }

    /// <summary>As above, for what returns a value task: <c>WaitForAsync(() => queue.GetAsync(), timeout)</c>.</summary>
    /// <inheritdoc cref="WaitForAsync{T}(Func{Task{T}}, TimeSpan?, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask<T> WaitForAsync<T>(Func<ValueTask<T>> body, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        RunForAsync(Bodies.AsTask(body), body, timeout, cancellationToken);

    /// <inheritdoc cref="WaitForAsync{T}(Func{ValueTask{T}}, TimeSpan?, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public static async ValueTask WaitForAsync(Func<ValueTask> body, TimeSpan? timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        await RunForAsync(
            async () =>
            {
                await body();
                return default(ValueTuple);
            },
            body,
            timeout,
            cancellationToken);
    }

    // The name of a task that is made and does not start is that of the user's own delegate.
    private static ValueTask<T> RunForAsync<T>(Func<Task<T>> body, Delegate named, TimeSpan? timeout, CancellationToken token)
    {
        return token.CanBeCanceled ? TokenScope.RunAsync(Run, token) : Run();

        ValueTask<T> Run() => IsOver(timeout)
            ? CancelUnlessDoneAsync(CreateTask(body, null, null, CodeNames.OfDelegate(named)))
            : TimeoutScope.RunAsync(DeadlineOf(timeout), _ => body());
    }

    private static bool IsOver(TimeSpan? timeout) => timeout is { } limit && limit <= TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan;

    private static async ValueTask<T> CancelUnlessDoneAsync<T>(Future<T> future)
    {
        if (future.HasEnded)
        {
            return future.Result;
        }

        // Not awaited itself: whoever cancels the waiting task must not be taken for the future's own cancellation.
        var ended = new Waiter(GetRunningLoop(), new EndReason(future));
        future.AddCallback(new DoneCallback(EndReason.Wake, ended, future.Loop.CallbackContext, null));
        try
        {
            future.Cancel();
            await ended;
        }
        finally
        {
            future.RemoveCallback(EndReason.Wake, ended);
        }

        try
        {
            return future.Result;
        }
        catch (OperationCanceledException cancelled)
        {
            throw new TimeoutException($"The time was up {Places.Here()}: there was none to wait for {future.Describe()}.", cancelled);
        }
    }
}
