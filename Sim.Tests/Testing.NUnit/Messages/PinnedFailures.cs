using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>Tests with a pinned run that fails, or fits no more. No fixture of the suite: no method is marked as a test.</summary>
internal sealed class PinnedFailures
{
    private int _stock = 1;
    private int _sold;

    [SimReplay(
        "Sim.Tests.PinnedFailures.StockIsSoldTwice@2:0.1.bob-1.ann-1,1.1.bob-2.ann-1:2b642063:3101238bff3ab404:11.fW8Bw-KhldJRa",
        Because = "the last one was sold twice")]
    public async Task StockIsSoldTwice()
    {
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => BuyAsync(waysThere: 0), "ann"), Asyncio.CreateTask(() => BuyAsync(waysThere: 2), "bob"));

        Assert.That(_sold, Is.EqualTo(1), "What is in stock once is sold once.");
    }

    [SimReplay(
        "Sim.Tests.PinnedFailures.StockWasSoldTwice@2:0.1.bob-1.ann-1,1.1.bob-2.ann-1:2b642063:3101238bff3ab404:11.fW8Bw-KhldJRa",
        Because = "the last one was sold twice")]
    public async Task StockWasSoldTwice()
    {
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => BuyAtOnceAsync(waysThere: 0), "ann"),
            Asyncio.CreateTask(() => BuyAtOnceAsync(waysThere: 2), "carl"));

        Assert.That(_sold, Is.EqualTo(1), "What is in stock once is sold once.");
    }

    private async Task BuyAsync(int waysThere)
    {
        for (var way = 0; way < waysThere; way++)
        {
            await Asyncio.YieldAsync();
        }

        if (_stock > 0)
        {
            await Asyncio.YieldAsync();
            _stock--;
            _sold++;
        }
    }

    private async Task BuyAtOnceAsync(int waysThere)
    {
        for (var way = 0; way < waysThere; way++)
        {
            await Asyncio.YieldAsync();
        }

        if (_stock > 0)
        {
            _stock--;
            _sold++;
        }
    }
}
