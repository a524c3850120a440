using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What a loop tells .NET's metrics.</summary>
public class LoopMeterTests
{
    [Test]
    public void IterationsAndCallbacks_AreCounted()
    {
        using var metered = new Metered("counted");
        using var loop = Virtual("counted", meters: true);
        var left = 10;

        void Count()
        {
            if (--left > 0)
            {
                loop.CallSoon(Count);
            }
            else
            {
                loop.CallSoon(loop.Stop);
            }
        }

        loop.CallSoon(Count);
        loop.RunForever();
        loop.CallSoon(loop.Stop);
        loop.RunForever();

        Assert.That(metered.Sum("sim.loop.iterations"), Is.EqualTo(loop.Iteration));
        // Those of the last iteration are told with the next.
        Assert.That(metered.Sum("sim.loop.callbacks"), Is.EqualTo(11));
        Assert.That(metered.Values("sim.loop.ready"), Is.All.EqualTo(1));
    }

    [Test]
    public void Lag_IsHowLateATimerIs()
    {
        using var metered = new Metered("late");
        var clock = new VirtualClock();
        using var loop = new EventLoop(clock, new VirtualPoller(clock), new LoopOptions { Name = "late", Meters = true });
        loop.CallLater(TimeSpan.FromSeconds(1), () => clock.AdvanceBy(TimeSpan.FromSeconds(2)));
        loop.CallLater(TimeSpan.FromSeconds(1.5), loop.Stop);

        loop.RunForever();

        Assert.That(metered.Values("sim.loop.lag"), Is.EqualTo(new long[] { 0, 1_500_000 }));
    }

    [Test]
    public void Batch_IsHowLongTheCallbacksOfAnIterationTook()
    {
        using var metered = new Metered("batch");
        var clock = new VirtualClock();
        using var loop = new EventLoop(clock, new VirtualPoller(clock), new LoopOptions { Name = "batch", Meters = true });
        loop.CallSoon(() => clock.AdvanceBy(TimeSpan.FromMilliseconds(3)));
        loop.CallSoon(() => clock.AdvanceBy(TimeSpan.FromMilliseconds(4)));
        loop.CallLater(TimeSpan.FromSeconds(1), loop.Stop);

        loop.RunForever();

        Assert.That(metered.Values("sim.loop.batch"), Is.EqualTo(new long[] { 7_000, 0 }));
    }

    [Test]
    public void SlowCallbacks_AreCounted_WithoutDebugMode()
    {
        using var metered = new Metered("slow");
        var clock = new VirtualClock();
        using var loop = new EventLoop(clock, new VirtualPoller(clock), new LoopOptions { Name = "slow", Meters = true });
        loop.CallSoon(() => clock.AdvanceBy(TimeSpan.FromMilliseconds(99)));
        loop.CallSoon(() => clock.AdvanceBy(TimeSpan.FromMilliseconds(100)));
        loop.CallSoon(loop.Stop);

        loop.RunForever();

        Assert.That(metered.Sum("sim.loop.slow_callbacks"), Is.EqualTo(1));
    }

    [Test]
    public void ALoopOnVirtualTime_TellsNothing_UnlessItIsAskedTo()
    {
        using var metered = new Metered("silent");
        using var loop = Virtual("silent", meters: null);
        loop.CallSoon(loop.Stop);

        loop.RunForever();

        Assert.That(metered.Sum("sim.loop.iterations"), Is.Zero);
    }

    [Test]
    public void ALoopOnRealTime_IsMetered()
    {
        using var metered = new Metered("real");
        using var loop = Asyncio.NewEventLoop(new LoopOptions { Name = "real" });
        loop.CallSoon(loop.Stop);

        loop.RunForever();

        Assert.That(metered.Sum("sim.loop.iterations"), Is.EqualTo(1));
    }

    private static EventLoop Virtual(string name, bool? meters) =>
        Asyncio.NewVirtualEventLoop(new LoopOptions { Name = name, Meters = meters });

    /// <summary>What the loop of one name tells.</summary>
    private sealed class Metered : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Instrument, long Value)> _told = new();

        public Metered(string loop)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Sim.Core")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                if (tags is [{ Key: "sim.loop.name", Value: string name }] && name == loop)
                {
                    _told.Enqueue((instrument.Name, value));
                }
            });
            _listener.Start();
        }

        public long[] Values(string instrument) => [.. _told.Where(told => told.Instrument == instrument).Select(told => told.Value)];

        public long Sum(string instrument) => Values(instrument).Sum();

        public void Dispose() => _listener.Dispose();
    }
}
