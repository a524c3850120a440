using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

public class StrategyTests
{
    [Test]
    public void Fifo_TakesTheOldest_AndDrawsTheTameDefault()
    {
        var report = Races.Run(static async () =>
        {
            Simulation.Current.Draw("dice", 6);
            await Races.Turns.Body();
        });
        Assert.That(report.Decisions.Select(static decision => decision.Value), Is.All.Zero);
        Assert.That(report.Decisions[0], Is.EqualTo(new Decision(DecisionKind.Draw, 6, 0, "dice", "dice")));
        Assert.That(report.Script, Is.EqualTo(DecisionScript.Fifo));
    }

    [Test]
    public void SameSeed_SameHash_AndAThousandSeedsGiveManyTraces()
    {
        var hashes = Enumerable.Range(1, 1_000).Select(static seed => Races.Turns.Run(new RandomStrategy(seed)).Trace.Hash).ToList();
        Assert.That(hashes.Distinct().Count(), Is.GreaterThan(900));
        Assert.That(Races.Turns.Run(new RandomStrategy(17)).Trace.Hash, Is.EqualTo(hashes[16]));
    }

    [Test]
    public void SameStrategyInstance_StartsAnewWithEachRun()
    {
        var strategy = new RandomStrategy(5);
        var first = Races.Turns.Run(strategy);
        Assert.That(Races.Turns.Run(strategy).Trace.ToString(), Is.EqualTo(first.Trace.ToString()));
    }

    [Test]
    public void List_WrapsValuesAround_AndIsFifoBehindItsEnd()
    {
        var report = Races.Order.Run(Races.Script(4));
        Assert.That(report.Decisions[0], Is.EqualTo(new Decision(DecisionKind.Order, 3, 1, "early", "other")));
        Assert.That(report.Decisions.Skip(1).Select(static decision => decision.Value), Is.All.Zero);
    }

    [Test]
    public void StrategyThatAnswersOutOfRange_FailsTheRun_ByName()
    {
        var failure = Races.Order.Run(new Stubborn()).Failure!;
        Assert.That(failure.Message, Does.Contain("Strategy stubborn decided 99 where 0 to 2 was possible"));
    }

    [Test]
    public void Replay_FollowsTheScript()
    {
        var recorded = Races.Order.Run(Races.Script(2));
        var strategy = new ReplayStrategy(recorded.Script);
        var replayed = Races.Order.Run(strategy);
        Assert.That(replayed.Trace.Hash, Is.EqualTo(recorded.Trace.Hash));
        Assert.That(strategy.Mismatch, Is.Null);
    }

    [Test]
    public void Replay_FindsTheLabel_WhenItsPlaceHasMoved()
    {
        var strategy = new ReplayStrategy(DecisionScript.Parse("0.2.early"));
        var report = Races.Order.Run(strategy);
        Assert.That(report.Decisions[0], Is.EqualTo(new Decision(DecisionKind.Order, 3, 1, "early", "other")));
        Assert.That(strategy.Mismatch, Is.Null);
    }

    [Test]
    public void Replay_TellsTheFirstDecisionThatDoesNotMatch_AndTakesTheRecordedPosition()
    {
        var strategy = new ReplayStrategy(DecisionScript.Parse("0.2.carol,1.1.dave"));
        var report = Races.Order.Run(strategy);
        Assert.That(strategy.Mismatch, Is.EqualTo("decision 0 was 'carol' when recorded; now the choice is 'other', 'early', 'late'"));
        Assert.That(report.Script.Deviations.Select(static deviation => (deviation.Index, deviation.Value)), Is.EqualTo(((int, int)[])[(0, 2), (1, 1)]));
    }

    [Test]
    public void FlowsOfOneTask_HaveLabelsOfTheirOwn()
    {
        var report = Races.Run(
            static () => Task.WhenAll(PayAsync(), PayAsync(), ShopAsync()),
            new SimulationOptions { Strategy = new ListStrategy([2, 1]) });
        Assert.That(report.Script.ToString(), Is.EqualTo("0.2.main.ShopAsync,1.1.main.PayAsync-2"));

        static async Task PayAsync() => await Asyncio.YieldAsync();

        static async Task ShopAsync() => await Asyncio.YieldAsync();
    }

    [Test]
    public void Replay_TellsADrawThatIsNowAnother()
    {
        var strategy = new ReplayStrategy(DecisionScript.Parse("0.5.latency"));
        Races.Run(
            static () =>
            {
                Simulation.Current.Draw("jitter", 3);
                return Task.CompletedTask;
            },
            new SimulationOptions { Strategy = strategy });
        Assert.That(strategy.Mismatch, Is.EqualTo("decision 0 was 'latency' when recorded; now the choice is a draw of 'jitter' below 3"));
    }

    [Test]
    public void Replay_TellsADecisionThatWasNotReached()
    {
        var strategy = new ReplayStrategy(DecisionScript.Parse("500.1.bob"));
        Races.Order.Run(strategy);
        Assert.That(strategy.Mismatch, Is.EqualTo("decision 500 ('bob') was not reached: the run had fewer decisions than when recorded"));
    }

    private sealed class Stubborn : IStrategy
    {
        public string Name => "stubborn";

        public void Begin()
        {
        }

        public int Decide(in DecisionPoint point) => 99;
    }
}
