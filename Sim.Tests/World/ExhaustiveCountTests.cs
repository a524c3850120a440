using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>What an exhaustive search counts, on programs for which it can be said by hand.</summary>
public class ExhaustiveCountTests
{
    /// <summary>Two tasks of a and b operations that share nothing: C(a + b, a) orders, one class, and a single run when reduced.</summary>
    [TestCase(1, 1, 2, 6)]
    [TestCase(2, 1, 3, 10)]
    [TestCase(2, 2, 6, 20)]
    [TestCase(3, 2, 10, 35)]
    [TestCase(3, 3, 20, 70)]
    [TestCase(4, 3, 35, 126)]
    [TestCase(5, 1, 6, 28)]
    public void IndependentTasks_HaveABinomialNumberOfInterleavings(int a, int b, int orders, int interleavings)
    {
        var all = Search(() => Gather(Steps("x", a), Steps("y", b)), Reduction.None);
        Assert.That(all.OperationOrders, Is.EqualTo(orders), "C(a + b, a) orders of operations");
        Assert.That(
            all.Interleavings, Is.EqualTo(interleavings), "C(a + b + 2, a + 1) interleavings of steps: each task has one more, its first");
        Assert.That(all.Classes, Is.EqualTo(1));

        var tasks = ExhaustiveSearch.Run(
            () => Gather(Steps("x", a), Steps("y", b)), new ExhaustiveOptions { Reduction = Reduction.None, CallbacksAtOnce = true });
        Assert.That(tasks.Executions, Is.EqualTo(interleavings), "with callbacks at once, a run for each interleaving of task steps");

        var reduced = Search(() => Gather(Steps("x", a), Steps("y", b)), Reduction.Declared);
        Assert.That((reduced.Executions, reduced.Abandoned, reduced.Classes), Is.EqualTo((1, 0, 1)));
    }

    /// <summary>Two tasks write x twice each. All four writes stand in one order, each task's own two in theirs: C(4, 2) = 6.</summary>
    [Test]
    public void TwoWritersOfOneVariable_HaveAClassForEachOrder() => Expect(6, () => Gather(Steps("x", 2), Steps("x", 2)));

    /// <summary>Reads do not conflict: nothing orders the two tasks, 1.</summary>
    [Test]
    public void TwoReadersOfOneVariable_HaveOneClass() => Expect(1, () => Gather(Steps("x", 2, false), Steps("x", 2, false)));

    /// <summary>One read among two writes: before both, between them, behind them, 3.</summary>
    [Test]
    public void OneReadAmongTwoWrites_HasThreePlaces() => Expect(3, () => Gather(Steps("x", 2), Steps("x", 1, false)));

    /// <summary>Two readers and a writer, once each: a read is before or behind the write, the reads are not ordered: 2 * 2 = 4.</summary>
    [Test]
    public void TwoReadersAndAWriter_HaveFourClasses() =>
        Expect(4, () => Gather(Steps("x", 1), Steps("x", 1, false), Steps("x", 1, false)));

    /// <summary>Three writers of x, once each: 3! = 6.</summary>
    [Test]
    public void ThreeWriters_HaveSixClasses() => Expect(6, () => Gather(Steps("x", 1), Steps("x", 1), Steps("x", 1)));

    /// <summary>A writes x, C writes y, and B both: B's x is before or behind A, B's y before or behind C: 2 * 2 = 4.</summary>
    [Test]
    public void AChainOfThreeTasks_HasAChoiceForEachLink() => Expect(4, () => Gather(
        Steps("x", 1),
        async () =>
        {
            await Asyncio.YieldBeforeAsync("x");
            await Asyncio.YieldBeforeAsync("y");
        },
        Steps("y", 1)));

    /// <summary>Two tasks hold one lock once each: whoever is first, 2. Waiting in line is no operation.</summary>
    [Test]
    public void OneLock_HasAClassForEachHandOver() => Expect(2, static () =>
    {
        var only = new AsyncLock("only");
        return Gather(() => HoldAsync(only), () => HoldAsync(only));
    });

    /// <summary>Two tasks, each with a lock of its own: 1.</summary>
    [Test]
    public void TwoLocks_OfDifferentTasks_HaveOneClass() => Expect(1, static () =>
    {
        var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
        return Gather(() => HoldAsync(left), () => HoldAsync(right));
    });

