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
        var key = new DecisionKey(DecisionKind.Draw, new StepKey("main", 1), default, "dice");
        Assert.That(report.Decisions[0], Is.EqualTo(new Decision(DecisionKind.Draw, 6, 0, key, 1)));
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
        var key = new DecisionKey(DecisionKind.Order, new StepKey("early", 1), new StepKey("other", 1), "");
        Assert.That(report.Decisions[0], Is.EqualTo(new Decision(DecisionKind.Order, 3, 1, key, 2)));
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
        Assert.That(strategy.Unfit, Is.Empty);
    }

    [Test]
    public void Replay_GoesByNames_NotByPlaces()
    {
        var strategy = new ReplayStrategy(DecisionScript.Parse("7.2.early-1.other-1"));
        var report = Races.Order.Run(strategy);
        Assert.That(report.Script.ToString(), Is.EqualTo("0.1.early-1.other-1"));
        Assert.That(strategy.Unfit, Is.Empty);
    }

    [Test]
    public void DeviationThatDoesNotFit_IsKnown_AndKeepsNoOtherFromBeingTaken()
    {
        var strategy = new ReplayStrategy(DecisionScript.Parse("0.2.carol-1.other-1,1.1.late-1.other-1"));
        var report = Races.Order.Run(strategy);
        Assert.That(strategy.Unfit.Select(static deviation => deviation.Key.Step.Name), Is.EqualTo((string[])["carol"]));
        Assert.That(report.Script.ToString(), Is.EqualTo("0.2.late-1.other-1"));
    }

    [Test]
    public void SeveralStepsAheadOfOneTurn_AreTakenInTheirOrder()
    {
        var recorded = Races.Order.Run(Races.Script(2, 1));
        Assert.That(recorded.Script.ToString(), Is.EqualTo("0.2.late-1.other-1,1.1.early-1.other-1"));
        Assert.That(Races.Order.Run(new ReplayStrategy(recorded.Script)).Trace.Hash, Is.EqualTo(recorded.Trace.Hash));
    }

    [Test]
    public void FlowsOfOneTask_AreStepsOfTheirOwn()
    {
        var report = Races.Run(
            static () => Task.WhenAll(PayAsync(), PayAsync(), ShopAsync()),
            new SimulationOptions { Strategy = new ListStrategy([2, 1]) });
        Assert.That(report.Script.ToString(), Is.EqualTo("0.2.main-4.main-2,1.1.main-3.main-2"));

        static async Task PayAsync() => await Asyncio.YieldAsync();

        static async Task ShopAsync() => await Asyncio.YieldAsync();
    }

    [Test]
    public void Draws_AreKnownByWhoDrawsForWhat()
    {
        var strategy = new ReplayStrategy(DecisionScript.Parse("0.d5.main-2.latency,1.d2.main-1.jitter"));
        var drawn = new List<int>();
        Races.Run(
            () =>
            {
                drawn.AddRange(((string[])["latency", "jitter", "latency"]).Select(static label => Simulation.Current.Draw(label, 6)));
                return Task.CompletedTask;
            },
            new SimulationOptions { Strategy = strategy });
        Assert.That(drawn, Is.EqualTo((int[])[0, 2, 5]));
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
