using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <content>Waiting for several futures, and keeping a cancellation from one.</content>
public static partial class Asyncio
{
    /// <summary>
    /// A future that takes over the outcome of <paramref name="inner"/> and can be cancelled without it (rule 81). A future
    /// that is done is returned itself.
    /// </summary>
    public static Future<T> Shield<T>(Future<T> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner.HasEnded ? inner : new ShieldFuture<T>(inner);
    }

    /// <summary>Starts <paramref name="body"/> as a task and shields it.</summary>
    /// <inheritdoc cref="Shield{T}(Future{T})"/>
    public static Future<T> Shield<T>(Func<Task<T>> body) => Shield((Future<T>)CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    /// <inheritdoc cref="Shield{T}(Func{Task{T}})"/>
    public static Future<ValueTuple> Shield(Func<Task> body) => Shield((Future<ValueTuple>)CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    /// <inheritdoc cref="Shield{T}(Func{Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<T> Shield<T>(Func<ValueTask<T>> body) => Shield((Future<T>)CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    /// <inheritdoc cref="Shield{T}(Func{Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static Future<ValueTuple> Shield(Func<ValueTask> body) => Shield((Future<ValueTuple>)CreateTask(body, null, null, CodeNames.OfDelegate(body)));

    /// <summary>
    /// Waits until some or all of the futures are done, or the time is up; cancels none of them and raises none of their
    /// failures (rules 66, 67). Takes two ticks even if all are done already.
    /// </summary>
    /// <param name="futures">The futures; repetitions count once.</param>
    /// <param name="returnWhen">What to wait for.</param>
    /// <param name="timeout">For how long; null is no limit.</param>
    /// <param name="cancellationToken">Ends the wait, not the futures.</param>
    /// <exception cref="ArgumentException">There are none, or one is null.</exception>
    /// <exception cref="LoopException">They belong to different loops.</exception>
    public static ValueTask<WaitResult<TFuture>> WaitAsync<TFuture>(
        IEnumerable<TFuture> futures,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        where TFuture : Future =>
        new MembersWait<TFuture>(GetRunningLoop(), futures, returnWhen).RunAsync(timeout, cancellationToken);

    /// <summary>As above, for futures of different types.</summary>
    /// <inheritdoc cref="WaitAsync{TFuture}(IEnumerable{TFuture}, ReturnWhen, TimeSpan?, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask<WaitResult<Future>> WaitAsync(
        IEnumerable<Future> futures,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        WaitAsync<Future>(futures, returnWhen, timeout, cancellationToken);

    /// <summary>As above, for <c>AllTasks()</c> or some of them.</summary>
    /// <inheritdoc cref="WaitAsync{TFuture}(IEnumerable{TFuture}, ReturnWhen, TimeSpan?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<WaitResult<Future>> WaitAsync(
        IEnumerable<ILoopTask> tasks,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        WaitAsync<Future>(FuturesOf(tasks), returnWhen, timeout, cancellationToken);

    /// <summary>
    /// The futures in the order of their completion, those that are done already in argument order (rule 68). When the time is
    /// up, each that is missing is a <see cref="TimeoutException"/> of <c>MoveNextAsync</c>; the futures are not cancelled.
    /// </summary>
    /// <param name="futures">The futures; repetitions count once.</param>
    /// <param name="timeout">For all of them together; null is no limit.</param>
    /// <exception cref="LoopException">They belong to different loops.</exception>
    public static IAsyncEnumerable<TFuture> AsCompleted<TFuture>(IEnumerable<TFuture> futures, TimeSpan? timeout = null)
        where TFuture : Future => new CompletionStream<TFuture>(GetRunningLoop(), futures, timeout);

    /// <summary>As above, for futures of different types.</summary>
    /// <inheritdoc cref="AsCompleted{TFuture}(IEnumerable{TFuture}, TimeSpan?)"/>
    [OverloadResolutionPriority(-1)]
    public static IAsyncEnumerable<Future> AsCompleted(IEnumerable<Future> futures, TimeSpan? timeout = null) => AsCompleted<Future>(futures, timeout);

    /// <summary>As above, for <c>AllTasks()</c> or some of them.</summary>
    /// <inheritdoc cref="AsCompleted{TFuture}(IEnumerable{TFuture}, TimeSpan?)"/>
    [OverloadResolutionPriority(-2)]
    public static IAsyncEnumerable<Future> AsCompleted(IEnumerable<ILoopTask> tasks, TimeSpan? timeout = null) =>
        AsCompleted<Future>(FuturesOf(tasks), timeout);
}
