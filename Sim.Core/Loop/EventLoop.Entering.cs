namespace Sim.Core;

/// <content>Entering and leaving a run: one loop on a thread, one thread for a loop.</content>
public partial class EventLoop
{
    /// <summary>Refuses to run inside a running loop, whichever it is, or when closed (rule 18). Any thread.</summary>
    /// <exception cref="LoopRunningException">A loop runs on this thread.</exception>
    /// <exception cref="LoopClosedException">This loop is closed.</exception>
    public void CheckNotRunning()
    {
        CheckOpen();
        if (_running is { } other)
        {
            throw new LoopRunningException(ReferenceEquals(other, this)
                ? $"{Options.Name} is already running, and is run again {Places.Here()}: inside of it, await instead of running it again."
                : $"Cannot run {Options.Name} {Places.Here()} of {other.Options.Name}, which runs on this thread: "
                + "await inside the running loop, or use another thread.");
        }
    }

    /// <summary>The loop that runs on this thread, for code that cannot do without one.</summary>
    /// <exception cref="NoRunningLoopException">There is none.</exception>
    internal static EventLoop RequireRunning() => _running ?? throw new NoRunningLoopException(
        "No event loop runs on this thread: call this from code that runs inside Asyncio.Run, loop.RunUntilComplete or a simulated test ([SimTest]). "
        + "If it does, it has left the loop's thread on the way: by ConfigureAwait(false), Task.Run or ToThreadAsync. From there only "
        + $"{nameof(CallSoonThreadSafe)} and RunCoroutineThreadSafe lead back.");

    private Stage Enter()
    {
        CheckNotRunning();
        lock (_door)
        {
            // Decided here: Close may have come between.
            CheckOpen();
            if (_isClosing)
            {
                throw new LoopClosedException($"{Options.Name} is being closed and cannot run any more. Make a new loop.");
            }

            if (_threadId != 0)
            {
                throw new LoopRunningException(
                    $"{Options.Name} is already running on another thread (at {Time}), and is run a second time: one thread at a time runs a loop. "
                    + $"Hand it work with {nameof(CallSoonThreadSafe)} or RunCoroutineThreadSafe, or make a loop of its own for this thread.");
            }

            Volatile.Write(ref _thread, Thread.CurrentThread);
            Volatile.Write(ref _threadId, Environment.CurrentManagedThreadId);
        }

        _running = this;
        var stage = new Stage(SynchronizationContext.Current, ExecutionContext.IsFlowSuppressed());
        SynchronizationContext.SetSynchronizationContext(null);
        if (stage.FlowSuppressed)
        {
            // With the flow suppressed no callback could have a context of its own.
            ExecutionContext.RestoreFlow();
        }

        _ambient = ExecutionContext.Capture();
        _guest?.Enter();
        return stage;
    }

    private void Leave(Stage stage)
    {
        _inStep = false;
        StepContext = null;
        _guest?.Leave();
        ExecutionContext.Restore(_ambient!);
        _ambient = null;
        if (stage.FlowSuppressed)
        {
            ExecutionContext.SuppressFlow();
        }

        // A context that notifies of waits must not outlive the run: code after it would be refused its waits.
        SynchronizationContext.SetSynchronizationContext(stage.Caller);
        _running = null;
        Volatile.Write(ref _thread, null);
        Volatile.Write(ref _threadId, 0);
    }

    /// <summary>What the thread had before the run.</summary>
    private readonly record struct Stage(SynchronizationContext? Caller, bool FlowSuppressed);
}
