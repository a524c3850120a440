using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

public class RunProfileTests
{
    [Test]
    public void Profile_CountsStepsChoicesTasksAndWhatIsShared()
    {
        var profile = Interleavings.Profile(Interleavings.Reorder(3));
        // Main twice and each of three tasks three times; three ends are told to gather, and main's to the loop.
        Assert.That((profile.Tasks, profile.Steps, profile.SharedResources), Is.EqualTo((4, 15L, 2)));
        Assert.That(profile.Choices, Is.EqualTo(11));
    }

    [Test]
    public void WhatOneTaskAnnounces_OrAllOnlyRead_IsNotShared()
    {
        var profile = Interleavings.Profile(static async () =>
        {
            await Asyncio.GatherAsync(
                Asyncio.CreateTask(static () => AccessAsync("own"), "one"), Asyncio.CreateTask(static () => AccessAsync("other"), "two"));
        });
        Assert.That(profile.SharedResources, Is.Zero);

        static async Task AccessAsync(string own)
        {
            await Asyncio.YieldBeforeAsync(own);
            await Asyncio.YieldBeforeAsync("settings", isWrite: false);
        }
    }

    [Test]
    public void CountingRun_IsFirstInFirstOut()
    {
        var counted = Races.Run(Interleavings.MixedAsync, new SimulationOptions { Strategy = new ProfilingStrategy() });
        Assert.That(counted.Trace.ToString(), Is.EqualTo(Races.Run(Interleavings.MixedAsync).Trace.ToString()));
        Assert.That(counted.Strategy, Is.EqualTo("fifo"));
    }

    [Test]
    public void Surw_WithNothingToSelect_IsRefused_AndItsFamilyTakesUrw()
    {
        Assert.That(static () => new SurwStrategy(1, RunProfile.Empty), Throws.ArgumentException);
        Assert.That(StrategyFamilies.Surw.Create(1, RunProfile.Empty).Name, Is.EqualTo("urw, seed 1"));
    }
}
