using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// asyncio's free functions, under their names in .NET's casing, so that <c>asyncio.run(main())</c> and
/// <c>await asyncio.gather(t1, t2)</c> can be written down line by line. Start here. All of them act on the loop that
/// runs on this thread, except <see cref="Run(Func{Task}, Func{EventLoop}?)"/> and the two that make a loop.
/// </summary>
public static partial class Asyncio
{
    /// <summary>A new loop on real time: the system clock and the best poller of this platform.</summary>
    public static EventLoop NewEventLoop(LoopOptions? options = null) =>
        new(SystemClock.Instance, SystemPoller.Create(SystemClock.Instance), OnRealTime(options ?? new LoopOptions()));

    private static LoopOptions OnRealTime(LoopOptions options) =>
        options with { ReportLostFailuresEarly = options.ReportLostFailuresEarly ?? true };

    /// <summary>
    /// A new loop on virtual time: it starts at zero and jumps to the next deadline when nothing is ready. Other threads
    /// may hand it work, and have a second of real time for it before the loop says that it is stalled; a simulation of
    /// <c>Sim.World</c> is stricter.
    /// </summary>
    public static EventLoop NewVirtualEventLoop(LoopOptions? options = null)
    {
        var clock = new VirtualClock();
        return new EventLoop(clock, new VirtualPoller(clock, TimeSpan.FromSeconds(1)), options);
    }

    /// <summary>The loop that runs on this thread.</summary>
    /// <exception cref="NoRunningLoopException">There is none.</exception>
    public static EventLoop GetRunningLoop() => EventLoop.Running ?? throw new NoRunningLoopException(
        "No event loop runs on this thread: call this from code that runs inside Asyncio.Run, loop.RunUntilComplete or a simulated test ([SimTest]).");

    /// <summary>The task that runs now, or null in a plain callback (rule 51).</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ILoopTask? CurrentTask() => TaskContext.RunningOn(GetRunningLoop())?.Task;

    /// <summary>The tasks of the running loop that have not ended, in the order of their creation.</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static IReadOnlyList<ILoopTask> AllTasks() => GetRunningLoop().AllTasks();

    /// <summary>Who awaits whom on the running loop, now; its <c>ToString</c> is meant for people.</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static CallGraph CaptureCallGraph() => CallGraph.Capture(GetRunningLoop());

    /// <summary>
    /// Runs <paramref name="main"/> on a new loop until it is done; then cancels what is left, waits for it, reports errors
    /// that nobody has seen, and closes the loop (rule 20).
    /// </summary>
    /// <param name="main">The main coroutine.</param>
    /// <param name="loopFactory">Makes the loop; the default is one on real time.</param>
    /// <exception cref="LoopRunningException">A loop runs on this thread already: await inside of it.</exception>
    public static void Run(Func<Task> main, Func<EventLoop>? loopFactory = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        RunCore(loopFactory, loop => loop.RunUntilComplete(loop.CreateTask(main, "main")));
    }

    /// <returns>What <paramref name="main"/> returned.</returns>
    /// <inheritdoc cref="Run(Func{Task}, Func{EventLoop}?)"/>
    public static T Run<T>(Func<Task<T>> main, Func<EventLoop>? loopFactory = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        T result = default!;
        RunCore(loopFactory, loop => result = loop.RunUntilComplete(loop.CreateTask(main, "main")));
        return result;
    }

    private static void RunCore(Func<EventLoop>? loopFactory, Action<EventLoop> run)
    {
        if (EventLoop.Running is { } running)
        {
            throw new LoopRunningException(
                $"Asyncio.Run cannot be called {Places.Here()} of {running.Options.Name}, which runs on this thread: await the coroutine instead.");
        }

        using var loop = loopFactory is null ? NewEventLoop() : loopFactory();
        try
        {
            run(loop);
        }
        catch
        {
            ShutDownAfterFailure(loop);
            throw;
        }

        loop.CancelAllTasks();
    }

    // The failure of main is what the caller must see: a second one, of the shutdown, is told to the handler.
    private static void ShutDownAfterFailure(EventLoop loop)
    {
        try
        {
            loop.CancelAllTasks();
        }
        catch (Exception second)
        {
            loop.CallExceptionHandler(new LoopError("The shutdown after a failure failed too", second, loop.Time, "shutdown"));
        }
    }
}
