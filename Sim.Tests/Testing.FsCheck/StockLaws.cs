#region stock-law
using NUnit.Framework;
using Sim.Core;
using Sim.Testing.FsCheck;

namespace Sim.Tests;

#region stock-law-alone
public class StockLaws
{
    [SimProperty]
    public async Task Stock_IsNeverNegative(byte stock, byte[] orders)
    {
        var left = (int)stock;

        async Task BuyAsync(int amount)
        {
            await Asyncio.YieldAsync(); // on the way to the shop
            if (left >= amount)
            {
                left -= amount; // no await between check and act: every order is fine
            }
        }

        await Asyncio.GatherAsync(orders.Select((amount, i) => Asyncio.CreateTask(() => BuyAsync(amount), $"buyer-{i}")));

        Assert.That(left, Is.GreaterThanOrEqualTo(0));
    }
}
#endregion
#endregion
