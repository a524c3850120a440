using System.Runtime.CompilerServices;
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
    /// What is interrupted is a wait on the loop; to an await of something else, a .NET call, give
    /// <see cref="TimeoutScope.CancellationToken"/>. A body that never waits is not interrupted; one that catches the <see cref="OperationCanceledException"/> and returns
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
            await Bodies.RunAsync(body(scope), "a timeout");
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

    /// <summary>As above, for a block that does not look at its deadline.</summary>
    /// <inheritdoc cref="TimeoutAsync(TimeSpan?, Func{TimeoutScope, Task})"/>
    public static ValueTask TimeoutAsync(TimeSpan? delay, Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return TimeoutAsync(delay, _ => body());
    }

    /// <summary>As above, for a block that does not look at its deadline.</summary>
    /// <inheritdoc cref="TimeoutAsync{T}(TimeSpan?, Func{TimeoutScope, Task{T}})"/>
    public static ValueTask<T> TimeoutAsync<T>(TimeSpan? delay, Func<Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return TimeoutAsync(delay, _ => body());
    }

    /// <inheritdoc cref="TimeoutAsync(TimeSpan?, Func{TimeoutScope, Task})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask TimeoutAsync(TimeSpan? delay, Func<TimeoutScope, ValueTask> body) => TimeoutAsync(delay, Bodies.AsTask(body));

    /// <inheritdoc cref="TimeoutAsync{T}(TimeSpan?, Func{TimeoutScope, Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask<T> TimeoutAsync<T>(TimeSpan? delay, Func<TimeoutScope, ValueTask<T>> body) => TimeoutAsync(delay, Bodies.AsTask(body));

    /// <inheritdoc cref="TimeoutAsync(TimeSpan?, Func{Task})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask TimeoutAsync(TimeSpan? delay, Func<ValueTask> body) => TimeoutAsync(delay, Bodies.AsTask(body));

    /// <inheritdoc cref="TimeoutAsync{T}(TimeSpan?, Func{Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask<T> TimeoutAsync<T>(TimeSpan? delay, Func<ValueTask<T>> body) => TimeoutAsync(delay, Bodies.AsTask(body));

    /// <inheritdoc cref="TimeoutAtAsync(Instant?, Func{TimeoutScope, Task})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask TimeoutAtAsync(Instant? when, Func<TimeoutScope, ValueTask> body) => TimeoutAtAsync(when, Bodies.AsTask(body));

    /// <inheritdoc cref="TimeoutAtAsync{T}(Instant?, Func{TimeoutScope, Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask<T> TimeoutAtAsync<T>(Instant? when, Func<TimeoutScope, ValueTask<T>> body) => TimeoutAtAsync(when, Bodies.AsTask(body));

    private static Instant? DeadlineOf(TimeSpan? delay) =>
        delay is { } limit && limit != Timeout.InfiniteTimeSpan ? GetRunningLoop().Time + limit : null;
}
