using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// What an event loop can do with futures and tasks. Extensions, because the loop itself knows only callbacks. Loop
/// thread only.
/// </summary>
public static class EventLoopTasks
{
    /// <summary>A pending future of <paramref name="loop"/>.</summary>
    /// <param name="loop">The loop, running or not.</param>
    /// <param name="name">The name in messages, traces and stall reports.</param>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    public static Future<T> CreateFuture<T>(this EventLoop loop, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckOpen();
        loop.CheckThread();
        return name is null ? new Future<T>(loop) : new NamedFuture<T>(loop, name);
    }

    /// <summary>A pending future that will have no value: complete it with <c>SetResult()</c>.</summary>
    /// <inheritdoc cref="CreateFuture{T}(EventLoop, string?)"/>
    public static Future<ValueTuple> CreateFuture(this EventLoop loop, string? name = null) => loop.CreateFuture<ValueTuple>(name);

    /// <summary>Starts <paramref name="body"/> as a task of <paramref name="loop"/>: its first step runs in the next iteration (rule 45).</summary>
    /// <param name="loop">The loop, running or not.</param>
    /// <param name="body">The coroutine, as a delegate, because a C# async method would start at once.</param>
    /// <param name="name">The name in messages and traces; by default the method in the source text of <paramref name="body"/>.</param>
    /// <param name="eager">
    /// Whether the first step runs now, inside this call, if the loop runs (rule 88); null = as the loop's task factory has it.
    /// </param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static LoopTask CreateTask(
        this EventLoop loop,
        Func<Task> body,
        string? name = null,
        bool? eager = null,
        [CallerArgumentExpression(nameof(body))] string? expression = null)
    {
        CheckTask(loop, body);
        return LoopTaskFactory.Of(loop).Create(loop, body, new TaskCreation(name, eager, expression));
    }

    /// <inheritdoc cref="CreateTask(EventLoop, Func{Task}, string?, bool?, string?)"/>
    public static LoopTask<T> CreateTask<T>(
        this EventLoop loop,
        Func<Task<T>> body,
        string? name = null,
        bool? eager = null,
        [CallerArgumentExpression(nameof(body))] string? expression = null)
    {
        CheckTask(loop, body);
        return LoopTaskFactory.Of(loop).Create(loop, body, new TaskCreation(name, eager, expression));
    }

    /// <summary>As above, for what returns a value task: <c>loop.CreateTask(() => Asyncio.SleepAsync(delay))</c>.</summary>
    /// <inheritdoc cref="CreateTask(EventLoop, Func{Task}, string?, bool?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public static LoopTask CreateTask(
        this EventLoop loop,
        Func<ValueTask> body,
        string? name = null,
        bool? eager = null,
        [CallerArgumentExpression(nameof(body))] string? expression = null) =>
        loop.CreateTask(Bodies.AsTask(body), name, eager, expression);

    /// <inheritdoc cref="CreateTask(EventLoop, Func{ValueTask}, string?, bool?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public static LoopTask<T> CreateTask<T>(
        this EventLoop loop,
        Func<ValueTask<T>> body,
        string? name = null,
        bool? eager = null,
        [CallerArgumentExpression(nameof(body))] string? expression = null) =>
        loop.CreateTask(Bodies.AsTask(body), name, eager, expression);

    /// <summary>Sets who makes the tasks of <paramref name="loop"/>; null = <see cref="LoopTaskFactory.Lazy"/>.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static void SetTaskFactory(this EventLoop loop, LoopTaskFactory? factory)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckThread();
        LoopTaskFactory.Set(loop, factory ?? LoopTaskFactory.Lazy);
    }

    /// <summary>Who makes the tasks of <paramref name="loop"/>.</summary>
    public static LoopTaskFactory GetTaskFactory(this EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        return LoopTaskFactory.Of(loop);
    }

    /// <summary>The tasks that have not ended, in the order of their creation. The loop keeps them alive.</summary>
    public static IReadOnlyList<ILoopTask> AllTasks(this EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckThread();
        return [.. loop.Contexts.OfType<TaskContext>().Select(static context => context.Task)];
    }

    /// <summary>Runs the loop until <paramref name="future"/> is done (rule 15).</summary>
    /// <returns>Its result.</returns>
    /// <exception cref="LoopException">The loop was stopped before the future was done.</exception>
    /// <exception cref="StalledException">The loop would wait for ever.</exception>
    public static T RunUntilComplete<T>(this EventLoop loop, Future<T> future)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(future);
        if (!ReferenceEquals(future.Loop, loop))
        {
            throw new LoopException(
                $"{loop.Options.Name} cannot run until {future.Describe()} is done {Places.Here()}: that belongs to {Futures.NameOf(future.Loop, loop)}, and only "
                + "its own loop completes it. Run that one, or create the task on this loop.");
        }

        // First: a refused run must not leave its stop callback in the loop that runs.
        loop.CheckNotRunning();
        Action<Future> stop = static done =>
        {
            // Rule 16: a fatal exception has left the loop already; the next run is not stopped by it.
            if (done.ExceptionUnmarked is not { } error || !done.Loop.IsFatal(error))
            {
                done.Loop.Stop();
            }
        };
        future.AddDoneCallback(stop);
        try
        {
            loop.RunForever();
        }
        finally
        {
            future.RemoveDoneCallback(stop);
        }

        if (!future.HasEnded)
        {
            throw new LoopException(
                $"{loop.Options.Name} was stopped at {loop.Time} before {future.Describe()} was done. Run it again to go on.");
        }

        return future.Result;
    }

    /// <summary>Starts <paramref name="body"/> as a task and runs the loop until it is done.</summary>
    /// <inheritdoc cref="RunUntilComplete{T}(EventLoop, Future{T})"/>
    public static void RunUntilComplete(this EventLoop loop, Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckNotRunning();
        loop.RunUntilComplete(loop.CreateTask(body, "main"));
    }

    /// <summary>Starts <paramref name="body"/> as a task and runs the loop until it is done.</summary>
    /// <inheritdoc cref="RunUntilComplete{T}(EventLoop, Future{T})"/>
    public static T RunUntilComplete<T>(this EventLoop loop, Func<Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckNotRunning();
        return loop.RunUntilComplete(loop.CreateTask(body, "main"));
    }

    /// <inheritdoc cref="RunUntilComplete(EventLoop, Func{Task})"/>
    [OverloadResolutionPriority(-1)]
    public static void RunUntilComplete(this EventLoop loop, Func<ValueTask> body) => loop.RunUntilComplete(Bodies.AsTask(body));

    /// <inheritdoc cref="RunUntilComplete{T}(EventLoop, Func{Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static T RunUntilComplete<T>(this EventLoop loop, Func<ValueTask<T>> body) => loop.RunUntilComplete(Bodies.AsTask(body));

    /// <summary>
    /// Cancels every task in the order of creation, runs the loop until they have ended, and reports the errors of those
    /// that failed meanwhile (rule 20). Tasks that do not end although nothing is left to wait for are reported too.
    /// </summary>
    public static void CancelAllTasks(this EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        if (!loop.IsClosed)
        {
            // First: a refused shutdown must not have cancelled anything.
            loop.CheckNotRunning();
        }

        var left = loop.Contexts.OfType<TaskContext>().Select(static context => context.Task).ToList();
        if (left.Count == 0 || loop.IsClosed)
        {
            return;
        }

        foreach (var task in left)
        {
            task.Cancel();
        }

        var shutdown = loop.CreateTask(
            () => new MembersWait<Future>(loop, left.Cast<Future>(), ReturnWhen.AllCompleted).RunAsync(null, default).AsTask(), "shutdown");
        try
        {
            loop.RunUntilComplete(shutdown);
        }
        catch (StalledException stalled)
        {
            loop.CallExceptionHandler(new LoopError("Tasks did not end when cancelled", stalled, loop.Time, "shutdown"));
        }
        finally
        {
            shutdown.Cancel();
        }
    }

    private static void CheckTask(EventLoop loop, Delegate body)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(body);
        loop.CheckOpen();
        loop.CheckThread();
    }
}