    /// <summary>Both hold the left lock and then the right one: for each lock either may be first, 2 * 2 = 4.</summary>
    [Test]
    public void TwoLocks_OneAfterTheOther_InTheSameOrder_HaveFourClasses() => Expect(4, static () =>
    {
        var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
        return Gather(() => HoldAsync(left, right), () => HoldAsync(left, right));
    });

    /// <summary>
    /// A holds left, then right; B right, then left. Of 2 * 2 orders one is a circle: B's left before A's left, which is before
    /// A's right, before B's right, before B's left. So 3.
    /// </summary>
    [Test]
    public void TwoLocks_OneAfterTheOther_InOppositeOrder_HaveThreeClasses() => Expect(3, static () =>
    {
        var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
        return Gather(() => HoldAsync(left, right), () => HoldAsync(right, left));
    });

    /// <summary>Nested in opposite order: A has both first, B has both first, or each has one for ever, a deadlock: 3.</summary>
    [Test]
    public void TwoLocks_NestedInOppositeOrder_HaveThreeClasses_OneOfThemADeadlock()
    {
        var report = Expect(3, static () =>
        {
            var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
            return Gather(() => NestAsync(left, right), () => NestAsync(right, left));
        });
        Assert.That(report.FirstFailure!.Failure!.Kind, Is.EqualTo(FailureKind.Stalled));
    }

    /// <summary>Two units, two tasks: taking and giving back stand in one order, each task's two in theirs: C(4, 2) = 6.</summary>
    [Test]
    public void ASemaphoreWithRoomForBoth_HasAClassForEachOrder() => Expect(6, static () =>
    {
        var room = new AsyncSemaphore(2, "room");
        return Gather(() => UseAsync(room), () => UseAsync(room));
    });

