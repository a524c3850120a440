using Sim.Clock;

namespace Sim.Core;

/// <content>Deadlines.</content>
public static partial class Asyncio
{
    /// <summary>
    /// Runs <paramref name="body"/> inside the current task, for at most <paramref name="delay"/>; null is no limit. When the
    /// time is up the task is asked to stop, and what leaves this call is a <see cref="TimeoutException"/> (rules 71 to 77).
    /// </summary>
    /// <remarks>
    /// A body that never waits is not interrupted; one that catches the <see cref="OperationCanceledException"/> and returns
    /// is not an error; another exception passes as it is. If somebody else has asked the task to stop as well, that wins.
    /// </remarks>
    /// <exception cref="TimeoutException">The time was up; the inner exception says where the body waited.</exception>
    /// <exception cref="LoopException">There is no current task.</exception>
    public static async ValueTask TimeoutAsync(TimeSpan? delay, Func<TimeoutScope, Task> body) => await TimeoutAtAsync(DeadlineOf(delay), body);

    /// <inheritdoc cref="TimeoutAsync(TimeSpan?, Func{TimeoutScope, Task})"/>
    /// <returns>What <paramref name="body"/> returned.</returns>
    public static ValueTask<T> TimeoutAsync<T>(TimeSpan? delay, Func<TimeoutScope, Task<T>> body) => TimeoutAtAsync(DeadlineOf(delay), body);

    /// <summary>As <c>TimeoutAsync</c>, with a deadline on the loop's time line; null is no limit.</summary>
    /// <inheritdoc cref="TimeoutAsync(TimeSpan?, Func{TimeoutScope, Task})"/>
    public static async ValueTask TimeoutAtAsync(Instant? when, Func<TimeoutScope, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        await TimeoutScope.RunAsync(when, async scope =>
        {
            await Bodies.Started(body(scope), "a timeout");
            return default(ValueTuple);
        });
    }

    /// <inheritdoc cref="TimeoutAtAsync(Instant?, Func{TimeoutScope, Task})"/>
    /// <returns>What <paramref name="body"/> returned.</returns>
    public static ValueTask<T> TimeoutAtAsync<T>(Instant? when, Func<TimeoutScope, Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return TimeoutScope.RunAsync(when, body);
    }

    /// <summary>
    /// Awaits <paramref name="future"/> for at most <paramref name="timeout"/>; null is no limit. When the time is up the
    /// future is cancelled, and waited for: a task that takes its time to stop delays the <see cref="TimeoutException"/>
    /// (rules 69, 70). To leave it running, shield it.
    /// </summary>
    /// <exception cref="TimeoutException">The time was up.</exception>
    public static ValueTask<T> WaitForAsync<T>(Future<T> future, TimeSpan? timeout)
    {
        ArgumentNullException.ThrowIfNull(future);
        return IsOver(timeout) ? CancelUnlessDoneAsync(future) : TimeoutScope.RunAsync(DeadlineOf(timeout), async _ => await future);
    }

    /// <summary>
    /// Runs <paramref name="body"/> inside the current task for at most <paramref name="timeout"/>; with zero or less it does
    /// not start at all (rule 69).
    /// </summary>
    /// <inheritdoc cref="WaitForAsync{T}(Future{T}, TimeSpan?)"/>
    public static ValueTask<T> WaitForAsync<T>(Func<Task<T>> body, TimeSpan? timeout)
    {
        ArgumentNullException.ThrowIfNull(body);
        return IsOver(timeout)
            ? CancelUnlessDoneAsync(CreateTask(body, null, null, CodeNames.OfDelegate(body)))
            : TimeoutScope.RunAsync(DeadlineOf(timeout), _ => body());
    }

    /// <inheritdoc cref="WaitForAsync{T}(Func{Task{T}}, TimeSpan?)"/>
    public static async ValueTask WaitForAsync(Func<Task> body, TimeSpan? timeout)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (IsOver(timeout))
        {
            await CancelUnlessDoneAsync(CreateTask(body, null, null, CodeNames.OfDelegate(body)));
        }
        else
        {
            await TimeoutAsync(timeout, _ => body());
        }
    }

    private static Instant? DeadlineOf(TimeSpan? delay) =>
        delay is { } limit && limit != Timeout.InfiniteTimeSpan ? GetRunningLoop().Time + limit : null;

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
