using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Why is it stuck? Each kind is reported by name, with its circle or its reason, within the run.</summary>
public class StuckTests
{
    [Test]
    public void TwoLocks_TakenInOppositeOrder_AreADeadlock_WithItsCircle()
    {
        var left = new AsyncLock("left");
        var right = new AsyncLock("right");
        var failure = Fails(async () =>
        {
            var a = Asyncio.CreateTask(() => TakeBothAsync(left, right), "alice");
            var b = Asyncio.CreateTask(() => TakeBothAsync(right, left), "bob");
            await Asyncio.GatherAsync(a, b);
        });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Stalled));
        Assert.That(CodePlaces.Without(failure.Exception.Message), Is.EqualTo(
            """
            Nothing is ready and nothing is due at 1.000s: simulation would wait for ever.
              main waits on gather of 2 (task alice, task bob) since 0.000s in TwoLocks_TakenInOppositeOrder_AreADeadlock_WithItsCircle
              alice waits on lock 'right' (acquired by task bob) since 1.000s in TakeBothAsync
              bob waits on lock 'left' (acquired by task alice) since 1.000s in TakeBothAsync
              Deadlock: alice waits for bob, bob waits for alice.
            """));

        static async Task TakeBothAsync(AsyncLock first, AsyncLock second)
        {
            using (await first.AcquireAsync())
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                using (await second.AcquireAsync())
                {
                }
            }
        }
    }

    [Test]
    public void ALockThatIsTakenTwice_IsADeadlockOfOne()
    {
        var only = new AsyncLock("only");
        var failure = Fails(async () =>
        {
            using (await only.AcquireAsync())
            using (await only.AcquireAsync())
            {
            }
        });
        Assert.That(failure.Exception.Message, Does.EndWith("\n  Deadlock: main waits for itself. A lock is not reentrant: its holder must not take it again."));
    }

    [Test]
    public void ANotificationThatCameTooEarly_IsALostWakeUp()
    {
        var changed = new AsyncCondition(name: "changed");
        var failure = Fails(async () =>
        {
            var consumer = Asyncio.CreateTask(
                async () =>
                {
                    await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                    using (await changed.AcquireAsync())
                    {
                        await changed.WaitAsync();
                    }
                },
                "consumer");
            using (await changed.AcquireAsync())
            {
                changed.Notify();
            }

            await consumer;
        });
        Assert.That(failure.Exception.Message, Does.Contain("consumer waits on a notification of condition 'changed' since 1.000s"));
        Assert.That(failure.Exception.Message, Does.EndWith("\n  Lost wake-up: no task is left that could wake consumer."));
    }

    [Test]
    public void ATaskThatPollsForEver_IsNamed_AndWhyTheClockStands()
    {
        var failure = Fails(
            async () =>
            {
                _ = Asyncio.CreateTask(PollAsync, "poller");
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            },
            new SimulationOptions { StepLimit = 5_000, WatchThreadPool = false });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.StepLimit));
        Assert.That(CodePlaces.Without(failure.Exception.Message), Is.EqualTo(
            "The scenario took more than 5000 steps without an end. Virtual time stands at 0.000s, because work is always ready: "
            + "task poller (1000 of the last 1000 steps; it yields since 0.000s in PollAsync). Let it wait (SleepAsync, an event) instead of "
            + "polling, or raise the limit (StepLimit)."));

        static async Task PollAsync()
        {
            while (true)
            {
                await Asyncio.YieldAsync();
            }
        }
    }

    [Test]
    public void ATaskThatIsLeftBehind_IsNamed_WithWhatItDoesAndWhoCreatedIt()
    {
        async Task BodyAsync()
        {
            _ = Asyncio.CreateTask(() => Asyncio.SleepAsync(TimeSpan.FromHours(1)), "heartbeat");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        }

        var report = Simulation.Run(BodyAsync, new SimulationOptions { WatchThreadPool = false });
        Assert.That(report.Passed, Is.True);
        Assert.That(report.LeftTasks, Has.Count.EqualTo(1));
        Assert.That(report.LeftTasks[0], Does.StartWith("heartbeat sleeps until 3600.000s since 0.000s").And.EndsWith(", created by main"));
        var failure = Fails(BodyAsync, new SimulationOptions { LeakedTasksFail = true, WatchThreadPool = false });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Leaked));
        Assert.That(failure.Exception.Message, Does.StartWith("The scenario has ended at 1.000s, and a task is still alive:\n  heartbeat sleeps"));
    }

    private static Failure Fails(Func<Task> body, SimulationOptions? options = null)
    {
        var report = Simulation.Run(body, options ?? new SimulationOptions { WatchThreadPool = false, Patience = TimeSpan.Zero });
        Assert.That(report.Failure, Is.Not.Null);
        return report.Failure!;
    }
}
