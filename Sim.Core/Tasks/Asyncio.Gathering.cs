using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <content>Gathering: what is done at the end of each kind of it.</content>
public static partial class Asyncio
{
    /// <summary>A future for the results of nothing: done already (rule 61).</summary>
    public static Future<object?[]> GatherAsync() => GatherAsync((IEnumerable<Future>)[]);

    /// <inheritdoc cref="GatherAsync()"/>
    public static Future<T[]> GatherAsync<T>() => GatherAsync<T>((IEnumerable<Future<T>>)[]);

    /// <summary>As gather, for futures of different types: their results in the order of the arguments.</summary>
    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Future{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<object?[]> GatherAsync(params ReadOnlySpan<Future> futures) => Gather(futures, static future => future.UntypedResult);

    /// <inheritdoc cref="GatherAsync(ReadOnlySpan{Future})"/>
    public static Future<object?[]> GatherAsync(IEnumerable<Future> futures) =>
        Gather(futures.ToArray(), static future => future.UntypedResult);

    /// <inheritdoc cref="GatherAsync(ReadOnlySpan{Future})"/>
    [OverloadResolutionPriority(-2)]
    public static Future<object?[]> GatherAsync(IEnumerable<ILoopTask> tasks) => GatherAsync(FuturesOf(tasks));

    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Task{T}})"/>
    public static Future<T[]> GatherAsync<T>(IEnumerable<Task<T>> tasks) => GatherAsync<T>(tasks.ToArray().AsSpan());

    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Task{T}})"/>
    public static Future<ValueTuple[]> GatherAsync(IEnumerable<Task> tasks) => GatherAsync(tasks.ToArray().AsSpan());

    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Func{Task{T}}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<T[]> GatherAsync<T>(params ReadOnlySpan<Func<ValueTask<T>>> bodies) => GatherAsync<T>(Start(bodies).AsSpan());

    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Func{Task{T}}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<ValueTuple[]> GatherAsync(params ReadOnlySpan<Func<ValueTask>> bodies) => GatherAsync<ValueTuple>(Start(bodies).AsSpan());

    private static GatherFuture<T> Gather<T>(ReadOnlySpan<Future> futures, Func<Future, T> take) =>
        new(LoopOf(futures), futures, returnExceptions: false, take);

    private static GatherFuture<Outcome<T>> GatherOutcomes<T>(ReadOnlySpan<Future> futures, Func<Future, T> take) =>
        new(LoopOf(futures), futures, returnExceptions: true, future =>
            future.StateNow == FutureState.Succeeded
                ? new Outcome<T>(take(future))
                : new Outcome<T>(future.ExceptionUnmarked ?? future.CreateCancelled()));

    // Inside of a loop all must be its own: a gather over futures of another is refused in their name. Outside they may be of
    // any loop, the first one's.
    private static EventLoop LoopOf(ReadOnlySpan<Future> futures) =>
        EventLoop.Running ?? (futures.Length > 0 && futures[0] is { } first ? first.Loop : GetRunningLoop());

    private static IEnumerable<Future> FuturesOf(IEnumerable<ILoopTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return tasks.Select(static task => task?.AsFuture()!);
    }

    private static Future<T>[] Start<T>(ReadOnlySpan<Func<Task<T>>> bodies) =>
        FutureOfEach<Func<Task<T>>, T>(bodies, static body => CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    private static Future<ValueTuple>[] Start(ReadOnlySpan<Func<Task>> bodies) =>
        FutureOfEach<Func<Task>, ValueTuple>(bodies, static body => CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    private static Future<T>[] Start<T>(ReadOnlySpan<Func<ValueTask<T>>> bodies) =>
        FutureOfEach<Func<ValueTask<T>>, T>(bodies, static body => CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    private static Future<ValueTuple>[] Start(ReadOnlySpan<Func<ValueTask>> bodies) =>
        FutureOfEach<Func<ValueTask>, ValueTuple>(bodies, static body => CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    private static Future<T>[] Wrap<T>(ReadOnlySpan<Task<T>> tasks) =>
        FutureOfEach<Task<T>, T>(tasks, static task => new BclTaskFuture<T>(GetRunningLoop(), task));

    private static Future<ValueTuple>[] Wrap(ReadOnlySpan<Task> tasks) =>
        FutureOfEach<Task, ValueTuple>(tasks, static task => new BclTaskFuture<ValueTuple>(GetRunningLoop(), task));

    private static Future<T>[] FutureOfEach<TSource, T>(ReadOnlySpan<TSource> sources, Func<TSource, Future<T>> make)
    {
        var futures = new Future<T>[sources.Length];
        for (var i = 0; i < sources.Length; i++)
        {
            futures[i] = make(sources[i]);
        }

        return futures;
    }
}
