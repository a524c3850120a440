using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Programs as a newcomer writes them, with the numbers that he computes by hand.</summary>
public class HandComputedTests
{
    private static readonly (int A, int B, int Choose)[] _pairs =
        [(1, 1, 2), (1, 2, 3), (2, 2, 6), (1, 4, 5), (2, 3, 10), (3, 3, 20), (4, 3, 35), (4, 4, 70), (5, 2, 21)];

    private static EventLoop Loop => Asyncio.GetRunningLoop();

    /// <summary>Tasks of a and b steps, that is, a - 1 and b - 1 yields between them: C(a + b, a), however they are waited for.</summary>
    [TestCaseSource(nameof(_pairs))]
    public void StepsBetweenYields((int A, int B, int Choose) pair)
    {
        var (a, b, choose) = pair;
        Assert.That(All(() => GatherAsync(Yields(a - 1), Yields(b - 1))).Interleavings, Is.EqualTo(choose), "gathered");
        Assert.That(All(() => JoinAsync(Yields(a - 1), Yields(b - 1))).Interleavings, Is.EqualTo(choose), "joined one after the other");
        Assert.That(All(() => GroupAsync(Yields(a - 1), Yields(b - 1))).Interleavings, Is.EqualTo(choose), "in a group");
        Assert.That(All(() => WaitAsync(Yields(a - 1), Yields(b - 1))).Interleavings, Is.EqualTo(choose), "waited for");
    }

    /// <summary>a and b announced accesses, or touches with a yield behind each: C(a + b, a) orders of operations.</summary>
    [TestCaseSource(nameof(_pairs))]
    public void Accesses((int A, int B, int Choose) pair)
    {
        var (a, b, choose) = pair;
        Assert.That(All(() => JoinAsync(Announced("x", a), Announced("y", b))).OperationOrders, Is.EqualTo(choose), "announced");
        Assert.That(All(() => JoinAsync(Touches("x", a), Touches("y", b))).OperationOrders, Is.EqualTo(choose), "touched, then yielded");
        Assert.That(All(() => JoinAsync(Touches("x", a), Touches("x", b))).Classes, Is.EqualTo(choose), "of one variable, each a class");
        Assert.That(All(() => JoinAsync(Touches("x", a), Touches("y", b))).Classes, Is.EqualTo(1), "of two variables, all one class");
    }

    /// <summary>Three tasks of 2, 1 and 1 steps: 4! / (2! 1! 1!) = 12; of 2 each: 6! / (2! 2! 2!) = 90.</summary>
    [Test]
    public void ThreeTasks_HaveAMultinomialNumber()
    {
        Assert.That(All(() => JoinAsync(Yields(1), Yields(0), Yields(0))).Interleavings, Is.EqualTo(12));
        Assert.That(All(() => JoinAsync(Yields(1), Yields(1), Yields(1)), callbacksAtOnce: true).Interleavings, Is.EqualTo(90));
        Assert.That(All(() => JoinAsync(Announced("x", 2), Announced("x", 1), Announced("x", 1))).Classes, Is.EqualTo(12));
    }

    /// <summary>The main task takes part: it starts a child of 2 steps and yields twice, which are 2 steps more: C(4, 2) = 6.</summary>
    [Test]
    public void AMainTaskThatWorks_Counts() => Assert.That(
        All(static async () =>
        {
            var child = Asyncio.CreateTask(Yields(1), "child");
            await Asyncio.YieldAsync();
            await Asyncio.YieldAsync();
            await child;
        }).Interleavings,
        Is.EqualTo(6));

    /// <summary>
    /// x = x + 1 torn by a yield, twice, where reads do not conflict: one after the other (2), or both read before either writes,
    /// and one of the writes is first (2): 4. In the latter two an increment is lost.
    /// </summary>
    [Test]
    public void LostUpdate_HasFourClasses()
    {
        var ends = new List<int>();
        Expect(4, async () =>
        {
            var x = 0;
            await JoinAsync(IncrementAsync, IncrementAsync);
            ends.Add(x);

            async Task IncrementAsync()
            {
                Loop.Touch("x", isWrite: false);
                var read = x;
                await Asyncio.YieldAsync();
                Loop.Touch("x");
                x = read + 1;
            }
        });
        Assert.That(ends.Distinct().Order(), Is.EqualTo((int[])[1, 2]));
    }

