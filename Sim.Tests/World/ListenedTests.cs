using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Somebody may listen to the events of the task library, and the runtime then wraps what it hands out: no name changes.</summary>
public class ListenedTests
{
    [Test]
    public void TraceIsTheSame_WhetherOrNotSomebodyListens()
    {
        var traces = new[] { false, true }.Select(static listened =>
            Simulation.Run(PayAllAsync, new SimulationOptions { WatchThreadPool = listened }).Trace.ToString()).ToList();
        Assert.That(traces[1], Is.EqualTo(traces[0]));
        Assert.That(traces[0], Does.Contain("goes on in PayAsync").And.Contain("goes on in BookAsync"));
    }

    [Test]
    public void CallersOfAnAwait_AreNamed_WhenSomebodyListens()
    {
        var sites = new Sites();
        Simulation.Run(PayAllAsync, new SimulationOptions { WatchThreadPool = true, Strategy = sites });
        Assert.That(sites.Stacks, Has.Some.Matches<IReadOnlyList<string>>(
            static stack => stack is [var inner, var outer, ..] && inner.StartsWith("BookAsync (", StringComparison.Ordinal)
                && outer.StartsWith("PayAsync (ListenedTests.cs:", StringComparison.Ordinal)));
    }

    // Two plain calls, of which no task is made, and what the platform awaits for them.
    private static async Task PayAllAsync() => await Task.WhenAll(PayAsync(), PayAsync());

    private static async Task PayAsync()
    {
        await BookAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Asyncio.GetRunningLoop().TimeProvider);
    }

    private static async Task BookAsync()
    {
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
    }

    private sealed class Sites : IStrategy
    {
        public List<IReadOnlyList<string>> Stacks { get; } = [];

        public string Name => "fifo";

        public void Begin()
        {
        }

        public int Decide(in DecisionPoint point) => 0;

        public void Took(in DecisionPoint point, int value) => Stacks.Add(point.AwaitSitesOf(value));
    }
}
