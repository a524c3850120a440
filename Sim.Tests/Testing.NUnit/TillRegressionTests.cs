using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class TillRegressionTests
{
    #region pinned
    [SimTest(Runs = 100)]
    [SimReplay(
        "Sim.Tests.TillRegressionTests.TheLastOne_IsSoldOnce@2:0.1.bob-1.ann-1,1.1.bob-2.ann-1:2b642063:3101238bff3ab404:11.fW8Bw-KhldJRa",
        Because = "the last one was sold twice")]
    public async Task TheLastOne_IsSoldOnce()
    {
        var till = new Till(stock: 1);
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => till.SellAsync(1, steps: 0), "ann"),
            Asyncio.CreateTask(() => till.SellAsync(1, steps: 2), "bob"));

        Assert.That(till.Sold, Is.EqualTo(1));
    }
    #endregion
}