    /// <summary>
    /// The same under a lock: whoever is first, 2. Three tasks: 3! = 6. Twice each by two tasks: of C(4, 2) = 6 orders ABBA and BAAB
    /// cannot be, for the lock is fair: who releases it and wants it again at once stands in line behind the other. 4.
    /// </summary>
    [TestCase(2, 1, 2)]
    [TestCase(3, 1, 6)]
    [TestCase(2, 2, 4)]
    public void CountingUnderALock_HasAClassForEachOrderOfHolds(int tasks, int times, int classes) => Expect(classes, () =>
    {
        var (guard, x) = (new AsyncLock("guard"), 0);
        return JoinAsync([.. Enumerable.Repeat(IncrementAsync, tasks)]);

        async Task IncrementAsync()
        {
            for (var i = 0; i < times; i++)
            {
                using (await guard.AcquireAsync())
                {
                    Loop.Touch("x", isWrite: false);
                    var read = x;
                    await Asyncio.YieldAsync();
                    Loop.Touch("x");
                    x = read + 1;
                }
            }
        }
    });

    /// <summary>Two producers of one item each, one consumer of two: the order of the puts (2), and the first get before or
    /// behind the second put (2): 4.</summary>
    [Test]
    public void TwoProducers_HaveFourClasses() => Expect(4, static () =>
    {
        var queue = new AsyncQueue<int>(name: "queue");
        return JoinAsync(
            async () => await queue.PutAsync(1),
            async () => await queue.PutAsync(2),
            async () =>
            {
                await queue.GetAsync();
                await Asyncio.YieldAsync();
                await queue.GetAsync();
            });
    });

    /// <summary>A queue with room for one: put, get, put, get is the only order. 1.</summary>
    [Test]
    public void AQueueWithRoomForOne_HasOneClass() => Expect(1, static () =>
    {
        var queue = new AsyncQueue<int>(1, "queue");
        return JoinAsync(
            async () =>
            {
                await queue.PutAsync(1);
                await queue.PutAsync(2);
            },
            async () =>
            {
                await queue.GetAsync();
                await queue.GetAsync();
            });
    });

    /// <summary>A future hands a value over: what is written before it is set is seen behind it. A third task writes x too: before,
    /// between or behind the other two, 3.</summary>
    [Test]
    public void AFuture_Orders() => Expect(3, static () =>
    {
        var ready = Loop.CreateFuture<int>();
        return JoinAsync(
            () =>
            {
                Loop.Touch("x");
                ready.SetResult(1);
                return Task.CompletedTask;
            },
            async () =>
            {
                await ready;
                Loop.Touch("x");
            },
            Touches("x", 1));
    });

    /// <summary>Who waits for an event goes on behind the set; setting it is a write and passing it a read. A second one sets it
    /// again: the sets in either order (2), and the waiter goes on behind the first, before or behind the second (2): 4.</summary>
    [Test]
    public void TwoSetsOfAnEvent_HaveFourClasses() => Expect(4, static () =>
    {
        var start = new AsyncEvent("start");
        return JoinAsync(
            async () => await start.WaitAsync(),
            () => SetAsync(start),
            () => SetAsync(start));

        static Task SetAsync(AsyncEvent start)
        {
            start.Set();
            return Task.CompletedTask;
        }
    });

    /// <summary>Three sleep 1, 1 and 2 seconds and then write x: the first two in either order, the third behind both: 2.</summary>
    [Test]
    public void EqualSleeps_Race_AndDifferentOnesDoNot() => Expect(2, static () => JoinAsync(Sleeper(1), Sleeper(1), Sleeper(2)));

