namespace Sim.Core;

/// <content>Work on other threads.</content>
public static partial class Asyncio
{
    /// <summary>
    /// Runs <paramref name="work"/> in the default executor of the running loop, asyncio's <c>to_thread</c>: as
    /// <c>RunInExecutorAsync</c>, but in the caller's execution context. What the work sets there stays there.
    /// </summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    /// <exception cref="ArgumentException"><paramref name="work"/> is a coroutine.</exception>
    /// <exception cref="ExecutorShutDownException">The default executor was shut down.</exception>
    public static Future<T> ToThreadAsync<T>(Func<T> work)
    {
        var loop = GetRunningLoop();
        EventLoopThreads.CheckWork<T>(loop, work);
        return LoopExecutors.Of(loop).Submit(work, CodeNames.OfDelegate(work), ExecutionContext.Capture(), null);
    }

    /// <inheritdoc cref="ToThreadAsync{T}(Func{T})"/>
    public static Future<ValueTuple> ToThreadAsync(Action work)
    {
        var loop = GetRunningLoop();
        EventLoopThreads.CheckWork<ValueTuple>(loop, work);
        return LoopExecutors.Of(loop).Submit(
            EventLoopThreads.WithoutResult(work), CodeNames.OfDelegate(work), ExecutionContext.Capture(), null);
    }
}
