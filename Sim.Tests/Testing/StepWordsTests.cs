using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

public class StepWordsTests
{
    [Test]
    public void Times_AreThoseOfTheRun_AlsoWhereWorkIsPricedAndCostsNothing()
    {
        var priced = Run([]);
        var swap = priced.Decisions.ToList().FindLastIndex(static decision => decision is { Kind: DecisionKind.Order, Bound: > 1 });
        var run = Run([.. new int[swap], 1]);

        Assert.That(priced.PricesWork, Is.True);
        Assert.That(new StepWords(run).DescribeAll(), Has.One.StartsWith("1. At 2.000s ").And.Contain("runs ahead of"));
    }

    private static RunReport Run(IReadOnlyList<int> values) => Simulation.Run(
        async () =>
        {
            static async Task NapAsync()
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            }

            await Asyncio.GatherAsync(Asyncio.CreateTask(NapAsync, "ann"), Asyncio.CreateTask(NapAsync, "bob"));
        },
        new SimulationOptions { Strategy = new ListStrategy([.. values], pricesWork: true) });
}
