using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>How much of the schedules a campaign has seen, and when that is enough.</summary>
public sealed class CampaignCoverageTests
{
    /// <summary>Two tasks of three steps each on one variable: every interleaving is a class of its own, and there are 20.</summary>
    private static Scenario Shared { get; } = new("shared", static async () =>
    {
        await Asyncio.GatherAsync<ValueTuple>(Asyncio.CreateTask(WriteAsync, "alice"), Asyncio.CreateTask(WriteAsync, "bob"));

        static async Task WriteAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                await Asyncio.YieldBeforeAsync("balance", isWrite: true);
            }
        }
    });

    [Test]
    public void IndependentSteps_AreOneClass()
    {
        var report = Campaign.Run(Races.Turns, new CampaignOptions { Runs = 200 });
        Assert.That(report.DistinctSchedules, Is.GreaterThan(50));
        Assert.That(report.Coverage, Is.EqualTo(new CampaignCoverage(100, 1, 0, 0)));
    }

    [Test]
    public void ConflictingSteps_AreClassesOfTheirOwn_WhoeverCounts()
    {
        var options = new CampaignOptions { Runs = 2_000 };
        var reports = new[] { 1, 3 }.Select(workers => Campaign.Run(Shared, options with { Workers = workers })).ToList();
        Assert.That(reports[0].Coverage, Is.EqualTo(reports[1].Coverage));
        Assert.That((reports[0].Coverage!.Value.Classes, reports[0].Coverage!.Value.HandOvers), Is.EqualTo((20L, 2L)));
    }

    [Test]
    public void WhenAllIsSeen_TheCampaignMayEnd_AndHolds()
    {
        var options = new CampaignOptions { Runs = 100_000, StopWhenCovered = true };
        var reports = new[] { 1, 3 }.Select(workers => Campaign.Run(Shared, options with { Workers = workers })).ToList();
        Assert.That(reports.Select(static report => (report.IsCovered, report.Runs)).Distinct(), Has.Exactly(1).Items);
        Assert.That((reports[0].IsCovered, reports[0].Runs), Is.EqualTo((true, 1_024)));
        var outcome = new CampaignOutcome(reports[0], options, TimeSpan.Zero);
        Assert.That(outcome.Verdict, Is.EqualTo(CampaignVerdict.Holds));
        Assert.That(CampaignText.Line(outcome), Does.Match(
            @"^shared holds: 1024 runs, \d+ distinct schedules in 20 happens-before classes with 2 hand-overs, .*"
            + "; enough: one more run shows something new with a chance of at most 1 in 1000$"));
    }

    [Test]
    public void WhileNewOnesAreFound_TheCampaignGoesOn()
    {
        // Every draw is a class of its own: there is always more to see.
        var endless = new Scenario("endless", static async () =>
        {
            Simulation.Current.Draw("a number", 1_000_000_000);
            await Asyncio.YieldAsync();
        });
        var report = Campaign.Run(endless, new CampaignOptions { Runs = 3_000, StopWhenCovered = true });
        Assert.That((report.IsCovered, report.Runs, report.Held), Is.EqualTo((false, 3_000, true)));
    }

    [Test]
    public void WhatIsNotCounted_IsNotTold()
    {
        var options = new CampaignOptions { Runs = 20, CountsCoverage = false };
        var report = Campaign.Run(Shared, options);
        Assert.That(report.Coverage, Is.Null);
        Assert.That(CampaignText.Line(new CampaignOutcome(report, options, TimeSpan.Zero)), Does.Not.Contain("class"));
        Assert.That(() => Campaign.Run(Shared, options with { StopWhenCovered = true }), Throws.TypeOf<ScenarioException>());
    }

    [TestCase(1_024, 1, true)]
    [TestCase(1_024, 2, false)]
    [TestCase(2_048, 2, true)]
    [TestCase(768, 0, false)]
    [TestCase(1_025, 0, false)]
    public void Enough_IsAChanceOfOneInAThousand_LookedAtEvery256Runs(int runs, int seenOnce, bool isEnough) =>
        Assert.That(new CampaignCoverage(runs, 100, seenOnce, 0).IsEnough, Is.EqualTo(isEnough));
}
