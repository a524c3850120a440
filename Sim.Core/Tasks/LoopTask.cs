namespace Sim.Core;

/// <summary>A task without a result. Loop thread only.</summary>
public sealed class LoopTask : LoopTask<ValueTuple>
{
    internal LoopTask(EventLoop loop, Func<Task> body, in TaskName name)
        : base(loop, body, name)
    {
    }

    /// <summary>Suspends the current task until this one has ended; resumes it through the ready queue.</summary>
    public new FutureAwaiter GetAwaiter() => new(this);
}
