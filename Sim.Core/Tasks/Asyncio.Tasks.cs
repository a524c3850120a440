using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <content>Tasks, sleeping and gathering on the running loop.</content>
public static partial class Asyncio
{
    /// <summary>Starts <paramref name="body"/> as a task of the running loop: its first step runs in the next iteration (rule 45).</summary>
    /// <param name="body">The coroutine, as a delegate, because a C# async method would start at once.</param>
    /// <param name="name">The name in messages and traces; by default the method in the source text of <paramref name="body"/>.</param>
    /// <param name="eager">Whether the first step runs now, inside this call (rule 88); null = as the loop's task factory has it.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static LoopTask CreateTask(
        Func<Task> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null) =>
        GetRunningLoop().CreateTask(body, name, eager, expression);

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, bool?, string?)"/>
    public static LoopTask<T> CreateTask<T>(
        Func<Task<T>> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null) =>
        GetRunningLoop().CreateTask(body, name, eager, expression);

    /// <summary>As above, for what returns a value task: <c>CreateTask(() => Asyncio.SleepAsync(delay))</c>.</summary>
    /// <inheritdoc cref="CreateTask(Func{Task}, string?, bool?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public static LoopTask CreateTask(
        Func<ValueTask> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null) =>
        CreateTask(Bodies.AsTask(body), name, eager, expression);

    /// <inheritdoc cref="CreateTask(Func{ValueTask}, string?, bool?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public static LoopTask<T> CreateTask<T>(
        Func<ValueTask<T>> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null) =>
        CreateTask(Bodies.AsTask(body), name, eager, expression);

    /// <summary>
    /// Suspends the current task for <paramref name="delay"/>; zero or less is a bare yield. Allocates nothing in steady
    /// state. <see cref="Timeout.InfiniteTimeSpan"/> sleeps until cancelled.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The end lies outside the time line.</exception>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask SleepAsync(TimeSpan delay)
    {
        var loop = GetRunningLoop();
        return delay <= TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan ? YieldSource.Start(loop) : SleepSource.Start(loop, delay);
    }

    /// <summary>Suspends the current task for <paramref name="delay"/>, or until <paramref name="cancellationToken"/> says stop.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the task was asked to stop.</exception>
    /// <inheritdoc cref="SleepAsync(TimeSpan)"/>
    public static ValueTask SleepAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        // Zero or less is a bare yield with a token too: it cannot be cancelled before it is over.
        var waits = delay > TimeSpan.Zero || delay == Timeout.InfiniteTimeSpan;
        return waits && cancellationToken.CanBeCanceled ? SleepCancellablyAsync(GetRunningLoop(), delay, cancellationToken) : SleepAsync(delay);
    }

    /// <summary>The bare yield, asyncio's <c>sleep(0)</c>: lets all that is ready run, then goes on.</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask YieldAsync() => YieldSource.Start(GetRunningLoop());

    /// <summary>
    /// A future for the results of all <paramref name="futures"/>, in the order of the arguments. The first failure is its
    /// failure, and the others go on; cancelling it cancels all that are not done (rules 61 to 65).
    /// </summary>
    /// <exception cref="LoopException">The futures belong to different loops.</exception>
    public static Future<T[]> GatherAsync<T>(params ReadOnlySpan<Future<T>> futures) =>
        Gather(ReadOnlySpan<Future>.CastUp(futures), static future => ((Future<T>)future).Result);

    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<T[]> GatherAsync<T>(IEnumerable<Future<T>> futures) => GatherAsync<T>(futures.ToArray().AsSpan());

    /// <summary>Starts each body as a task, in this order, and gathers the tasks.</summary>
    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<T[]> GatherAsync<T>(params ReadOnlySpan<Func<Task<T>>> bodies) => GatherAsync<T>(Start(bodies).AsSpan());

    /// <summary>Starts each body as a task, in this order, and gathers the tasks.</summary>
    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<ValueTuple[]> GatherAsync(params ReadOnlySpan<Func<Task>> bodies) => GatherAsync<ValueTuple>(Start(bodies).AsSpan());

    /// <summary>Gathers async calls that have begun already: they run inside the current task, as C# has it.</summary>
    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<T[]> GatherAsync<T>(params ReadOnlySpan<Task<T>> tasks) => GatherAsync<T>(Wrap(tasks).AsSpan());

    /// <summary>Gathers async calls that have begun already: they run inside the current task, as C# has it.</summary>
    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<ValueTuple[]> GatherAsync(params ReadOnlySpan<Task> tasks) => GatherAsync<ValueTuple>(Wrap(tasks).AsSpan());

    /// <summary>
    /// The bare yield, and a word for who explores schedules about what the task does next: a place where a race may show.
    /// </summary>
    /// <param name="resource">The name of a variable, or an object that stands for it.</param>
    /// <param name="isWrite">Whether it will be changed.</param>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask YieldBeforeAsync(object resource, bool isWrite = true)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var loop = GetRunningLoop();
        if (TaskContext.RunningOn(loop) is { } task)
        {
            task.Announced = new Operation(resource, isWrite);
        }

        return YieldSource.Start(loop);
    }

    private static async ValueTask SleepCancellablyAsync(EventLoop loop, TimeSpan delay, CancellationToken cancellationToken)
    {
        var end = new Future<ValueTuple>(loop);
        using var timer = delay == Timeout.InfiniteTimeSpan ? null : loop.CallLater(delay, () => end.TrySetResult(default));
        using var link = new TokenLink(end, cancellationToken);
        await end;
    }
}
