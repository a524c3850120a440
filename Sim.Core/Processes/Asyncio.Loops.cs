using Sim.Clock;

namespace Sim.Core;

/// <content>Making loops, with all that belongs to them: so it lies right of all the rest.</content>
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
        loop.SetProcessStarter(new VirtualProcesses());
        return loop;
    }

    private static LoopOptions OnRealTime(LoopOptions options) =>
        options with { ReportLostFailuresEarly = options.ReportLostFailuresEarly ?? true, Meters = options.Meters ?? true };
}
