using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>What docs/exploration.md shows, as it stands there.</summary>
public class ExplorationTests
{
    #region tagging
    private sealed class Till
    {
        private int _stock = 1;

        public int Sold { get; private set; }

        public async Task SellAsync()
        {
            Asyncio.GetRunningLoop().Touch("stock", isWrite: false); // this step reads it: no await
            if (_stock > 0)
            {
                await Asyncio.YieldBeforeAsync("stock"); // the next one changes it, and others may come first
                _stock--;
                Sold++;
            }
        }
    }
    #endregion

    [Test]
    public void ATaggedTill_IsFoundBySearchingAndByMakingAllSchedules()
    {
        #region campaign
        var scenario = new Scenario("till", async () =>
        {
            var till = new Till();
            await Asyncio.GatherAsync(till.SellAsync, async () =>
            {
                await Asyncio.YieldAsync(); // comes a little later
                await Asyncio.YieldAsync();
                await till.SellAsync();
            });
            if (till.Sold > 1)
            {
                throw new InvalidOperationException("The last one was sold twice.");
            }
        });

        var searched = Campaign.Run(scenario, new CampaignOptions { Runs = 1_000, Strategy = StrategyFamilies.Parse("surw") });
        var all = Campaign.Run(scenario, new CampaignOptions { Runs = 1_000, Exhaustive = new ExhaustiveOptions() });
        #endregion

        Assert.That(scenario.Run(new FifoStrategy()).Passed);
        Assert.That((searched.Held, all.Held), Is.EqualTo((false, false)));
        Assert.That(searched.Replay, Is.Not.Null);
    }
}
