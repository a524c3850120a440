using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

[TestFixture]
public sealed class CampaignSeriesTests
{
    private static readonly Scenario[] _three =
        [Races.Turns with { Name = "one" }, Races.Turns with { Name = "two" }, Races.Turns with { Name = "three" }];

    [Test]
    public void TimeThatIsUp_EndsTheSearch_AndItHolds()
    {
        var options = Timed(20);
        var report = Campaign.Run(Races.Turns, options);
        var outcome = new CampaignOutcome(report, options, TimeSpan.FromSeconds(0.02));

        // Asked once to begin with, and once after each run.
        Assert.That((report.Runs, report.IsOutOfTime, outcome.Verdict), Is.EqualTo((20, true, CampaignVerdict.Holds)));
        Assert.That(CampaignText.Line(outcome), Does.StartWith("turns holds: 20 runs, ").And.EndsWith(" in 0.020s; its time was up"));
    }

    [Test]
    public void PlantedBugThatIsNotFoundInTime_IsMissed()
    {
        var options = Timed(2);
        var report = Campaign.Run(Races.Turns with { MustFail = "never does" }, options);
        var line = CampaignText.Line(new CampaignOutcome(report, options, TimeSpan.Zero));

        Assert.That(line, Does.StartWith("turns: the planted bug (never does) is NOT FOUND in 2 runs: ")
            .And.Contain("try more time or another --seed"));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void FailureThatIsFound_IsTheSameWithoutAClock(int workers)
    {
        var timed = Campaign.Run(Races.Account, Timed(100_000) with { Workers = workers });
        var counted = Campaign.Run(Races.Account, new CampaignOptions { Runs = 1_000 });

        Assert.That((timed.Runs, timed.FoundSeed, timed.Replay!.ToString()),
            Is.EqualTo((counted.Runs, counted.FoundSeed, counted.Replay!.ToString())));
    }

    [Test]
    public void NoTimeAtAll_IsOneRun() => Assert.That(Campaign.Run(Races.Turns, Timed(0)).Runs, Is.EqualTo(1));

    [Test]
    public void ExhaustiveSearch_TakesNoTimeBudget() => Assert.That(
        () => Campaign.Run(Races.Turns, Timed(5) with { Exhaustive = new() }),
        Throws.TypeOf<ScenarioException>().With.Message.StartWith("A TimeBudget is for a search by seeds"));

    [Test]
    public void Time_IsSharedOutEvenly()
    {
        var shares = Shares([.. _three], 3_000);

        Assert.That(shares, Has.Count.EqualTo(3));
        Assert.That(shares.Select(static share => share.TotalMilliseconds), Has.All.InRange(900, 1_100));
    }

    [Test]
    public void TimeThatOneDoesNotNeed_GoesToThoseBehindIt()
    {
        var shares = Shares([Races.Account, .. _three[..2]], 3_000);

        Assert.That(shares[0].TotalMilliseconds, Is.InRange(900, 1_000));
        Assert.That(shares[1].TotalMilliseconds, Is.InRange(1_300, 1_500), "The race is found within a few runs.");
    }

    [Test]
    public void Progress_TellsWhereTheSeriesStands()
    {
        var told = new List<(string Name, int Number, int Of, int Unexpected, int Runs)>();
        var series = new CampaignSeries([Races.Account, _three[0]], new CampaignOptions { Runs = 200 });
        var outcomes = series.Run(new Told(progress =>
            told.Add((progress.Scenario.Name, progress.Number, progress.Of, progress.Unexpected, progress.Figures.Runs)))).ToList();

        Assert.That(told[0], Is.EqualTo(("account-race", 1, 2, 0, 0)));
        Assert.That(told[^1], Is.EqualTo(("one", 2, 2, 1, 200)));
        Assert.That(outcomes.Select(static outcome => outcome.IsUnexpected), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void ScenariosWithKeptFailures_ComeFirst()
    {
        var folder = Directory.CreateTempSubdirectory("sim-series-").FullName;
        try
        {
            var options = new CampaignOptions { Runs = 300, Corpus = folder };
            Campaign.Run(Races.Account, options);

            Assert.That(
                new CampaignSeries([.. _three, Races.Account], options).Scenarios.Select(static scenario => scenario.Name),
                Is.EqualTo(new[] { "account-race", "one", "two", "three" }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Each look at the clock takes a millisecond, and every run is one look.
    private static CampaignOptions Timed(int milliseconds) => new()
    {
        Runs = 100_000,
        TimeBudget = TimeSpan.FromMilliseconds(milliseconds),
        Clock = new SteppingClock(),
        CountsCoverage = false,
    };

    private static List<TimeSpan> Shares(IReadOnlyList<Scenario> scenarios, int milliseconds)
    {
        var shares = new List<TimeSpan>();
        var told = new Told(progress =>
        {
            if (progress.Figures.Runs == 0)
            {
                shares.Add(progress.Options.TimeBudget!.Value);
            }
        });
        Assert.That(new CampaignSeries(scenarios, Timed(milliseconds)).Run(told).Count(), Is.EqualTo(scenarios.Count));
        return shares;
    }

    /// <summary>Told at once, on the thread that tells.</summary>
    private sealed class Told(Action<CampaignProgress> tell) : IProgress<CampaignProgress>
    {
        public void Report(CampaignProgress value) => tell(value);
    }
}
