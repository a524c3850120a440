using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Coroutines from elsewhere, by name, and awaited on the loop itself.</summary>
public class NamedCoroutineTests
{
    [Test]
    public void TheTask_HasTheNameThatItWasGiven()
    {
        var name = "";
        Asyncio.Run(
            async () => await Asyncio.GetRunningLoop().RunCoroutineThreadSafe(
                () =>
                {
                    name = Asyncio.CurrentTask()!.Name;
                    return Task.CompletedTask;
                },
                "order 7"),
            () => Asyncio.NewVirtualEventLoop());

        Assert.That(name, Is.EqualTo("order 7"));
    }

    [Test]
    public void WaitedForOnTheLoop_ItStaysThere_ThroughCombinatorsToo()
    {
        // Sealed: whatever came back by way of the thread pool would fail the run.
        var run = World.Simulation.Run(async () =>
        {
            var loop = Asyncio.GetRunningLoop();
            using var never = new CancellationTokenSource();
            var first = loop.RunCoroutineThreadSafe(() => Asyncio.SleepAsync(TimeSpan.FromSeconds(1)), never.Token);
            var second = loop.RunCoroutineThreadSafe(async () => await Asyncio.SleepAsync(TimeSpan.FromSeconds(2)), "second", never.Token);
            await Task.WhenAll(first.WaitAsync(never.Token), second.WaitAsync(TimeSpan.FromHours(1), loop.TimeProvider));
            Assert.That(loop.IsOnLoopThread, Is.True);
        });

        Assert.That(run.Failure?.Exception, Is.Null);
        Assert.That(run.VirtualTime, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }
}
