using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Work in executors inside of simulations: part of the run, decided like the rest.</summary>
public class SimulatedExecutorTests
{
    [Test]
    public void WorkInTheDefaultExecutor_DoesNotEscape_AndIsFirstInFirstOutByDefault() =>
        Assert.That(OrderOf(new SimulationOptions()), Is.EqualTo("a b c"));

    [Test]
    public void SeedsVaryTheOrder_AndRepeatIt()
    {
        var orders = Enumerable.Range(1, 40).Select(seed => OrderOf(Seeded(seed))).ToList();
        Assert.That(orders.Distinct().Count(), Is.EqualTo(6), "every order of three comes up");
        Assert.That(Enumerable.Range(1, 40).Select(seed => OrderOf(Seeded(seed))), Is.EqualTo(orders));
    }

    [Test]
    public void ADelay_IsADecisionWithTheNameOfTheWork()
    {
        var report = Simulation.Run(static async () => await Asyncio.ToThreadAsync(ReadFile), Seeded(1));
        var decision = report.Decisions.Single(static decision => decision.Kind == DecisionKind.Draw);
        Assert.That((decision.Label, decision.Bound), Is.EqualTo(("delay of ReadFile", 11)));

        static int ReadFile() => 1;
    }

    [Test]
    public void TheEndOfARun_WaitsForWork_AndFindsItsFailure()
    {
        var report = Simulation.Run(static () =>
        {
            _ = Asyncio.ToThreadAsync(static () => throw new FormatException("left behind"));
            return Task.CompletedTask;
        });
        Assert.That((report.Failure?.Kind, report.Failure?.Exception.Message), Is.EqualTo((FailureKind.Unobserved, "left behind")));
    }

    [Test]
    public void TheThreadPoolAsAnExecutor_EscapesAndIsReported()
    {
        var failure = Races.Fail(
            static async () => await Asyncio.GetRunningLoop().RunInExecutorAsync(Leave, new ThreadPoolExecutor()),
            new SimulationOptions { Patience = TimeSpan.FromSeconds(20) });
        Assert.That((failure.Kind, failure.Exception.GetType()), Is.EqualTo((FailureKind.Escaped, typeof(WorkEscapedException))), failure.Message);
        Assert.That(failure.Message, Does.Contain("Leave"));

        static void Leave()
        {
        }
    }

    [Test]
    public void ABlockingWaitInWork_IsRefused()
    {
        var failure = Races.Fail(static async () =>
        {
            var gate = new TaskCompletionSource();
            await Asyncio.ToThreadAsync(gate.Task.Wait);
        });
        Assert.That(failure.Exception, Is.TypeOf<BlockingWaitException>());
    }

    private static SimulationOptions Seeded(int seed) => new() { Strategy = new RandomStrategy(seed) };

    private static string OrderOf(SimulationOptions options)
    {
        var log = new List<string>();
        var report = Simulation.Run(
            async () => await Asyncio.GatherAsync(
                Asyncio.ToThreadAsync(() => log.Add("a")), Asyncio.ToThreadAsync(() => log.Add("b")), Asyncio.ToThreadAsync(() => log.Add("c"))),
            options);
        Assert.That(report.Failure, Is.Null);
        return string.Join(' ', log);
    }
}
