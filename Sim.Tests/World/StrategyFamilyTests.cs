using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>What holds for every strategy.</summary>
public class StrategyFamilyTests
{
    private static readonly string[] _names =
    [
        "fifo", "random", "round-robin", "pct", "pct:1", "pct:3", "pos", "urw", "surw", "delay", "delay:0", "delay:4", "starve",
        "portfolio",
    ];

    [TestCaseSource(nameof(_names))]
    public void Seed_GivesTheDecisions_WhateverRanBefore(string name)
    {
        var family = StrategyFamilies.Parse(name);
        var profile = Interleavings.Profile(Interleavings.MixedAsync);
        var upward = Enumerable.Range(1, 60).Select(seed => Hash(family.Create(seed, profile))).ToArray();
        var downward = Enumerable.Range(1, 60).Reverse().Select(seed => Hash(family.Create(seed, profile))).Reverse().ToArray();
        Assert.That(downward, Is.EqualTo(upward));

        static ulong Hash(IStrategy strategy) => Interleavings.Run(Interleavings.MixedAsync, strategy).ScheduleHash;
    }

    [TestCaseSource(nameof(_names))]
    public void Instance_StartsAnewWithEachRun(string name)
    {
        var profile = Interleavings.Profile(Interleavings.MixedAsync);
        for (var seed = 1; seed <= 12; seed++)
        {
            var strategy = StrategyFamilies.Parse(name).Create(seed, profile);
            var first = Interleavings.Run(Interleavings.MixedAsync, strategy).ScheduleHash;
            Interleavings.Run(Interleavings.Reorder(5), strategy);
            Assert.That(Interleavings.Run(Interleavings.MixedAsync, strategy).ScheduleHash, Is.EqualTo(first));
        }
    }

    [TestCaseSource(nameof(_names))]
    public void Decisions_TakenFromAList_GiveTheSameRun(string name)
    {
        var profile = Interleavings.Profile(Interleavings.MixedAsync);
        for (var seed = 1; seed <= 12; seed++)
        {
            var made = Races.Run(Interleavings.MixedAsync, new SimulationOptions { Strategy = StrategyFamilies.Parse(name).Create(seed, profile) });
            var listed = Races.Run(
                Interleavings.MixedAsync,
                new SimulationOptions { Strategy = made.ToStrategy() });
            Assert.That(listed.Trace.ToString(), Is.EqualTo(made.Trace.ToString()));
            Assert.That(listed.ScheduleHash, Is.EqualTo(made.ScheduleHash));
        }
    }

    [TestCaseSource(nameof(_names))]
    public void WithoutAProfile_EveryStrategyGetsAlong(string name)
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var strategy = StrategyFamilies.Parse(name).Create(seed, RunProfile.Empty);
            Assert.That(Interleavings.Run(Interleavings.MixedAsync, strategy).Failure, Is.Null);
        }
    }

    [TestCaseSource(nameof(_names))]
    public void WithTheProfileOfAnotherScenario_EveryStrategyGetsAlong(string name)
    {
        var other = Interleavings.Profile(Interleavings.Reorder(4));
        for (var seed = 1; seed <= 12; seed++)
        {
            var strategy = StrategyFamilies.Parse(name).Create(seed, other);
            Assert.That(Interleavings.Run(Interleavings.MixedAsync, strategy).Failure, Is.Null);
        }
    }

    [TestCaseSource(nameof(_names))]
    public void Poller_DoesNotKeepTheAwaitedTaskFromItsTurn(string name)
    {
        var profile = Interleavings.Profile(PollAsync);
        for (var seed = 1; seed <= 200; seed++)
        {
            var report = Interleavings.Run(PollAsync, StrategyFamilies.Parse(name).Create(seed, profile));
            Assert.That(report.Failure, Is.Null);
            Assert.That(report.Steps, Is.LessThan(20_000));
        }
    }

    [TestCaseSource(nameof(_names))]
    public void Name_IsParsedToTheFamily(string name) => Assert.That(StrategyFamilies.Parse(name).Name, Is.EqualTo(name));

    [TestCase("pct:0")]
    [TestCase("pct:-1")]
    [TestCase("pct:1000")]
    [TestCase("delay:")]
    [TestCase("Random")]
    [TestCase("")]
    public void NameOfNoFamily_IsRefused_WithThoseThatThereAre(string name) =>
        Assert.That(
            () => StrategyFamilies.Parse(name),
            Throws.TypeOf<FormatException>().With.Message.EqualTo($"'{name}' is not a strategy: there are {StrategyFamilies.Names}."));

    [Test]
    public void Portfolio_TakesItsMembersInTurn()
    {
        var profile = Interleavings.Profile(Interleavings.Reorder(3));
        var names = Enumerable.Range(1, 7).Select(seed => StrategyFamilies.Portfolio.Create(seed, profile).Name.Split(':', ',')[0]);
        Assert.That(names, Is.EqualTo((string[])["random", "surw", "pct", "urw", "starve", "pos", "delay"]));
    }

    [Test]
    public void DepthAndDelays_AreDrawnAnewForEachSeed()
    {
        Assert.That(Names(StrategyFamilies.Pct()), Is.EqualTo((string[])["pct:2", "pct:3", "pct:5", "pct:9"]));
        Assert.That(Names(StrategyFamilies.Delay()), Is.EqualTo((string[])["delay:1", "delay:2", "delay:3", "delay:5"]));

        static IEnumerable<string> Names(IStrategyFamily family) => Enumerable.Range(1, 50)
            .Select(seed => family.Create(seed, RunProfile.Empty).Name.Split(',')[0]).Distinct().Order(StringComparer.Ordinal);
    }

    // Two that poll, one without a word and one by announced reads, and the one that they wait for.
    private static async Task PollAsync()
    {
        var isDone = false;
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(
                async () =>
                {
                    while (!isDone)
                    {
                        await Asyncio.YieldAsync();
                    }
                },
                "silent"),
            Asyncio.CreateTask(
                async () =>
                {
                    while (!isDone)
                    {
                        await Asyncio.YieldBeforeAsync("done", isWrite: false);
                    }
                },
                "reader"),
            Asyncio.CreateTask(
                async () =>
                {
                    await Interleavings.WriteAsync('x', 5);
                    await Asyncio.YieldBeforeAsync("done");
                    isDone = true;
                },
                "worker"));
    }
}
