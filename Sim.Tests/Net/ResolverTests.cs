using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>The resolver of this machine, and its twin.</summary>
public sealed class ResolverTests
{
    [Test]
    public void BothKnowLocalhost_AndAddressesInText()
    {
        Asyncio.Run(static () => AskAsync(new SystemResolver(Asyncio.GetRunningLoop())));
        Asyncio.Run(static () => AskAsync(new VirtualResolver(Asyncio.GetRunningLoop())), static () => Asyncio.NewVirtualEventLoop());
    }

    /// <summary>The system is asked elsewhere, and who gives up does not wait for it; what it says then is told to nobody.</summary>
    [Test]
    public void WhoGivesUp_DoesNotWaitForTheSystem()
    {
        var log = new List<string>();
        using (var loop = Asyncio.NewEventLoop(new LoopOptions { Log = log.Add }))
        {
            var executor = new LateExecutor();
            var resolver = new SystemResolver(loop, executor);
            loop.RunUntilComplete(async () =>
            {
                using var source = new CancellationTokenSource();
                var byToken = Asyncio.CreateTask(async () => await resolver.ResolveAsync("no..name", cancellationToken: source.Token));
                var byTask = Asyncio.CreateTask(async () => await resolver.ResolveAsync("localhost"));
                await Asyncio.YieldAsync();
                source.Cancel();
                byTask.Cancel();
                await Asyncio.WaitAsync([byToken, byTask]);
                Assert.That(byToken.IsCancelled && byTask.IsCancelled);
                Assert.That(executor.Works, Has.Count.EqualTo(2));
                executor.Works.ForEach(static work => work());
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(20));
            });
        }

        Assert.That(log, Is.Empty);
    }

    /// <summary>Whose answer comes first is drawn.</summary>
    [Test]
    public void Lookups_TakeADrawnTime()
    {
        var orders = Enumerable.Range(0, 20).Select(static seed =>
        {
            IStrategy strategy = seed == 0 ? new FifoStrategy() : new RandomStrategy(seed);
            var report = Simulation.Run(
                static async () =>
                {
                    var names = new VirtualResolver(Simulation.Current.Loop);
                    names.Set("a", IPAddress.Loopback);
                    names.Set("b", IPAddress.IPv6Loopback);
                    var lookups = new[] { "a", "b" }.Select(host => Asyncio.CreateTask(async () =>
                    {
                        await names.ResolveAsync(host);
                        Simulation.Current.Note(host);
                        return host;
                    }));
                    await Asyncio.GatherAsync([.. lookups]);
                },
                new SimulationOptions { Strategy = strategy });
            Assert.That(report.Failure?.Message, Is.Null);
            return string.Concat(report.Trace.Events.Where(static e => e.Kind == TraceEventKind.Note).Select(static e => e.Text));
        }).ToList();
        Assert.That(orders[0], Is.EqualTo("\"a\"\"b\""));
        Assert.That(orders.Distinct().Count(), Is.EqualTo(2));
    }

    private static async Task AskAsync(IResolver resolver)
    {
        Assert.That(await resolver.ResolveAsync("LocalHost", AddressFamily.InterNetwork), Is.EqualTo((IPAddress[])[IPAddress.Loopback]));
        Assert.That(await resolver.ResolveAsync("localhost"), Has.Some.EqualTo(IPAddress.Loopback));
        Assert.That(await resolver.ResolveAsync("::1"), Is.EqualTo((IPAddress[])[IPAddress.IPv6Loopback]));
        NetworkException? found = null;
        try
        {
            await resolver.ResolveAsync("no..name");
        }
        catch (NetworkException error)
        {
            found = error;
        }

        Assert.That(found?.Error, Is.EqualTo(SocketError.HostNotFound));
        Assert.That(found?.Message, Does.StartWith("Looking up \"no..name\" failed").And.Contain("nobody knows that name"));
    }

    /// <summary>An executor that gets to it when it is told to.</summary>
    private sealed class LateExecutor : IExecutor
    {
        public List<Action> Works { get; } = [];

        public void Submit(Action work) => Works.Add(work);
    }
}
