using NUnit.Framework;
using Sim.Core;
using Sim.Testing.NUnit;

namespace Sim.Tests;

#region stock
public class StockTests
{
    [SimTest(Runs = 200)]
    public async Task Stock_IsNeverNegative()
    {
        var stock = 1;

        async Task BuyAsync(int hops)
        {
            for (var hop = 0; hop < hops; hop++)
            {
                await Asyncio.YieldAsync(); // on the way to the shop
            }

            if (stock > 0)
            {
                stock--; // no await between check and act: every order is fine
            }
        }

        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => BuyAsync(hops: 1), "ann"),
            Asyncio.CreateTask(() => BuyAsync(hops: 3), "bob"));

        Assert.That(stock, Is.Zero);
    }
}
#endregion
