using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Campaigns on several threads: what they report does not tell how many there were.</summary>
public sealed class WorkersTests
{
    private static readonly int[] _crews = [1, 2, 3, 8];

    private static readonly string[] _families =
        ["fifo", "random", "round-robin", "pct", "pct:3", "pos", "urw", "surw", "delay", "delay:2", "portfolio"];

    [Test]
    public void Report_OfAScenarioThatHolds_IsTheSameForAnyNumber([ValueSource(nameof(_families))] string family) =>
        AssertSameReports(Races.Turns, new CampaignOptions { Runs = 300, Strategy = StrategyFamilies.Parse(family) });

    [Test]
    public void Report_OfAScenarioThatFails_IsTheSameForAnyNumber([ValueSource(nameof(_families))] string family) =>
        AssertSameReports(Races.Account, new CampaignOptions { Runs = 300, Strategy = StrategyFamilies.Parse(family) });

    [Test]
    public void Failure_IsTheOneOfTheLowestSeed_HoweverLateItComes()
    {
        // Two draws of fifty fail, one of them after a long run: a failure of a higher seed may come first.
        var rare = new Scenario("rare", static async () =>
        {
            var drawn = Simulation.Current.Draw("luck", 50);
            for (var i = 0; i < (drawn == 7 ? 3_000 : 1); i++)
            {
                await Asyncio.YieldAsync();
            }

            if (drawn is 7 or 8)
            {
                throw new ArithmeticException("unlucky");
            }
        });
        for (var seed = 1; seed < 200; seed += 20)
        {
            AssertSameReports(rare, new CampaignOptions { Runs = 500, Seed = seed, Strategy = StrategyFamilies.Random });
        }
    }

    [Test]
    public void Progress_IsToldInOrder_OnTheThreadOfTheCaller()
    {
        var told = new List<(int Runs, int Thread)>();
        var options = new CampaignOptions { Runs = 200, Workers = 3 };
        Campaign.Run(Races.Turns, options, figures => told.Add((figures.Runs, Environment.CurrentManagedThreadId)));
        Assert.That(told, Is.EqualTo(Enumerable.Range(1, 200).Select(static runs => (runs, Environment.CurrentManagedThreadId))));
    }

    [Test]
    public void Cancellation_KeepsWhatHasBeenBegun_AndDecidesNothing()
    {
        using var source = new CancellationTokenSource();
        var options = new CampaignOptions { Runs = 100_000, Workers = 3 };
        var report = Campaign.Run(Races.Turns, options, figures => Stop(figures.Runs), source.Token);
        Assert.That(report.Runs, Is.InRange(100, 100 + (3 * 1_024)));
        Assert.That(new CampaignOutcome(report, options, TimeSpan.Zero).Verdict, Is.EqualTo(CampaignVerdict.Interrupted));

        void Stop(int runs)
        {
            if (runs == 100)
            {
                source.Cancel();
            }
        }
    }

    [Test]
    public void LostError_IsThatOfTheLowestSeed_WithTheFiguresUpToIt()
    {
        // About every seventh seed loses an exception.
        var loses = new Scenario("loses", static async () =>
        {
            if (Simulation.Current.Draw("luck", 7) == 3)
            {
                _ = ForgetAsync();
            }

            await Asyncio.SleepAsync(TimeSpan.FromSeconds(5));
        });
        var report = AssertSameReports(loses, new CampaignOptions { Runs = 100, Strategy = StrategyFamilies.Random });
        Assert.That(report.Found?.Failure?.Exception, Is.TypeOf<LostErrorException>());
        Assert.That(report.Runs, Is.EqualTo(report.FoundSeed + 1));

        static async Task ForgetAsync()
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            throw new FormatException("late");
        }
    }

    [Test]
    public void WorkThatEscapes_IsReportedForTheSeedThatLostIt()
    {
        var escapes = new Scenario("escapes", static async () =>
        {
            if (Simulation.Current.Draw("luck", 30) == 3)
            {
                await Task.Run(static () => 1);
            }

            await Asyncio.YieldAsync();
        });
        var reports = _crews.Select(workers => Campaign.Run(
            escapes, new CampaignOptions { Runs = 300, Strategy = StrategyFamilies.Random, Workers = workers })).ToList();
        Assert.That(reports.Select(static report => report.Found?.Failure?.Kind), Has.All.EqualTo(FailureKind.Escaped));
        Assert.That(reports.Select(static report => report.FoundSeed).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void ExceptionOfAPiece_IsThrownWhereItsTurnWouldBe()
    {
        var read = new List<int>();
        Assert.That(
            () => read.AddRange(Workers.InOrder(3, 0, 100, static _ => new Refuser(40), static _ => false, CancellationToken.None)),
            Throws.TypeOf<ArithmeticException>().With.Message.EqualTo("piece 40"));
        Assert.That(
            () => Workers.InOrder(3, 0, 100, Hire, static _ => false, CancellationToken.None).ToList(),
            Throws.TypeOf<ArithmeticException>().With.Message.EqualTo("no thread 2"));

        static Refuser Hire(int worker) => worker == 2 ? throw new ArithmeticException("no thread 2") : new Refuser(100);
    }

    [Test]
    public void WorkerOfAScenarioInCopies_RunsItsOwn()
    {
        var bodies = new int[4];
        Scenario Copy(int worker) => Races.Turns with
        {
            Body = () =>
            {
                Interlocked.Increment(ref bodies[worker]);
                return Races.Turns.Body();
            },
        };
        var report = Campaign.Run(Copy(0) with { ForWorker = Copy }, new CampaignOptions { Runs = 2_000, Workers = 4, Repetitions = 0 });
        Assert.That(report.Held, Is.True);
        Assert.That(bodies.Sum(), Is.EqualTo(2_000));
    }

    private static CampaignReport AssertSameReports(Scenario scenario, CampaignOptions options)
    {
        var reports = _crews.Select(workers => Campaign.Run(scenario, options with { Workers = workers })).ToList();
        Assert.That(reports.Select(Describe).Distinct(), Has.Exactly(1).Items);
        return reports[0];
    }

    private static string Describe(CampaignReport report) => string.Join('\n', [
        $"{report.Runs} runs, {report.DistinctSchedules} schedules, {report.VirtualTime}",
        $"seed {report.FoundSeed}, shrunk in {report.ShrinkRuns}",
        $"{report.Found?.Strategy}: {report.Found?.Failure?.Message}",
        $"{report.Shrunk?.Trace}",
        $"{report.Replay}",
    ]);

    private sealed class Refuser(int refused) : IWorker<int>
    {
        public int Do(int number) => number == refused ? throw new ArithmeticException($"piece {number}") : number;

        public void Dispose()
        {
        }
    }
}
