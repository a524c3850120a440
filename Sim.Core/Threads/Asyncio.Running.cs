using System.Runtime.CompilerServices;
using Sim.Clock;

namespace Sim.Core;

/// <content>Making loops and running them to the end.</content>
public static partial class Asyncio
{
    /// <summary>A new loop on real time: the system clock and the best poller of this platform.</summary>
    public static EventLoop NewEventLoop(LoopOptions? options = null) =>
        new(SystemClock.Instance, SystemPoller.Create(SystemClock.Instance), OnRealTime(options ?? new LoopOptions()));

    /// <summary>
    /// A new loop on virtual time: it starts at zero and jumps to the next deadline when nothing is ready. Work for its
    /// default executor runs on the loop thread. Other threads may hand it work, and have a second of real time for it before
    /// the loop says that it is stalled; a simulation of <c>Sim.World</c> is stricter.
    /// </summary>
    public static EventLoop NewVirtualEventLoop(LoopOptions? options = null)
    {
        var clock = new VirtualClock();
        var loop = new EventLoop(clock, new VirtualPoller(clock, TimeSpan.FromSeconds(1)), options);
        loop.SetDefaultExecutor(new VirtualExecutor(loop));
        loop.SetSignalSource(new VirtualSignals());
        NoProcesses.Mark(loop);
        return loop;
    }

    /// <summary>
    /// Runs <paramref name="main"/> on a new loop until it is done; then cancels what is left, waits for it, reports errors
    /// that nobody has seen, shuts the default executor down, and closes the loop (rule 20). To run more than once on one
    /// loop, or to stop from outside, use a <see cref="Runner"/>.
    /// </summary>
    /// <param name="main">The main coroutine.</param>
    /// <param name="loopFactory">Makes the loop; the default is one on real time.</param>
    /// <exception cref="LoopRunningException">A loop runs on this thread already: await inside of it.</exception>
    public static void Run(Func<Task> main, Func<EventLoop>? loopFactory = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        using var runner = NewRunner(loopFactory);
        runner.Run(main);
    }

    /// <returns>What <paramref name="main"/> returned.</returns>
    /// <inheritdoc cref="Run(Func{Task}, Func{EventLoop}?)"/>
    public static T Run<T>(Func<Task<T>> main, Func<EventLoop>? loopFactory = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        using var runner = NewRunner(loopFactory);
        return runner.Run(main);
    }

    /// <inheritdoc cref="Run(Func{Task}, Func{EventLoop}?)"/>
    [OverloadResolutionPriority(-1)]
    public static void Run(Func<ValueTask> main, Func<EventLoop>? loopFactory = null) => Run(Bodies.AsTask(main), loopFactory);

    /// <inheritdoc cref="Run{T}(Func{Task{T}}, Func{EventLoop}?)"/>
    [OverloadResolutionPriority(-1)]
    public static T Run<T>(Func<ValueTask<T>> main, Func<EventLoop>? loopFactory = null) => Run(Bodies.AsTask(main), loopFactory);

    private static LoopOptions OnRealTime(LoopOptions options) =>
        options with { ReportLostFailuresEarly = options.ReportLostFailuresEarly ?? true, Meters = options.Meters ?? true };

    private static Runner NewRunner(Func<EventLoop>? loopFactory) => EventLoop.Running is { } running
        ? throw new LoopRunningException(
            $"Asyncio.Run cannot be called {Places.Here()} of {running.Options.Name}, which runs on this thread: await the coroutine instead.")
        : new Runner(loopFactory);
}
