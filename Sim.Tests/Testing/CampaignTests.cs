using NUnit.Framework;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

public class CampaignTests
{
    private static readonly CampaignOptions _many = new() { Runs = 300 };
    private static int _calls;

    [Test]
    public void ScenarioThatHolds_MakesAllRuns_WithManySchedules()
    {
        var told = new List<int>();
        var report = Campaign.Run(Races.Turns, _many with { Runs = 50 }, figures => told.Add(figures.Runs));
        Assert.That((report.Held, report.AsExpected, report.Runs, report.Replay), Is.EqualTo((true, true, 50, (ReplayLine?)null)));
        Assert.That(report.DistinctSchedules, Is.GreaterThan(25));
        Assert.That(told, Is.EqualTo(Enumerable.Range(1, 50)));
    }

    [Test]
    public void Race_IsFound_ShrunkAndReplayable()
    {
        var report = Campaign.Run(Races.Account, _many);
        Assert.That((report.Held, report.AsExpected, report.Found!.Failure!.Kind), Is.EqualTo((false, false, FailureKind.Exception)));
        Assert.That(report.FoundSeed, Is.EqualTo(report.Runs - 1));
        Assert.That(report.Shrunk!.Script.Count, Is.LessThanOrEqualTo(report.Found.Script.Count));
        var replay = ReplayReport.Make(Races.Account, report.Replay!);
        Assert.That((replay.IsIdentical, replay.Run.Passed), Is.EqualTo((true, false)));
    }

    [Test]
    public void PlantedBug_IsAsExpectedWhenFound_AndNotWhenMissed()
    {
        Assert.That(Campaign.Run(Races.Account with { MustFail = "A check, an await, an act." }, _many).AsExpected, Is.True);
        Assert.That(Campaign.Run(Races.Turns with { MustFail = "Nothing, in truth." }, _many with { Runs = 5 }).AsExpected, Is.False);
    }

    [Test]
    public void NondeterministicRun_IsNeverAsExpected_AndHasNoReplay()
    {
        _calls = 0;
        var scenario = new Scenario("static", static () =>
        {
            Simulation.Current.Note($"call {_calls++}");
            return Task.CompletedTask;
        });
        var report = Campaign.Run(scenario with { MustFail = "A static is left behind." });
        Assert.That((report.Found?.Failure?.Kind, report.AsExpected, report.Replay, report.ShrinkRuns), Is.EqualTo(((FailureKind?)FailureKind.Nondeterministic, false, (ReplayLine?)null, 0)));
    }

    [Test]
    public void FailureThatDoesNotRepeat_IsNondeterministic_NotAFinding()
    {
        _calls = 0;
        var scenario = new Scenario("once", static () => _calls++ == 0 ? throw new ArithmeticException("Once.") : Task.CompletedTask);
        Assert.That(Campaign.Run(scenario).Found?.Failure?.Kind, Is.EqualTo(FailureKind.Nondeterministic));
    }

    [Test]
    public void FailureOfARunWithoutARecord_IsMadeAgainToTellIt()
    {
        var report = Campaign.Run(Races.Account, _many with { CheckEvery = 1_000, Strategy = StrategyFamilies.Pct(2) });
        Assert.That(report.Found!.Strategy, Is.EqualTo($"pct:2, seed {report.FoundSeed}"));
        Assert.That(report.FoundSeed, Is.GreaterThan(0));
        Assert.That(report.Found.Trace.ToString(), Does.Contain("FAILS: InvalidOperationException"));
        Assert.That(ReplayReport.Make(Races.Account, report.Replay!).IsIdentical, Is.True);
    }

