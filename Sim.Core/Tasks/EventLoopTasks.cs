using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// What an event loop can do with futures and tasks. Extensions, because the loop itself knows only callbacks. Loop
/// thread only.
/// </summary>
public static class EventLoopTasks
{
    /// <summary>A pending future of <paramref name="loop"/>.</summary>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    public static Future<T> CreateFuture<T>(this EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckOpen();
        loop.CheckThread();
        return new Future<T>(loop);
    }

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
            throw new LoopException($"{future.Describe()} belongs to {future.Loop.Options.Name}, not to {loop.Options.Name}.");
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
