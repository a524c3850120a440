using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

public class SimulationTests
{
    [Test]
    public void Run_ThatHolds_ReportsVirtualTimeAndSteps()
    {
        var report = Races.Run(static async () => await Asyncio.SleepAsync(TimeSpan.FromHours(2)));
        Assert.That((report.Passed, report.VirtualTime, report.Strategy), Is.EqualTo((true, TimeSpan.FromHours(2), "fifo")));
        Assert.That(report.Steps, Is.GreaterThan(1));
    }

    [Test]
    public void Exception_OfTheScenario_IsToldWithItsTaskAndTime()
    {
        var failure = Races.Fail(static async () =>
        {
            var worker = Asyncio.CreateTask(
                static async () =>
                {
                    await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));
                    throw new ArithmeticException("Wrong.");
                },
                "worker");
            await worker;
        });
        Assert.That((failure.Kind, failure.Message, failure.Task), Is.EqualTo((FailureKind.Exception, "ArithmeticException: Wrong.", "worker")));
        Assert.That(failure.Time.SinceOrigin, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void ExceptionOfACallback_IsUnobserved()
    {
        var failure = Races.Fail(static async () =>
        {
            Asyncio.GetRunningLoop().CallLater(TimeSpan.FromSeconds(1), static () => throw new ArithmeticException("Wrong."));
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(5));
        });
        Assert.That((failure.Kind, failure.Exception.GetType()), Is.EqualTo((FailureKind.Unobserved, typeof(ArithmeticException))));
        Assert.That(failure.Time.SinceOrigin, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void ExceptionOfATaskThatNobodyAwaits_IsUnobserved()
    {
        var failure = Races.Fail(static async () =>
        {
            _ = Asyncio.CreateTask(static () => throw new ArithmeticException("Wrong."), "forgotten");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(5));
        });
        Assert.That((failure.Kind, failure.Task), Is.EqualTo((FailureKind.Unobserved, "forgotten")));
    }

    [Test]
    public void WaitingForEver_IsAStall_ThatNamesWhoWaitsOnWhat()
    {
        var failure = Races.Fail(
            static async () =>
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                await Asyncio.GetRunningLoop().CreateFuture<int>();
            },
            new SimulationOptions { Patience = TimeSpan.Zero });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Stalled));
        Assert.That(failure.Message, Does.Contain("Nothing is ready and nothing is due at 1.000s").And.Contain("main waits on a future since 1.000s"));
    }

    [Test]
    public void EndlessSteps_HitTheStepLimit()
    {
        var failure = Races.Fail(
            static async () =>
            {
                while (true)
                {
                    await Asyncio.YieldAsync();
                }
            },
            new SimulationOptions { StepLimit = 500 });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.StepLimit));
        Assert.That(failure.Message, Does.Contain("more than 500 steps"));
    }

    [Test]
    public void EndlessTime_HitsTheTimeLimit()
    {
        var failure = Races.Fail(
            static async () =>
            {
                while (true)
                {
                    await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
                }
            },
            new SimulationOptions { TimeLimit = TimeSpan.FromHours(1) });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.TimeLimit));
        Assert.That(failure.Message, Does.Contain("more than 3600.000s of virtual time"));
    }

    [Test]
    public void BlockingWait_IsRefused_NotADeadlock()
    {
        var failure = Races.Fail(static async () =>
        {
            await Asyncio.YieldAsync();
            new TaskCompletionSource().Task.Wait();
        });
        Assert.That((failure.Kind, failure.Exception.GetType()), Is.EqualTo((FailureKind.Exception, typeof(BlockingWaitException))));
    }

    [Test]
    public void FailedRun_TidiesUp_AndItsFinallyBlocksRun()
    {
        var cleaned = false;
        var failure = Races.Fail(async () =>
        {
            _ = Asyncio.CreateTask(async () =>
            {
                try
                {
                    await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                }
                finally
                {
                    cleaned = true;
                }
            });
            await Asyncio.YieldAsync();
            throw new ArithmeticException("Wrong.");
        });
        Assert.That((failure.Kind, cleaned), Is.EqualTo((FailureKind.Exception, true)));
    }

    [Test]
    public void RunInsideOfARun_IsRefused()
    {
        var failure = Races.Fail(static () =>
        {
            Simulation.Run(static () => Task.CompletedTask);
            return Task.CompletedTask;
        });
        Assert.That(failure.Exception, Is.TypeOf<LoopRunningException>());
    }

    [Test]
    public void Current_OutsideOfASimulation_SaysWhatToDo() => Assert.That(
        static () => Asyncio.Run(
            static () =>
            {
                Simulation.Current.Note("here");
                return Task.CompletedTask;
            },
            static () => Asyncio.NewVirtualEventLoop()),
        Throws.TypeOf<NoRunningLoopException>().With.Message.Contains("is not a simulation"));

    [Test]
    public void RandomNumbers_AreDecisions()
    {
        var drawn = new List<int>();
        var report = Races.Run(
            () =>
            {
                var random = Simulation.Current.Random;
                drawn.AddRange([random.Next(10), random.Next(5, 8), random.Next(3, 3)]);
                Assert.That(random.NextDouble(), Is.InRange(0.0, 1.0));
                return Task.CompletedTask;
            },
            new SimulationOptions { Strategy = Races.Script(7, 2, 5) });
        Assert.That(report.Failure, Is.Null);
        Assert.That(drawn, Is.EqualTo(new[] { 7, 7, 3 }));
        Assert.That(report.Decisions.Select(static decision => (decision.Label, decision.Bound)), Is.EqualTo(new[] { ("random", 10), ("random", 3), ("random", int.MaxValue) }));
    }
}
