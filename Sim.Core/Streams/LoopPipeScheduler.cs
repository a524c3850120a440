using System.IO.Pipelines;

namespace Sim.Core;

/// <summary>
/// Where the two sides of a <see cref="Pipe"/> go on: through the ready queue of a loop, under no task's context, as after any
/// completion of the loop's own. Any thread.
/// </summary>
/// <param name="loop">The loop.</param>
public sealed class LoopPipeScheduler(EventLoop loop) : PipeScheduler
{
    private readonly EventLoop _loop = loop ?? throw new ArgumentNullException(nameof(loop));

    /// <summary>Runs it in the next iteration; on a loop that is closed it does not run, and the loop's log says so.</summary>
    public override void Schedule(Action<object?> action, object? state)
    {
        ArgumentNullException.ThrowIfNull(action);
        _loop.PostFromAnywhere(action, state, null);
    }
}
