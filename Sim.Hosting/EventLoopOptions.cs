using Sim.Core;

namespace Sim.Hosting;

/// <summary>How <c>AddEventLoop</c> makes the loop of a host. Checked when the host starts.</summary>
public sealed class EventLoopOptions
{
    /// <summary>The name of the loop and of its thread, in messages and metrics.</summary>
    public string Name { get; set; } = "loop";

    /// <inheritdoc cref="LoopOptions.Debug"/>
    public bool Debug { get; set; }

    /// <inheritdoc cref="LoopOptions.SlowCallback"/>
    public TimeSpan SlowCallback { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc cref="LoopOptions.RefuseBlockingWaits"/>
    public bool RefuseBlockingWaits { get; set; } = true;

    /// <summary>Makes the loop, for a loop of your own; the default is one on real time, with the best poller of this platform.</summary>
    public Func<LoopOptions, EventLoop> Factory { get; set; } = Asyncio.NewEventLoop;
}
