using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Time as a decision: it passes before steps, and up to a timer, although work is ready.</summary>
public class WorkCostTests
{
    [TestCase(0, 0)]
    [TestCase(1, 10)]
    [TestCase(4, 10_000)]
    [TestCase(9, 1_000_000_000)]
    public void Cost_IsAPowerOfTen(int value, long ticks) => Assert.That(WorkCost.Of(value).Ticks, Is.EqualTo(ticks));

    [Test]
    public void Cost_BeyondTheBound_IsRefused() =>
        Assert.That(static () => WorkCost.Of(WorkCost.Bound), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void ByDefault_WorkTakesNoTime_AndIsNotAskedFor()
    {
        var run = Races.Run(Races.Turns.Body, new SimulationOptions { Strategy = new RandomStrategy(1) });
        Assert.That((run.PricesWork, run.VirtualTime), Is.EqualTo((false, TimeSpan.Zero)));
        Assert.That(run.Decisions.Select(static decision => decision.Kind), Has.None.EqualTo(DecisionKind.Cost));
    }

    [Test]
    public void APricedRun_IsAskedBeforeEveryStep_AndTimePasses()
    {
        var run = Races.Run(Races.Turns.Body, new SimulationOptions { Strategy = new ListStrategy([5], pricesWork: true) });
        var costs = run.Decisions.Where(static decision => decision.Kind == DecisionKind.Cost).ToArray();
        Assert.That(costs, Has.Length.EqualTo(run.Steps));
        var key = new DecisionKey(DecisionKind.Cost, new StepKey("main", 1), default, "");
        Assert.That(costs[0], Is.EqualTo(new Decision(DecisionKind.Cost, WorkCost.Bound, 5, key, 1)));
        Assert.That(run.VirtualTime, Is.EqualTo(TimeSpan.FromMilliseconds(10)));
        Assert.That(run.Trace.Events.Select(static happened => happened.Text), Has.Some.EqualTo("begins, 0.010s late"));
    }

    [Test]
    public void Timers_DueWhenWorkIsDone_FireInTheNextIteration()
    {
        var fired = new List<Instant>();
        Races.Run(
            async () =>
            {
                var loop = Asyncio.GetRunningLoop();
                loop.CallLater(TimeSpan.FromMilliseconds(1), () => fired.Add(loop.Time));
                await Asyncio.YieldAsync();
            },
            new SimulationOptions { Strategy = new ListStrategy([0, 0, 5], pricesWork: true) });
        Assert.That(fired.Single().SinceOrigin, Is.EqualTo(TimeSpan.FromMilliseconds(10)), "late, like the step before which time passed");
    }

    [Test]
    public void EveryPricedRun_CanBeMadeAgain([Range(1, 40)] int seed)
    {
        var scenario = Races.Account;
        var run = scenario.Run(new StarveStrategy(seed, RunProfile.Empty));
        Assert.That(scenario.Run(run.ToStrategy()).Trace.Hash, Is.EqualTo(run.Trace.Hash));
        Assert.That(scenario.Run(new ReplayStrategy(DecisionScript.Parse(run.Script.ToString()))).Trace.Hash, Is.EqualTo(run.Trace.Hash));
    }

    /// <summary>Two ways to be late, each without the other: nobody gets a turn while time passes, or work takes time.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Starving_LetsATimerBeatReadyWork(bool pricesWork)
    {
        var beaten = 0;
        for (var seed = 1; seed <= 200; seed++)
        {
            var isLate = false;
            var strategy = new StarveStrategy(seed, RunProfile.Empty);
            if (strategy.PricesWork != pricesWork)
            {
                continue;
            }

            var run = Races.Run(
                async () =>
                {
                    var timer = Asyncio.GetRunningLoop().CallLater(TimeSpan.FromMilliseconds(1), () => isLate = true);
                    for (var i = 0; i < 10; i++)
                    {
                        await Asyncio.YieldAsync();
                    }

                    timer.Cancel();
                },
                new SimulationOptions { Strategy = strategy });
            Assert.That(run.Failure, Is.Null);
            var passed = run.Decisions.Any(static decision => decision is { Kind: DecisionKind.Time, Value: 1 });
            Assert.That(isLate || !passed, Is.True, $"seed {seed}: the clock has moved to the timer, and it did not fire");
            beaten += isLate && passed != pricesWork ? 1 : 0;
        }

        Assert.That(beaten, Is.GreaterThan(3));
    }

    [Test]
    public void TimersOfOneInstant_ComeInAnyOrder()
    {
        var orders = new HashSet<string>();
        for (var seed = 1; seed <= 50; seed++)
        {
            var order = "";
            Races.Run(
                async () =>
                {
                    var loop = Asyncio.GetRunningLoop();
                    loop.CallLater(TimeSpan.FromSeconds(1), () => order += "a");
                    loop.CallLater(TimeSpan.FromSeconds(1), () => order += "b");
                    loop.CallLater(TimeSpan.FromSeconds(1), () => order += "c");
                    await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));
                },
                new SimulationOptions { Strategy = new RandomStrategy(seed) });
            orders.Add(order);
        }

        Assert.That(orders, Has.Count.EqualTo(6));
    }

    [Test]
    public void Starving_StaysFair_WhereATaskPolls([Range(1, 40)] int seed)
    {
        // Whoever polls must not keep a starved task from its turn for ever.
        var run = Races.Run(
            static async () =>
            {
                var isDone = false;
                var worker = Asyncio.CreateTask(
                    async () =>
                    {
                        await Asyncio.YieldAsync();
                        isDone = true;
                    },
                    "worker");
                while (!isDone)
                {
                    await Asyncio.YieldAsync();
                }

                await worker;
            },
            new SimulationOptions { Strategy = new StarveStrategy(seed, RunProfile.Empty), StepLimit = 10_000 });
        Assert.That(run.Failure, Is.Null);
    }
}
