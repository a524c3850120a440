using System.Diagnostics;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Activities of .NET in a simulation.</summary>
public class SimulationActivitiesTests
{
    private static readonly ActivitySource _shop = new("Shop");
    private static readonly ActivitySource _other = new("Other");

    [Test]
    public Task Activities_AreInTheTrace_WithVirtualTimes()
    {
        IReadOnlyList<SimulationActivity> ended = [];
        var run = Passes(async () =>
        {
            using var activities = SimulationActivities.Listen("Shop");
            var orders = Asyncio.CreateTask(() => OrderAsync(1), "order 1");
            await Asyncio.GatherAsync(orders, Asyncio.CreateTask(() => OrderAsync(2), "order 2"));
            ended = activities.Ended;
        });

        Assert.That(ended.Select(Describe), Is.EqualTo(new[]
        {
            "order/pay 0.000s-1.000s Unset ", "order/pay 0.000s-2.000s Error ",
            "/order 0.000s-2.000s Unset [number, 1]", "/order 0.000s-3.000s Unset [number, 2]",
        }));
        return Verify(run.Trace.ToString());
    }

    [Test]
    public void TimesAreVirtual_ForWhoReadsTheActivityToo()
    {
        Activity? seen = null;
        Passes(async () =>
        {
            using var activities = SimulationActivities.Listen();
            seen = _shop.StartActivity("order");
            await Asyncio.SleepAsync(TimeSpan.FromHours(3));
            seen!.Stop();
        });

        Assert.That(seen!.StartTimeUtc, Is.EqualTo(VirtualClock.DefaultEpoch.UtcDateTime));
        Assert.That(seen.Duration, Is.EqualTo(TimeSpan.FromHours(3)));
    }

    [Test]
    public void OtherSourcesAndOtherThreads_AreNotOurs()
    {
        Passes(async () =>
        {
            using var activities = SimulationActivities.Listen("Shop");
            Assert.That(_other.StartActivity("other"), Is.Null);
            Activity? elsewhere = null;
            var thread = new Thread(() => elsewhere = _shop.StartActivity("elsewhere"));
            thread.Start();
            while (thread.IsAlive)
            {
                // The loop may not block, and this test is of another thread.
                Thread.Yield();
            }

            await Asyncio.YieldAsync();
            Assert.That(elsewhere, Is.Null);
        });
    }

    [Test]
    public void TheCurrentActivity_FlowsAcrossAwaits_IntoTasksAndCallbacks_AndNotOutOfThem()
    {
        Passes(async () =>
        {
            using var activities = SimulationActivities.Listen("Shop");
            using var order = _shop.StartActivity("order");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            Assert.That(Activity.Current, Is.SameAs(order));
            await Task.Delay(TimeSpan.FromSeconds(1), Simulation.Current.TimeProvider);
            Assert.That(Activity.Current, Is.SameAs(order));

            Activity? inCallback = null;
            Simulation.Current.Loop.CallSoon(() => inCallback = Activity.Current);
            var inTask = await Asyncio.CreateTask(async () =>
            {
                using var pay = _shop.StartActivity("pay");
                await Asyncio.YieldAsync();
                return Activity.Current?.OperationName;
            });

            Assert.That(inTask, Is.EqualTo("pay"));
            Assert.That(inCallback, Is.SameAs(order));
            Assert.That(Activity.Current, Is.SameAs(order));
            await Simulation.Current.Loop.RunCoroutineThreadSafe(() =>
            {
                Assert.That(Activity.Current, Is.SameAs(order));
                return Task.CompletedTask;
            });
        });
    }

    private static string Describe(SimulationActivity done) =>
        $"{done.Parent}/{done.Name} {done.Start}-{done.End} {done.Status} {string.Join(',', done.Tags)}";

    private static async Task OrderAsync(int number)
    {
        using var order = _shop.StartActivity("order");
        order!.SetTag("number", number);
        using (var pay = _shop.StartActivity("pay"))
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(number));
            if (number == 2)
            {
                pay!.SetStatus(ActivityStatusCode.Error, "card refused");
            }
        }

        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
    }

    private static RunReport Passes(Func<Task> body)
    {
        var run = Simulation.Run(body);
        Assert.That(run.Failure?.Exception, Is.Null, run.Trace.ToString());
        return run;
    }
}
