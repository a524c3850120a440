using System.Threading.Tasks.Sources;

namespace Sim.Core;

/// <summary>
/// The bare yield, asyncio's <c>sleep(0)</c>: resumes in the next iteration (rule 49). It has no state, so one for each
/// loop is enough and yielding allocates nothing.
/// </summary>
internal sealed class YieldSource : IValueTaskSource, IWait
{
    private static readonly LoopLocal<YieldSource> _local = new(static loop => new YieldSource(loop));

    private readonly EventLoop _loop;

    private YieldSource(EventLoop loop) => _loop = loop;

    public static ValueTask Start(EventLoop loop) => new(_local[loop], 0);

    public ValueTaskSourceStatus GetStatus(short token)
    {
        TaskContext.CheckAwaitable(_loop, null);
        return ValueTaskSourceStatus.Pending;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var task = TaskContext.RunningOn(_loop);
        var flow = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0 ? ExecutionContext.Capture() : null;
        _loop.Enqueue(continuation, state, (LoopContext?)task ?? _loop.CallbackContext, flow);
        task?.BeginWait(this, state ?? continuation);
    }

    public void GetResult(short token) => TaskContext.RunningOn(_loop)?.EndWait(this);

    // The task is in the ready queue: there is nothing to cancel, the request is delivered when it runs (rule 52).
    public bool CancelWait() => false;

    public string DescribeWait() => "yields";
}
