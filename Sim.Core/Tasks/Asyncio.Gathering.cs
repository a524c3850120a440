namespace Sim.Core;

/// <content>Gathering futures of different types.</content>
public static partial class Asyncio
{
    /// <summary>As gather, for futures of different types: their results in the order of the arguments.</summary>
    /// <inheritdoc cref="GatherAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<object?[]> GatherAsync(IEnumerable<Future> futures) =>
        Gather(futures.ToArray(), static future => future.UntypedResult);

    /// <summary>As gather with <c>return_exceptions=True</c>, for futures of different types.</summary>
    /// <inheritdoc cref="GatherOutcomesAsync{T}(ReadOnlySpan{Future{T}})"/>
    public static Future<Outcome<object?>[]> GatherOutcomesAsync(IEnumerable<Future> futures) =>
        GatherOutcomes(futures.ToArray(), static future => future.UntypedResult);

    private static GatherFuture<T> Gather<T>(ReadOnlySpan<Future> futures, Func<Future, T> take) =>
        new(LoopOf(futures), futures, returnExceptions: false, take);

    private static GatherFuture<Outcome<T>> GatherOutcomes<T>(ReadOnlySpan<Future> futures, Func<Future, T> take) =>
        new(LoopOf(futures), futures, returnExceptions: true, future =>
            future.StateNow == FutureState.Succeeded
                ? new Outcome<T>(take(future))
                : new Outcome<T>(future.ExceptionUnmarked ?? future.CreateCancelled()));

    private static EventLoop LoopOf(ReadOnlySpan<Future> futures) =>
        futures.Length > 0 && futures[0] is { } first ? first.Loop : GetRunningLoop();
}
