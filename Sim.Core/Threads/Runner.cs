using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// Runs coroutines one after the other on a loop of its own, and tidies up at the end: what
/// <see cref="Asyncio.Run(Func{Task}, Func{EventLoop}?)"/> does for one (rules 20, 21). The loop is made when first needed.
/// One thread at a time, outside of any running loop.
/// </summary>
/// <remarks>
/// Every run starts in the execution context in which the runner was first used. In asyncio that is one context for all
/// runs, in which each leaves its changes; an async method of C# gives the context back that it found, so here what a
/// coroutine sets ends with it.
/// </remarks>
/// <param name="loopFactory">Makes the loop, which the runner closes; the default is one on real time.</param>
public sealed class Runner(Func<EventLoop>? loopFactory = null) : IDisposable, IAsyncDisposable
{
    private EventLoop? _loop;
    private ExecutionContext? _context;
    private bool _isClosed;
    private bool _hasFailed;

    /// <summary>The loop, which is made now if there was none.</summary>
    /// <exception cref="LoopClosedException">The runner is closed.</exception>
    public EventLoop Loop => Open();

    /// <summary>Runs <paramref name="main"/> until it is done. Tasks that it leaves wait for the next run.</summary>
    /// <param name="main">The main coroutine.</param>
    /// <param name="cancellationToken">
    /// Asks <paramref name="main"/> to stop, as the first Ctrl-C does in asyncio. When it does, an
    /// <see cref="OperationCanceledException"/> with this token is thrown; when it ends otherwise, so does the run.
    /// </param>
    /// <exception cref="KeyboardInterruptException">
    /// Ctrl-C has stopped it (<see cref="LoopOptions.CancelsMainOnInterrupt"/>).
    /// </exception>
    /// <exception cref="LoopClosedException">The runner is closed.</exception>
    /// <exception cref="LoopRunningException">A loop runs on this thread: await inside of it.</exception>
    public void Run(Func<Task> main, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(main);
        RunCore<ValueTuple>(loop => loop.CreateTask(main, "main"), cancellationToken);
    }

    /// <returns>What <paramref name="main"/> returned.</returns>
    /// <inheritdoc cref="Run(Func{Task}, CancellationToken)"/>
    public T Run<T>(Func<Task<T>> main, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(main);
        return RunCore(loop => loop.CreateTask(main, "main"), cancellationToken);
    }

    /// <inheritdoc cref="Run(Func{Task}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public void Run(Func<ValueTask> main, CancellationToken cancellationToken = default) => Run(Bodies.AsTask(main), cancellationToken);

    /// <inheritdoc cref="Run{T}(Func{Task{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public T Run<T>(Func<ValueTask<T>> main, CancellationToken cancellationToken = default) => Run(Bodies.AsTask(main), cancellationToken);

    /// <summary>
    /// Cancels the tasks that are left, in the order of their creation, waits for them, reports their errors, shuts the
    /// default executor down and closes the loop. If the last run failed, a failure of this is told to the exception
    /// handler, because what the caller must see is the first.
    /// </summary>
    /// <exception cref="LoopRunningException">A loop runs on this thread.</exception>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        if (_loop is null)
        {
            _isClosed = true;
            return;
        }

        CheckOutside("closed");
        if (_loop.IsRunning)
        {
            throw new LoopRunningException(
                $"A runner cannot be closed while {_loop.Options.Name} runs on another thread: let the run end first.");
        }

        _isClosed = true;
        using var loop = _loop;
        try
        {
            loop.ShutDown();
        }
        catch (Exception second) when (_hasFailed)
        {
            loop.CallExceptionHandler(new LoopError("The shutdown after a failure failed too", second, loop.Time, "shutdown"));
        }
    }

    /// <summary>The same; for <c>await using</c> in code that no loop runs.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private T RunCore<T>(Func<EventLoop, LoopTask<T>> create, CancellationToken token)
    {
        CheckOutside("run");
        var loop = Open();
        T result = default!;
        _hasFailed = true;
        if (_context is null)
        {
            Run();
        }
        else
        {
            ExecutionContext.Run(_context, _ => Run(), null);
        }

        _hasFailed = false;
        return result;

        void Run() => result = RunMain(loop, create(loop), token);
    }

    private static T RunMain<T>(EventLoop loop, LoopTask<T> task, CancellationToken token)
    {
        var stops = new MainStops(loop, task);
        using var link = stops.Follow(token);
        using var interrupts = stops.FollowInterrupts();
        try
        {
            return loop.RunUntilComplete(task);
        }
        catch (OperationCanceledException stopped) when (stops.Explain(stopped, token) is { } reason)
        {
            throw reason;
        }
    }

    private EventLoop Open()
    {
        if (_isClosed)
        {
            throw new LoopClosedException($"A runner was used {Places.Here()} after it was closed: it has no loop any more. Make a new Runner.");
        }

        if (_loop is null)
        {
            _context = ExecutionContext.Capture();
            _loop = loopFactory is null ? Asyncio.NewEventLoop() : loopFactory();
        }

        return _loop;
    }

    private static void CheckOutside(string what)
    {
        if (EventLoop.Running is { } running)
        {
            throw new LoopRunningException(
                $"A runner cannot be {what} {Places.Here()} of {running.Options.Name}, which runs on this thread: await the coroutine instead.");
        }
    }
}
