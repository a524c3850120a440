using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

public class PinnedRunTests
{
    [Test]
    public void PinnedRunThatFails_IsToldBeforeAnythingElse_Explained()
    {
        var report = Campaign.Run(Store(holds: false) with { Pinned = [new(Line(), "the order of writes")] });

        Assert.That((report.Held, report.Runs, report.FromPin?.Because), Is.EqualTo((false, 1, "the order of writes")));
        Assert.That(report.Explanation, Is.Not.Null);
        Assert.That(FailureText.Of(report, "Folder"), Does.StartWith(
            "store fails again, in the run that is pinned because the order of writes, at 0.000s of virtual time in task main:"));
        Assert.That(
            CampaignText.Line(new CampaignOutcome(report, new CampaignOptions(), TimeSpan.Zero)),
            Does.Contain("FAILS again, in a run that is pinned"));
    }

    [Test]
    public void PinnedRunThatHoldsAndFits_IsOneRun()
    {
        var runs = 0;
        var mended = Store(holds: true);
        var counted = mended with { Body = () => Count(mended.Body) };
        Campaign.Run(counted);
        var without = runs;
        runs = 0;

        var report = Campaign.Run(counted with { Pinned = [new(Line())] });

        Assert.That((report.Held, report.PinnedMisfits.Count, runs - without), Is.EqualTo((true, 0, 1)));

        Task Count(Func<Task> body)
        {
            runs++;
            return body();
        }
    }

    [Test]
    public void PinnedRunThatNoLongerFits_IsTold()
    {
        var renamed = Store(holds: true, late: "tardy");

        var report = Campaign.Run(renamed with { Pinned = [new(Line(), "the order of writes")] });

        Assert.That(report.Held, Is.True);
        Assert.That(report.PinnedMisfits.Single(), Does.StartWith(
            "A pinned run (the order of writes) no longer guards anything: it holds, and ").And.Contain("there is no task late any more"));
        Assert.That(CampaignText.Notes(report), Does.Contain("no longer guards anything"));
    }

    [Test]
    public void ScenarioThatMustFail_MakesNoPinnedRun()
    {
        var report = Campaign.Run(Store(holds: true) with { MustFail = "a bug", Pinned = [new(Line())] });

        Assert.That((report.Held, report.FromPin), Is.EqualTo((true, (PinnedRun?)null)));
    }

    [Test]
    public void PinsOnAScenario_AreRead()
    {
        var pinned = new ScenarioAttribute().MakeScenario(typeof(Pinning).GetMethod(nameof(Pinning.Acts))!).Pinned;

        Assert.That(pinned.Single().Because, Is.EqualTo("why"));
        Assert.That(
            () => Campaign.Run(Store(holds: true) with { Pinned = [new("nonsense")] }),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("is not a replay line"));
    }

    private static string Line() => $"{Campaign.Run(Store(holds: false), new CampaignOptions { Runs = 100 }).Replay}";

    private static Scenario Store(bool holds, string late = "late") => new("store", async () =>
    {
        var stored = "";
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => WriteAsync("1"), "early"), Asyncio.CreateTask(() => WriteAsync("2"), late));
        if (!holds && stored != "12")
        {
            throw new InvalidOperationException($"{stored} is stored.");
        }

        async Task WriteAsync(string text)
        {
            await Asyncio.YieldAsync();
            stored += text;
        }
    });

    private static class Pinning
    {
        [SimReplay("Acts@2::01234567:0123456789abcdef", Because = "why")]
        public static async Task Acts() => await Asyncio.YieldAsync();
    }
}