    /// <summary>Sleeps of 1 + 1 and of 2 seconds end at the same time, and race: 2.</summary>
    [Test]
    public void SleepsThatEndTogether_Race() => Expect(2, static () => JoinAsync(Sleeper(1, 1), Sleeper(2)));

    /// <summary>Two tasks write x, make a child that writes x, and wait for it: of each family one after the other, C(4, 2) = 6.</summary>
    [Test]
    public void Families_AreInterleaved() => Expect(6, static () => JoinAsync(FamilyAsync, FamilyAsync));

    /// <summary>A parent writes x beside its child: a before the child's start, b racing with it, c behind the join. 2.</summary>
    [Test]
    public void AParent_RacesWithItsChildUntilItJoins() => Expect(2, static async () =>
    {
        Loop.Touch("x");
        var child = Asyncio.CreateTask(Touches("x", 1), "child");
        await Asyncio.YieldAsync();
        Loop.Touch("x");
        await child;
        Loop.Touch("x");
    });

    /// <summary>A writes x then y, B writes y then x (each a step). For x either first, for y either first, but B before A at x
    /// and A before B at y is a circle: 3.</summary>
    [Test]
    public void TwoVariables_InOppositeOrder_HaveThreeClasses() => Expect(3, static () => JoinAsync(
        async () =>
        {
            await Asyncio.YieldBeforeAsync("x");
            await Asyncio.YieldBeforeAsync("y");
        },
        async () =>
        {
            await Asyncio.YieldBeforeAsync("y");
            await Asyncio.YieldBeforeAsync("x");
        }));

    /// <summary>Dekker without a yield between: each writes its flag and then reads the other's, a step each. Flag a: write before
    /// or behind the read of B (2), flag b likewise (2), and both reads first is a circle: 3.</summary>
    [Test]
    public void StoreBuffering_HasThreeClasses() => Expect(3, static () => JoinAsync(
        async () =>
        {
            await Asyncio.YieldBeforeAsync("a");
            await Asyncio.YieldBeforeAsync("b", isWrite: false);
        },
        async () =>
        {
            await Asyncio.YieldBeforeAsync("b");
            await Asyncio.YieldBeforeAsync("a", isWrite: false);
        }));

    /// <summary>One writer of x and n readers: each reader before or behind, 2 to the n.</summary>
    [TestCase(1, 2)]
    [TestCase(2, 4)]
    [TestCase(3, 8)]
    public void OneWriterAndReaders_HaveAPowerOfTwo(int readers, int classes) => Expect(
        classes, () => JoinAsync([Touches("x", 1), .. Enumerable.Range(0, readers).Select(_ => Touches("x", 1, isWrite: false))]));

    /// <summary>Two tasks of one step each may start in either order: the number of schedules of a scenario without any yield.</summary>
    [Test]
    public void TasksWithoutAYield_HaveTwoInterleavings()
    {
        var report = All(() => GatherAsync(Yields(0), Yields(0)), callbacksAtOnce: true);
        Assert.That((report.Interleavings, report.Executions, report.Classes), Is.EqualTo((2L, 2L, 1L)));
    }

    /// <summary>Calls side by side inside one task are searched in every order: 3! outcomes, although all of it is one task.</summary>
    [TestCase(Reduction.None)]
    [TestCase(Reduction.Declared)]
    [TestCase(Reduction.Cautious)]
    public void CallsOfOneTask_AreSearchedInEveryOrder(Reduction reduction)
    {
        var outcomes = new HashSet<string>();
        var report = ExhaustiveSearch.Run(
            async () =>
            {
                var order = "";
                await Task.WhenAll(AddAsync("a"), AddAsync("b"), AddAsync("c"));
                outcomes.Add(order);

                async Task AddAsync(string letter)
                {
                    await Asyncio.YieldAsync();
                    Loop.Touch("order");
                    order += letter;
                }
            },
            new ExhaustiveOptions { Reduction = reduction });
        Assert.That((report.IsComplete, report.Unreduced, outcomes.Count, report.Interleavings), Is.EqualTo((true, (string?)null, 6, 1L)));
    }