    [Test]
    public void FailureOfARunWithoutARecord_ThatDoesNotRepeat_IsToldByItsOutcome()
    {
        _calls = 0;
        // The first run and its 16 repetitions hold, and the next one fails.
        var scenario = new Scenario("later", static () => _calls++ == 17 ? throw new ArithmeticException("Once.") : Task.CompletedTask);
        var found = Campaign.Run(scenario, _many).Found!;
        Assert.That(found.Failure!.Kind, Is.EqualTo(FailureKind.Nondeterministic));
        Assert.That(found.Failure.Exception.Message, Does.StartWith(
            "The same decisions gave two different runs:\n    one run:     failed at 0.000s: ArithmeticException: Once.\n    the other:   held\n"));
    }

    [Test]
    public void Schedules_AreDistinct_WhenTheirDecisionsAre()
    {
        Assert.That(Campaign.Run(Races.Turns, _many with { Strategy = StrategyFamilies.Fifo }).DistinctSchedules, Is.EqualTo(1));
        // A hundred lists of decisions, counted by their text in runs with a record.
        var texts = Enumerable.Range(0, 100).Select(static seed => Races.Turns.Run(Campaign.StrategyOf(Races.Turns, seed)).Script.ToString());
        Assert.That(Campaign.Run(Races.Turns, _many with { Runs = 100 }).DistinctSchedules, Is.EqualTo(texts.Distinct().Count()));
    }

    [Test]
    public void EscapedWork_IsNeverAsExpected()
    {
        var scenario = new Scenario("escape", static async () => await Task.Run(static () => 1)) { MustFail = "Work leaves the loop." };
        var report = Campaign.Run(scenario);
        Assert.That((report.Found?.Failure?.Kind, report.AsExpected), Is.EqualTo(((FailureKind?)FailureKind.Escaped, false)));
    }

    [Test]
    public void SeedOfARun_IsTheFirstSeedPlusItsNumber()
    {
        var all = Campaign.Run(Races.Account, _many);
        var alone = Campaign.Run(Races.Account, new CampaignOptions { Seed = all.FoundSeed });
        Assert.That((alone.Runs, alone.FoundSeed), Is.EqualTo((1, all.FoundSeed)));
        Assert.That(alone.Found!.Trace.Hash, Is.EqualTo(all.Found!.Trace.Hash));
    }

    [Test]
    public void SeedZero_IsFirstInFirstOut()
    {
        Assert.That(Campaign.StrategyOf(Races.Turns, 0).Name, Is.EqualTo("fifo"));
        Assert.That(Campaign.StrategyOf(Races.Turns, 1).Name, Is.EqualTo("random, seed 1"));
    }

    [Test]
    public void Cancellation_EndsTheCampaign_AfterTheCurrentRun()
    {
        using var source = new CancellationTokenSource();
        var report = Campaign.Run(Races.Turns, _many, figures => Stop(figures.Runs), source.Token);
        Assert.That((report.Runs, report.Held), Is.EqualTo((3, true)));

        void Stop(int runs)
        {
            if (runs == 3)
            {
                source.Cancel();
            }
        }
    }

    [Test]
    public void OptionsThatMakeNoSense_AreRefusedByName()
    {
        AssertRefused(new CampaignOptions { Runs = 0 }, "Runs is 0, but must be at least 1.");
        AssertRefused(new CampaignOptions { Seed = -1 }, "Seed is -1, but must be 0 or more.");
        AssertRefused(new CampaignOptions { Seed = long.MaxValue }, "Seed is 9223372036854775807, but must be small enough to count up from.");
        AssertRefused(new CampaignOptions { Repetitions = -1 }, "Repetitions is -1, but must be 0 or more.");
        AssertRefused(new CampaignOptions { CheckEvery = 0 }, "CheckEvery is 0, but must be at least 1.");
        AssertRefused(new CampaignOptions { ShrinkBudget = -1 }, "ShrinkBudget is -1, but must be 0 or more.");

        static void AssertRefused(CampaignOptions options, string message) => Assert.That(
            () => Campaign.Run(Races.Turns, options), Throws.TypeOf<ScenarioException>().With.Message.EqualTo(message));
    }
}
