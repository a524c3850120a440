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
              alice waits on lock 'right' (acquired by task bob) since 1.000s in TakeBothAsync, created by main
              bob waits on lock 'left' (acquired by task alice) since 1.000s in TakeBothAsync, created by main
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
        Assert.That(failure.Exception.Message, Does.EndWith(
            "\n  Deadlock: main waits for itself. No lock or semaphore is reentrant: its holder must not take it again."));
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
        Assert.That(failure.Exception.Message, Does.Contain("\n  Lost wake-up: no task is left that could wake consumer. Perhaps "));
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
            + "task poller keeps polling (1000 of the last 1000 steps; it yields since 0.000s in PollAsync).\n"
            + "The state repeats: no task begins or ends, and each comes back to where it was.\nNo step was taken meanwhile by main.\n"
            + "Let it wait (SleepAsync, an event) instead of polling, or raise the limit (StepLimit).\nThe tasks that are alive:\n"
            + "  main sleeps until 3600.000s since 0.000s in ATaskThatPollsForEver_IsNamed_AndWhyTheClockStands\n"
            + "  poller yields since 0.000s in PollAsync, created by main"));

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
        Assert.That(report.LeftTasks[0], Does.StartWith("heartbeat sleeps until 3600.000s since 0.000s")
            .And.Match(@", created by main \(StuckTests\.cs:\d+\)$"));
        var failure = Fails(BodyAsync, new SimulationOptions { LeakedTasksFail = true, WatchThreadPool = false });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Leaked));
        Assert.That(failure.Exception.Message, Does.StartWith("The scenario has ended at 1.000s, and a task is still alive:\n  heartbeat sleeps"));
    }

    [Test]
    public void ADeadlockBesideAHeartbeat_IsTold_ThoughTheLoopGoesOn()
    {
        var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
        var failure = Fails(
            async () =>
            {
                _ = Asyncio.CreateTask(BeatAsync, "heartbeat");
                await Asyncio.GatherAsync(
                    Asyncio.CreateTask(() => TakeInTurnAsync(left, right), "alice"),
                    Asyncio.CreateTask(() => TakeInTurnAsync(right, left), "bob"));
            },
            new SimulationOptions { StepLimit = 5_000, WatchThreadPool = false });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.StepLimit));
        Assert.That(failure.Exception.Message, Does.Contain("task heartbeat (500 of the last 1000 steps; it waits on Task.Delay until "));
        Assert.That(failure.Exception.Message, Does.EndWith("\n  Deadlock: alice waits for bob, bob waits for alice."));

        static async Task BeatAsync()
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Simulation.Current.TimeProvider);
            }
        }
    }

    [Test]
    public void ASemaphoreAndALock_AreADeadlockWithItsCircle()
    {
        var (door, seats) = (new AsyncLock("door"), new AsyncSemaphore(1, name: "seats"));
        var failure = Fails(async () => await Asyncio.GatherAsync(
            Asyncio.CreateTask(
                async () =>
                {
                    using (await door.AcquireAsync())
                    {
                        await Asyncio.YieldAsync();
                        await seats.AcquireAsync();
                    }
                },
                "guest"),
            Asyncio.CreateTask(
                async () =>
                {
                    await seats.AcquireAsync();
                    await Asyncio.YieldAsync();
                    await door.AcquireAsync();
                },
                "host")));
        Assert.That(failure.Exception.Message, Does.Contain("guest waits on semaphore 'seats' (acquired by task host) since"));
        Assert.That(failure.Exception.Message, Does.EndWith("\n  Deadlock: guest waits for host, host waits for guest."));
    }

    [Test]
    public void ASemaphoreThatIsReleasedByOthers_HasNoHolders()
    {
        var signal = new AsyncSemaphore(0, name: "signal");
        var failure = Fails(async () =>
        {
            var listener = Asyncio.CreateTask(
                async () =>
                {
                    await signal.AcquireAsync();
                    await signal.AcquireAsync();
                },
                "listener");
            signal.Release();
            await listener;
        });
        Assert.That(failure.Exception.Message, Does.Contain("listener waits on semaphore 'signal' since"));
        Assert.That(failure.Exception.Message, Does.Contain("\n  Lost wake-up: no task is left that could wake listener. Perhaps "));
    }

    [Test]
    public void WhoMightHaveWokenAnother_ButWaitsForWhatThatOneHolds_IsALikelyDeadlock()
    {
        var (door, mail) = (new AsyncLock("door"), new AsyncQueue<int>(1, name: "mail"));
        var failure = Fails(async () => await Asyncio.GatherAsync(
            Asyncio.CreateTask(
                async () =>
                {
                    using var _ = await door.AcquireAsync();
                    await mail.PutAsync(1);
                    await mail.PutAsync(2);
                },
                "writer"),
            Asyncio.CreateTask(
                async () =>
                {
                    using var _ = await door.AcquireAsync();
                    await mail.GetAsync();
                },
                "reader")));
        Assert.That(failure.Exception.Message, Does.EndWith(
            "\n  Likely deadlock: reader waits for what writer holds, and no task but reader is left that could wake writer: "
            + "it must not wait for others while it holds what they need."));
    }

    [Test]
    public void ATaskThatDoesNotStop_IsALeak_WithWhatItAwaits([Values] bool forEver)
    {
        var failure = Fails(async () =>
        {
            _ = Asyncio.CreateTask(
                async () =>
                {
                    do
                    {
                        await (forEver
                            ? Task.Delay(TimeSpan.FromSeconds(1), Simulation.Current.TimeProvider)
                            : new TaskCompletionSource().Task);
                    }
                    while (forEver);
                },
                "deaf");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(3.5));
        });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Leaked));
        Assert.That(failure.Exception.Message, Does.StartWith(
                "The scenario has ended at 3.500s, and a task does not stop though asked to:\n  deaf waits on ")
            .And.Contain(forEver ? "Task.Delay until" : "a Task that nobody of the loop completes")
            .And.Match(@" in ATaskThatDoesNotStop_IsALeak_WithWhatItAwaits \(StuckTests\.cs:\d+\)"));
    }

    [Test]
    public void AnAsyncCallThatNobodyAwaits_IsNamed_WithWhereItWaits([Values] bool onTheLoop)
    {
        async Task ForgottenAsync()
        {
            await (onTheLoop
                ? Asyncio.GetRunningLoop().CreateFuture("answer").AsTask()
                : Task.Delay(TimeSpan.FromHours(1), Simulation.Current.TimeProvider));
        }

        async Task BodyAsync()
        {
            _ = ForgottenAsync();
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        }

        var failure = Fails(BodyAsync, new SimulationOptions { LeakedTasksFail = true, WatchThreadPool = false });
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Leaked));
        Assert.That(failure.Exception.Message, Does.Match(@"\n  an async call .* waits on .* in ForgottenAsync \(StuckTests\.cs:\d+\)\n"));
    }

    [Test]
    public void AnAsyncCallThatNobodyAwaits_IsNamed_UnderEverySchedule_ThoughItsDelayIsJustOver()
    {
        static async Task RefreshAsync()
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Simulation.Current.TimeProvider);
            }
        }

        static async Task BodyAsync()
        {
            _ = RefreshAsync();
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(3));
        }

        var left = Enumerable.Range(0, 40).Select(static seed => Simulation.Run(
            BodyAsync, new SimulationOptions { Strategy = new RandomStrategy(seed), WatchThreadPool = false }).LeftTasks).ToList();
        Assert.That(left, Has.All.Count.EqualTo(1));
        Assert.That(left.Select(static each => each[0].Contains("is about to go on in RefreshAsync", StringComparison.Ordinal)).Distinct(),
            Is.EquivalentTo((bool[])[false, true]), "Some runs end while it waits, others when its delay is just over.");
    }

    [Test]
    public void AFlowThatIsStuck_IsToldWithItsOwnPlace_WhenAnotherHasEnded()
    {
        var failure = Fails(async () =>
        {
            var open = new AsyncEvent(name: "open");
            await Task.WhenAll(ShortAsync(), LongAsync(open));
        });
        Assert.That(CodePlaces.Without(failure.Exception.Message), Does.Contain("main waits on event 'open' since 1.000s in LongAsync"));

        static async Task ShortAsync() => await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));

        static async Task LongAsync(AsyncEvent open)
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            await open.WaitAsync();
        }
    }

    [Test]
    public void TwoThatUndoEachOther_AreALivelock_AndWhoGetsNowhereIsNamed([Values] bool timeMoves)
    {
        var lit = false;
        async Task WantAsync(bool on)
        {
            while (true)
            {
                lit = lit == on ? lit : on;
                await (timeMoves ? Asyncio.SleepAsync(TimeSpan.FromSeconds(1)) : Asyncio.YieldAsync());
            }
        }

        var failure = Fails(
            async () =>
            {
                var reader = Asyncio.CreateTask(static () => Asyncio.SleepAsync(TimeSpan.FromDays(9)), "reader");
                await Asyncio.GatherAsync(
                    reader, Asyncio.CreateTask(() => WantAsync(true), "on"), Asyncio.CreateTask(() => WantAsync(false), "off"));
            },
            new SimulationOptions { StepLimit = 5_000, WatchThreadPool = false });
        Assert.That(failure.Exception.Message, Does.Contain(
            timeMoves ? "Virtual time moves, and is " : "Virtual time stands at 0.000s, because "));
        Assert.That(failure.Exception.Message, Does.Match(
            @"task on \(\d+ of the last 1000 steps; .*\), task off \(\d+ of the last 1000 steps; "));
        Assert.That(failure.Exception.Message, Does.Contain(
            "\nThe state repeats: no task begins or ends, and each comes back to where it was; "
            + "where each undoes or outruns what another does, that is a livelock.\nNo step was taken meanwhile by main, reader.\n"));
    }

    [Test]
    public void ARunThatComesToNewPlaces_DoesNotRepeatItself()
    {
        var failure = Fails(
            async () =>
            {
                while (true)
                {
                    await Asyncio.CreateTask(async () => await Asyncio.YieldAsync(), "next");
                }
            },
            new SimulationOptions { StepLimit = 5_000, WatchThreadPool = false });
        Assert.That(failure.Exception.Message, Does.Not.Contain("repeats"));
    }

    private static async Task TakeInTurnAsync(AsyncLock first, AsyncLock second)
    {
        using var _ = await first.AcquireAsync();
        await Asyncio.YieldAsync();
        using var __ = await second.AcquireAsync();
    }

    private static Failure Fails(Func<Task> body, SimulationOptions? options = null)
    {
        var report = Simulation.Run(body, options ?? new SimulationOptions { WatchThreadPool = false, Patience = TimeSpan.Zero });
        Assert.That(report.Failure, Is.Not.Null);
        return report.Failure!;
    }
}
