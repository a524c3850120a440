using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Tests that fail by what they compute. No fixture of the suite: the methods carry no attribute.</summary>
internal sealed class RaceFailures
{
    private int _stock = 1;
    private int _sold;

    public async Task StockIsSoldTwice()
    {
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => BuyAsync(waysThere: 0), "ann"), Asyncio.CreateTask(() => BuyAsync(waysThere: 2), "bob"));

        Assert.That(_sold, Is.EqualTo(1), "What is in stock once is sold once.");
    }

    public async Task SeveralThingsAreWrong()
    {
        await Asyncio.SleepAsync(TimeSpan.FromMinutes(5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_sold, Is.EqualTo(1), "sold");
            Assert.That("a shopkeeper", Does.StartWith("the"), "who sells");
            Assert.That(new[] { 1, 2, 3 }, Is.EqualTo(new[] { 1, 3, 2 }));
        }
    }

    public async Task SumIsWrong()
    {
        var sums = await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => AddAsync(1, 2), "small"), Asyncio.CreateTask(() => AddAsync(30, 40), "large"));

        Assert.That(sums, Is.EqualTo(new[] { 3, 80 }));
    }

    public async Task NobodyAwaitsTheMail()
    {
        _ = Asyncio.CreateTask(SendMailAsync, "mail");
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task SendMailAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));
        throw new IOException("The mail server does not answer.");
    }

    private static async Task<int> AddAsync(int a, int b)
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(a));
        return a + b;
    }

    private async Task BuyAsync(int waysThere)
    {
        for (var way = 0; way < waysThere; way++)
        {
            await Asyncio.YieldAsync();
        }

        if (_stock > 0)
        {
            await PayAsync();
            _stock--;
            _sold++;
        }
    }

    private static async Task PayAsync() => await Asyncio.YieldAsync();
}
