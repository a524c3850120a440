namespace Sim.Core;

/// <summary>A task without a result. Loop thread only.</summary>
public sealed class LoopTask : LoopTask<ValueTuple>
{
    internal LoopTask(EventLoop loop, Func<Task> body, string name)
        : base(loop, body, name)
    {
    }
}
