namespace Sim.Core;

/// <summary>What an event loop knows of processes. They are started with <c>Asyncio.CreateSubprocessExecAsync</c>.</summary>
public static class EventLoopProcesses
{
    /// <summary>
    /// Makes <paramref name="starter"/> the one that starts processes for this loop. Without it that is the operating system, or, on
    /// a loop that was made for virtual time, <see cref="VirtualProcesses"/> without any program. Loop thread only.
    /// </summary>
    public static void SetProcessStarter(this EventLoop loop, IProcessStarter starter)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(starter);
        loop.CheckOpen();
        loop.CheckThread();
        LoopProcesses.Of(loop).Starter = starter;
    }
}