    /// <summary>n items put in and taken out: a get never before its put, so the Catalan numbers: 1, 2, 5.</summary>
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 5)]
    public void ProducerAndConsumer_HaveACatalanNumberOfClasses(int items, int classes) => Expect(classes, () =>
    {
        var queue = new AsyncQueue<int>(name: "queue");
        return Gather(
            async () =>
            {
                for (var i = 0; i < items; i++)
                {
                    queue.PutNoWait(i);
                    await Asyncio.YieldAsync();
                }
            },
            async () =>
            {
                for (var i = 0; i < items; i++)
                {
                    await queue.GetAsync();
                    await Asyncio.YieldAsync();
                }
            });
    });

    /// <summary>An event wakes two who wait: passing it is reading, which does not conflict, and is behind the set: 1.</summary>
    [Test]
    public void AnEvent_WithTwoWhoWait_HasOneClass() => Expect(1, static () =>
    {
        var start = new AsyncEvent("start");
        return Gather(
            async () => await start.WaitAsync(),
            async () => await start.WaitAsync(),
            async () =>
            {
                await Asyncio.YieldAsync();
                start.Set();
            });
    });

    /// <summary>n come to a barrier for n: their arrivals stand in one order, n!; passing it is behind all of them.</summary>
    [TestCase(2, 2)]
    [TestCase(3, 6)]
    public void ABarrier_HasAClassForEachOrderOfArrival(int parties, int classes) => Expect(classes, () =>
    {
        var barrier = new AsyncBarrier(parties, "gate");
        return Gather(Enumerable.Repeat<Func<Task>>(async () => await barrier.WaitAsync(), parties).ToArray());
    });

    /// <summary>One waits for a notification, one notifies: in time, or too early and then it waits for ever: 2.</summary>
    [Test]
    public void ANotification_ComesInTime_OrIsLost()
    {
        var report = Expect(2, static () =>
        {
            var change = new AsyncCondition(name: "change");
            return Gather(
                async () =>
                {
                    using var hold = await change.AcquireAsync();
                    await change.WaitAsync();
                },
                async () =>
                {
                    using var hold = await change.AcquireAsync();
                    change.Notify();
                });
        });
        Assert.That(report.FirstFailure!.Failure!.Kind, Is.EqualTo(FailureKind.Stalled));
    }

    /// <summary>
    /// The main task writes x, makes a child that writes x, writes x again and waits: the child's write is behind the first, and
    /// before or behind the second: 2.
    /// </summary>
    [Test]
    public void AChild_IsBehindWhatCameBeforeItsCreation() => Expect(2, static async () =>
    {
        Asyncio.GetRunningLoop().Touch("x");
        var child = Asyncio.CreateTask(Steps("x", 1), "child");
        await Asyncio.YieldBeforeAsync("x");
        await child;
    });

    /// <summary>Tasks a and b, a makes c, and each writes x once: a is before c, b anywhere: 3 of the 3! orders.</summary>
    [Test]
    public void AGrandchild_IsBehindItsParent() => Expect(3, static () => Gather(
        async () =>
        {
            await Asyncio.YieldBeforeAsync("x");
            await Asyncio.CreateTask(Steps("x", 1), "c");
        },
        Steps("x", 1)));

    /// <summary>Waiting one after the other is waiting for both: what is touched afterwards is behind all of it. 1.</summary>
    [Test]
    public void WaitingForBoth_HasOneClass_HoweverItIsWritten() => Expect(1, static async () =>
    {
        var a = Asyncio.CreateTask(Steps("x", 2), "a");
        var b = Asyncio.CreateTask(Steps("y", 1), "b");
        await a;
        await b;
        Asyncio.GetRunningLoop().Touch("x");
        Asyncio.GetRunningLoop().Touch("y");
    });

    /// <summary>Two sleep, the shorter wakes first whatever the order of their steps; then both write x: 1.</summary>
    [Test]
    public void Time_Orders() => Expect(1, static () => Gather(
        async () =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            Asyncio.GetRunningLoop().Touch("x");
        },
        async () =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));
            Asyncio.GetRunningLoop().Touch("x");
        }));

    /// <summary>Both sleep a second, and then write x in either order: 2.</summary>
    [Test]
    public void EqualTimes_DoNotOrder() => Expect(2, static () => Gather(SleepAndTouchAsync, SleepAndTouchAsync));

    private static async Task SleepAndTouchAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        Asyncio.GetRunningLoop().Touch("x");
    }

    private static async Task HoldAsync(params AsyncLock[] locks)
    {
        foreach (var each in locks)
        {
            using (await each.AcquireAsync())
            {
                await Asyncio.YieldAsync();
            }

            await Asyncio.YieldAsync();
        }
    }

    private static async Task NestAsync(AsyncLock outer, AsyncLock inner)
    {
        using var first = await outer.AcquireAsync();
        await Asyncio.YieldAsync();
        using var second = await inner.AcquireAsync();
    }

    private static async Task UseAsync(AsyncSemaphore room)
    {
        using var unit = await room.AcquireAsync();
        await Asyncio.YieldAsync();
    }

    // Every schedule, and one of each kind at least: the same classes.
    private static ExhaustiveReport Expect(int classes, Func<Task> body)
    {
        var all = Search(body, Reduction.None);
        Assert.That(all.Classes, Is.EqualTo(classes));
        foreach (var reduction in (Reduction[])[Reduction.Declared, Reduction.Cautious])
        {
            var reduced = Search(body, reduction);
            Assert.That(reduced.Classes, Is.EqualTo(classes), $"with the reduction {reduction}");
            Assert.That(reduced.Executions, Is.LessThanOrEqualTo(all.Executions));
            TestContext.Out.WriteLine($"{reduction}: {reduced.Executions} + {reduced.Abandoned} of {all.Executions}, {classes} classes");
        }

        return all;
    }

    private static ExhaustiveReport Search(Func<Task> body, Reduction reduction)
    {
        var report = ExhaustiveSearch.Run(body, new ExhaustiveOptions { Reduction = reduction, StopsAtFailure = false });
        Assert.That((report.IsComplete, report.Unreduced), Is.EqualTo((true, (string?)null)));
        return report;
    }

    private static async Task Gather(params Func<Task>[] bodies) => await Asyncio.GatherAsync(bodies.AsSpan());

    private static Func<Task> Steps(string resource, int count, bool isWrite = true) => async () =>
    {
        for (var i = 0; i < count; i++)
        {
            await Asyncio.YieldBeforeAsync(resource, isWrite);
        }
    };
}
