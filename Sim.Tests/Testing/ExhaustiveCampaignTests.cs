using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>A campaign that makes every schedule, and what it comes to.</summary>
public sealed class ExhaustiveCampaignTests
{
    private static readonly CampaignOptions _all = new() { Runs = 1_000, Exhaustive = new ExhaustiveOptions() };

    [Test]
    public void EveryScheduleThatHolds_IsAProof()
    {
        var outcome = Explore(new Scenario("writers", WriteThreeTimesAsync), _all);

        var search = outcome.Report.Search!;
        Assert.That((outcome.Verdict, search.IsComplete, search.Classes), Is.EqualTo((CampaignVerdict.Holds, true, 6L)));
        Assert.That(outcome.Report.Runs, Is.EqualTo(search.Executions + search.Abandoned));
    }

    [Test]
    public void PlantedBug_ThatNoScheduleHas_IsMissed() => Assert.That(
        Explore(new Scenario("writers", WriteThreeTimesAsync) { MustFail = "it does not" }, _all).Verdict,
        Is.EqualTo(CampaignVerdict.PlantedBugMissed));

    [Test]
    public void Cap_LeavesItOpen()
    {
        Assert.That(
            Explore(new Scenario("writers", WriteThreeTimesAsync), _all with { Runs = 3 }).Verdict, Is.EqualTo(CampaignVerdict.Unfinished));
        Assert.That(
            Explore(new Scenario("writers", WriteThreeTimesAsync) { MustFail = "it does not" }, _all with { Runs = 3 }).Verdict,
            Is.EqualTo(CampaignVerdict.PlantedBugMissed));
    }

    [Test]
    public void Interrupted_IsUndecided()
    {
        using var interrupted = new CancellationTokenSource();
        var report = Campaign.Run(
            new Scenario("writers", WriteThreeTimesAsync), _all, figures => StopAfterTwo(figures.Runs), interrupted.Token);

        Assert.That(report.Runs, Is.EqualTo(2));
        Assert.That(new CampaignOutcome(report, _all, TimeSpan.Zero).Verdict, Is.EqualTo(CampaignVerdict.Interrupted));

        void StopAfterTwo(int runs)
        {
            if (runs == 2)
            {
                interrupted.Cancel();
            }
        }
    }

    /// <summary>The last of the schedules loses an error: the run that lost it is found again and told.</summary>
    [Test]
    public void ErrorThatIsLostUnderOneScheduleOnly_IsFound()
    {
        var report = Campaign.Run(new Scenario("lost", LoseIfReversedAsync), _all);

        Assert.That(report.Found?.Failure?.Exception, Is.TypeOf<LostErrorException>());
        Assert.That(ReplayReport.Make(report.Scenario, report.Replay!).Run.Failure?.Exception, Is.TypeOf<LostErrorException>());
    }

    [Test]
    public void BoundWithAReduction_IsRefused() => Assert.That(
        () => Campaign.Run(
            new Scenario("writers", WriteThreeTimesAsync), _all with { Exhaustive = new ExhaustiveOptions { Preemptions = 1 } }),
        Throws.TypeOf<ScenarioException>());

    private static CampaignOutcome Explore(Scenario scenario, CampaignOptions options) =>
        new(Campaign.Run(scenario, options), options, TimeSpan.Zero);

    private static async Task WriteThreeTimesAsync()
    {
        await Asyncio.GatherAsync(WriteAsync, WriteAsync, WriteAsync);

        static async Task WriteAsync() => await Asyncio.YieldBeforeAsync("x");
    }

    private static async Task LoseIfReversedAsync()
    {
        var order = "";
        await Asyncio.GatherAsync(() => AddAsync("a"), () => AddAsync("b"), () => AddAsync("c"));
        if (order == "cba")
        {
            _ = FailAsync();
        }

        async Task AddAsync(string letter)
        {
            await Asyncio.YieldBeforeAsync("order");
            order += letter;
        }

        static async Task FailAsync()
        {
            await Task.CompletedTask;
            throw new FormatException("late");
        }
    }
}
