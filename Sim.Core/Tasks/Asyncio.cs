namespace Sim.Core;

/// <summary>
/// asyncio's free functions, under their names in .NET's casing, so that <c>asyncio.run(main())</c> and
/// <c>await asyncio.gather(t1, t2)</c> can be written down line by line. Start here. All of them act on the loop that
/// runs on this thread, except <see cref="Run(Func{Task}, Func{EventLoop}?)"/> and the two that make a loop.
/// </summary>
public static partial class Asyncio
{
    /// <summary>The loop that runs on this thread.</summary>
    /// <exception cref="NoRunningLoopException">There is none.</exception>
    public static EventLoop GetRunningLoop() => EventLoop.RequireRunning();

    /// <summary>The task that runs now, or null in a plain callback (rule 51).</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ILoopTask? CurrentTask() => TaskContext.RunningOn(GetRunningLoop())?.Task;

    /// <summary>The tasks of the running loop that have not ended, in the order of their creation.</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static IReadOnlyList<ILoopTask> AllTasks() => GetRunningLoop().AllTasks();

    /// <summary>Who awaits whom on the running loop, now; its <c>ToString</c> is meant for people.</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static CallGraph CaptureCallGraph() => CallGraph.Capture(GetRunningLoop());
}
