using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <content>Gathering with failures as values: asyncio's <c>return_exceptions=True</c>.</content>
public static partial class Asyncio
{
    /// <summary>
    /// As gather with <c>return_exceptions=True</c>: waits for all, and failures stand among the results as values.
    /// </summary>
    /// <exception cref="LoopException">The futures belong to different loops.</exception>
    public static Future<Outcome<T>[]> GatherOutcomesAsync<T>(params ReadOnlySpan<Future<T>> futures) =>
        GatherOutcomes(ReadOnlySpan<Future>.CastUp(futures), static future => ((Future<T>)future).Result);

    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<Outcome<T>[]> GatherOutcomesAsync<T>(IEnumerable<Future<T>> futures) =>
        GatherOutcomesAsync<T>(futures.ToArray().AsSpan());

    /// <summary>The outcomes of nothing: done already.</summary>
    public static Future<Outcome<object?>[]> GatherOutcomesAsync() => GatherOutcomesAsync((IEnumerable<Future>)[]);

    /// <inheritdoc cref="GatherOutcomesAsync()"/>
    public static Future<Outcome<T>[]> GatherOutcomesAsync<T>() => GatherOutcomesAsync<T>((IEnumerable<Future<T>>)[]);

    /// <summary>As gather with <c>return_exceptions=True</c>, for futures of different types.</summary>
    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Future{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<Outcome<object?>[]> GatherOutcomesAsync(params ReadOnlySpan<Future> futures) =>
        GatherOutcomes(futures, static future => future.UntypedResult);

    /// <inheritdoc cref="GatherOutcomesAsync(ReadOnlySpan{Future})"/>
    public static Future<Outcome<object?>[]> GatherOutcomesAsync(IEnumerable<Future> futures) =>
        GatherOutcomes(futures.ToArray(), static future => future.UntypedResult);

    /// <inheritdoc cref="GatherOutcomesAsync(ReadOnlySpan{Future})"/>
    [OverloadResolutionPriority(-2)]
    public static Future<Outcome<object?>[]> GatherOutcomesAsync(IEnumerable<ILoopTask> tasks) => GatherOutcomesAsync(FuturesOf(tasks));

    /// <summary>Starts each body as a task, in this order, and gathers the outcomes of the tasks.</summary>
    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<Outcome<T>[]> GatherOutcomesAsync<T>(params ReadOnlySpan<Func<Task<T>>> bodies) =>
        GatherOutcomesAsync<T>(Start(bodies).AsSpan());

    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Func{Task{T}}})"/>
    public static Future<Outcome<ValueTuple>[]> GatherOutcomesAsync(params ReadOnlySpan<Func<Task>> bodies) =>
        GatherOutcomesAsync<ValueTuple>(Start(bodies).AsSpan());

    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Func{Task{T}}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<Outcome<T>[]> GatherOutcomesAsync<T>(params ReadOnlySpan<Func<ValueTask<T>>> bodies) =>
        GatherOutcomesAsync<T>(Start(bodies).AsSpan());

    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Func{Task{T}}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<Outcome<ValueTuple>[]> GatherOutcomesAsync(params ReadOnlySpan<Func<ValueTask>> bodies) =>
        GatherOutcomesAsync<ValueTuple>(Start(bodies).AsSpan());

    /// <summary>Gathers the outcomes of async calls that have begun already: they run inside the current task, as C# has it.</summary>
    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<Outcome<T>[]> GatherOutcomesAsync<T>(params ReadOnlySpan<Task<T>> tasks) =>
        GatherOutcomesAsync<T>(Wrap(tasks).AsSpan());

    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Task{T}})"/>
    public static Future<Outcome<ValueTuple>[]> GatherOutcomesAsync(params ReadOnlySpan<Task> tasks) =>
        GatherOutcomesAsync<ValueTuple>(Wrap(tasks).AsSpan());

    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Task{T}})"/>
    public static Future<Outcome<T>[]> GatherOutcomesAsync<T>(IEnumerable<Task<T>> tasks) => GatherOutcomesAsync<T>(tasks.ToArray().AsSpan());

    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Task{T}})"/>
    public static Future<Outcome<ValueTuple>[]> GatherOutcomesAsync(IEnumerable<Task> tasks) => GatherOutcomesAsync(tasks.ToArray().AsSpan());
}
