using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// What an event loop can do with other threads: give them work, and take coroutines from them. Extensions, because the
/// loop itself knows only callbacks. Loop thread only, except the thread-safe door.
/// </summary>
public static class EventLoopThreads
{
    /// <summary>How long the end of a run waits for work in the default executor, as in asyncio.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Runs <paramref name="work"/> in an executor, so that it does not hold the loop up. The outcome comes back as a
    /// thread-safe call: who awaits it goes on two iterations after the work has ended (rule 24). Cancelling the future keeps
    /// work from starting; work that runs goes on, and a failure of it is told to the exception handler.
    /// </summary>
    /// <param name="loop">The loop, running or not.</param>
    /// <param name="work">Plain code: for a coroutine use <c>CreateTask</c>. It does not see the caller's <c>AsyncLocal</c> values.</param>
    /// <param name="executor">Where to run it; null = the loop's default executor.</param>
    /// <exception cref="ArgumentException"><paramref name="work"/> is a coroutine.</exception>
    /// <exception cref="ExecutorShutDownException">The default executor was shut down.</exception>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static Future<T> RunInExecutorAsync<T>(this EventLoop loop, Func<T> work, IExecutor? executor = null)
    {
        CheckWork<T>(loop, work);
        return LoopExecutors.Of(loop).Submit(work, CodeNames.OfDelegate(work), null, executor);
    }

    /// <inheritdoc cref="RunInExecutorAsync{T}(EventLoop, Func{T}, IExecutor?)"/>
    public static Future<ValueTuple> RunInExecutorAsync(this EventLoop loop, Action work, IExecutor? executor = null)
    {
        CheckWork<ValueTuple>(loop, work);
        return LoopExecutors.Of(loop).Submit(WithoutResult(work), CodeNames.OfDelegate(work), null, executor);
    }

    /// <summary>
    /// Makes <paramref name="executor"/> the one that runs work for which none is given. Without it that is the thread pool,
    /// or, on a loop that was made for virtual time, a <see cref="VirtualExecutor"/>.
    /// </summary>
    /// <exception cref="ExecutorShutDownException">The default executor was shut down.</exception>
    public static void SetDefaultExecutor(this EventLoop loop, IExecutor executor)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(executor);
        loop.CheckOpen();
        loop.CheckThread();
        LoopExecutors.Of(loop).SetDefault(executor);
    }

    /// <summary>
    /// Gives the default executor no more work, and waits for what it has (rule 25). Work that takes longer than
    /// <paramref name="timeout"/> is abandoned, and that is told to the exception handler.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="timeout">How long to wait, on the loop's clock; null = for ever.</param>
    public static ValueTask ShutdownDefaultExecutorAsync(this EventLoop loop, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckOpen();
        loop.CheckThread();
        return LoopExecutors.Of(loop).ShutDownAsync(timeout);
    }

    /// <summary>
    /// The end of a run (rule 20): cancels every task, runs the loop until they have ended, then waits up to five minutes for
    /// work in the default executor. What goes wrong meanwhile is told to the exception handler. Afterwards close the loop.
    /// </summary>
    /// <exception cref="LoopRunningException">A loop runs on this thread.</exception>
    public static void ShutDown(this EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CancelAllTasks();
        if (!loop.IsClosed)
        {
            LoopExecutors.Find(loop)?.ShutDown(_patience);
        }
    }

    /// <summary>
    /// Runs <paramref name="body"/> as a task of <paramref name="loop"/>. Any thread: what comes back is a task of .NET, which
    /// other threads may wait for in any way. On the loop's own thread it may be awaited, not blocked on.
    /// </summary>
    /// <param name="loop">The loop; it runs, or will.</param>
    /// <param name="body">The coroutine.</param>
    /// <param name="cancellationToken">Asks the task to stop, as its <c>Cancel</c> does: the coroutine has the last word.</param>
    /// <returns>Ends as the coroutine ends; fails with a <see cref="LoopClosedException"/> when the loop is closed before.</returns>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    public static Task<T> RunCoroutineThreadSafe<T>(
        this EventLoop loop, Func<Task<T>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(body);
        var name = CodeNames.OfDelegate(body);
        return CoroutineCall<T>.Make(loop, name, () => loop.CreateTask(body, expression: name), cancellationToken);
    }

    /// <inheritdoc cref="RunCoroutineThreadSafe{T}(EventLoop, Func{Task{T}}, CancellationToken)"/>
    public static Task RunCoroutineThreadSafe(this EventLoop loop, Func<Task> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(body);
        var name = CodeNames.OfDelegate(body);
        return CoroutineCall<ValueTuple>.Make(loop, name, () => loop.CreateTask(body, expression: name), cancellationToken);
    }

    /// <param name="loop">The loop; it runs, or will.</param>
    /// <param name="body">The coroutine.</param>
    /// <param name="name">The name of the task, in messages and traces.</param>
    /// <param name="cancellationToken">Asks the task to stop, as its <c>Cancel</c> does: the coroutine has the last word.</param>
    /// <inheritdoc cref="RunCoroutineThreadSafe{T}(EventLoop, Func{Task{T}}, CancellationToken)"/>
    public static Task RunCoroutineThreadSafe(
        this EventLoop loop, Func<Task> body, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return CoroutineCall<ValueTuple>.Make(loop, name, () => loop.CreateTask(body, name), cancellationToken);
    }

    /// <inheritdoc cref="RunCoroutineThreadSafe{T}(EventLoop, Func{Task{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public static Task<T> RunCoroutineThreadSafe<T>(
        this EventLoop loop, Func<ValueTask<T>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(body);
        var name = CodeNames.OfDelegate(body);
        return CoroutineCall<T>.Make(loop, name, () => loop.CreateTask(body, expression: name), cancellationToken);
    }

    /// <inheritdoc cref="RunCoroutineThreadSafe{T}(EventLoop, Func{Task{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public static Task RunCoroutineThreadSafe(this EventLoop loop, Func<ValueTask> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(body);
        var name = CodeNames.OfDelegate(body);
        return CoroutineCall<ValueTuple>.Make(loop, name, () => loop.CreateTask(body, expression: name), cancellationToken);
    }

    internal static void CheckWork<T>(EventLoop loop, Delegate work)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(work);
        loop.CheckOpen();
        loop.CheckThread();
        var type = typeof(T);
        if (typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            throw new ArgumentException(
                $"{CodeNames.OfDelegate(work)} is a coroutine, given to an executor {Places.Here()}: only what stands before its first "
                + "await would run there. Use CreateTask for it, or give the executor plain code.",
                nameof(work));
        }
    }

    internal static Func<ValueTuple> WithoutResult(Action work) => () =>
    {
        work();
        return default;
    };
}
