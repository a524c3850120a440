using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A fixture that cannot be set up. No fixture of the suite: the methods carry no attribute of a test.</summary>
internal sealed class FixtureFailures
{
    [SetUp]
    public async Task ConnectAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(5));
        throw new TimeoutException("The database did not answer within 5 seconds.");
    }

    public async Task Acts() => await Asyncio.YieldAsync();
}
