namespace Sim.Core;

/// <summary>A task without a result. Loop thread only.</summary>
public sealed class LoopTask : LoopTask<ValueTuple>
{
    internal LoopTask(EventLoop loop, Func<Task> body, TaskName name)
        : base(loop, body, name)
    {
    }
}
