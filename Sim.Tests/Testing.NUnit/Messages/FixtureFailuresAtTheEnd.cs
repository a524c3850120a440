using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A fixture that cannot be torn down. No fixture of the suite: the methods carry no attribute of a test.</summary>
internal sealed class FixtureFailuresAtTheEnd
{
    private readonly List<string> _open = [];

    [TearDown]
    public async Task CloseAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        Assert.That(_open, Is.Empty, "Whatever is opened is closed.");
    }

    public async Task Acts()
    {
        await Asyncio.YieldAsync();
        _open.Add("connection 1");
    }
}
