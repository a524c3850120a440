using NUnit.Framework;
using Sim.Core;
using Sim.Testing.NUnit;

namespace Sim.Tests;

#region fixture
[SimTests(Runs = 100, TimeLimit = "1h")]
public class TillTests
{
    private readonly Till _till = new(stock: 1); // a new fixture for every run

    [SetUp]
    public async Task OpenAsync() => await Asyncio.SleepAsync(TimeSpan.FromMinutes(5)); // inside the simulation

    [SimTest]
    [TestCase(1, ExpectedResult = true)]
    [TestCase(2, ExpectedResult = false)]
    public async Task<bool> OnlyWhatIsThere_IsSold(int count) => await _till.SellAsync(count, steps: 0);

    [SimTest(Exhaustive = true)]
    public async Task TheLastOne_IsSoldOnce_WhateverTheOrder()
    {
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => _till.SellAsync(1, steps: 0), "ann"),
            Asyncio.CreateTask(() => _till.SellAsync(1, steps: 2), "bob"));

        Assert.That(_till.Sold, Is.EqualTo(1));
    }
}
#endregion