    /// <summary>A static takes part, after many runs: the search says at which decision, and does not go on.</summary>
    [TestCase(Reduction.None)]
    [TestCase(Reduction.Declared)]
    public void AProgramThatDiffersFromRunToRun_EndsTheSearch(Reduction reduction)
    {
        var runs = 0;
        var report = ExhaustiveSearch.Run(
            () => ++runs < 5 ? JoinAsync(Announced("x", 3), Announced("x", 3)) : JoinAsync(Announced("x", 3), Announced("x", 2), Yields(0)),
            new ExhaustiveOptions { Reduction = reduction, StopsAtFailure = false });
        Assert.That((report.IsComplete, report.FirstFailure!.Failure!.Kind, runs), Is.EqualTo((false, FailureKind.Nondeterministic, 5)));
        Assert.That(report.FirstFailure.Failure.Message, Does.Contain("is not the one that it was in the run before"));
    }

    private static async Task FamilyAsync()
    {
        await Asyncio.YieldBeforeAsync("x");
        await Asyncio.CreateTask(Announced("x", 1));
    }

    private static Func<Task> Sleeper(params int[] seconds) => async () =>
    {
        foreach (var each in seconds)
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(each));
        }

        Loop.Touch("x");
    };

    private static Func<Task> Yields(int count) => async () =>
    {
        for (var i = 0; i < count; i++)
        {
            await Asyncio.YieldAsync();
        }
    };

    private static Func<Task> Announced(string resource, int count) => async () =>
    {
        for (var i = 0; i < count; i++)
        {
            await Asyncio.YieldBeforeAsync(resource);
        }
    };

    private static Func<Task> Touches(string resource, int count, bool isWrite = true) => async () =>
    {
        for (var i = 0; i < count; i++)
        {
            Loop.Touch(resource, isWrite);
            await Asyncio.YieldAsync();
        }
    };

    private static async Task GatherAsync(params Func<Task>[] bodies) => await Asyncio.GatherAsync(bodies.AsSpan());

    private static async Task JoinAsync(params Func<Task>[] bodies)
    {
        foreach (var task in bodies.Select(static body => Asyncio.CreateTask(body)).ToArray())
        {
            await task;
        }
    }

    private static async Task GroupAsync(params Func<Task>[] bodies) => await TaskGroup.RunAsync(group =>
    {
        foreach (var body in bodies)
        {
            group.CreateTask(body);
        }

        return Task.CompletedTask;
    });

    private static async Task WaitAsync(params Func<Task>[] bodies) =>
        await Asyncio.WaitAsync(bodies.Select(static body => Asyncio.CreateTask(body)).ToArray());

    private static ExhaustiveReport All(Func<Task> body, bool callbacksAtOnce = false)
    {
        var report = ExhaustiveSearch.Run(
            body, new ExhaustiveOptions { Reduction = Reduction.None, StopsAtFailure = false, CallbacksAtOnce = callbacksAtOnce });
        Assert.That((report.IsComplete, report.Failures), Is.EqualTo((true, 0L)));
        return report;
    }

    // Every schedule, and as few as there can be differences between: the same classes.
    private static void Expect(int classes, Func<Task> body)
    {
        Assert.That(All(body).Classes, Is.EqualTo(classes), "of all schedules");
        foreach (var reduction in (Reduction[])[Reduction.Declared, Reduction.Cautious])
        {
            var reduced = ExhaustiveSearch.Run(body, new ExhaustiveOptions { Reduction = reduction, StopsAtFailure = false });
            Assert.That((reduced.IsComplete, reduced.Unreduced), Is.EqualTo((true, (string?)null)), $"{reduction}");
            Assert.That(reduced.Classes, Is.EqualTo(classes), $"{reduction}");
        }
    }
}
