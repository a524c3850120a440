using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Why is it stuck? Reports name what is waited for.</summary>
public sealed class SyncReportTests
{
    [Test]
    public void AStall_NamesEveryPrimitive()
    {
        using var loop = NewLoop();
        var error = Assert.Throws<StalledException>(() => loop.RunUntilComplete(async () =>
        {
            foreach (var what in (string[])["lock", "semaphore", "event", "condition", "lock of a condition", "barrier", "get", "read", "put", "join"])
            {
                _ = Asyncio.CreateTask(() => SyncTickTests.WaitForEverAsync(what, what is "lock" or "get" ? "orders" : null), what.Replace(' ', '-'));
            }

            await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
        }))!;
        Assert.That(CodePlaces.Without(error.Message).ReplaceLineEndings("\n"), Does.StartWith("""
            Nothing is ready and nothing is due at 0.000s: loop would wait for ever.
              main sleeps for ever since 0.000s in AStall_NamesEveryPrimitive
              lock waits on lock 'orders', which it has acquired itself (an AsyncLock is not re-entrant) since 0.000s in WaitForEverAsync
              semaphore waits on a semaphore since 0.000s in WaitForEverAsync
              event waits on an event since 0.000s in WaitForEverAsync
              condition waits on a notification of a condition since 0.000s in WaitForEverAsync
              lock-of-a-condition waits on the lock of a condition, which it has acquired itself (an AsyncLock is not re-entrant) since 0.000s in WaitForEverAsync
              barrier waits on a barrier (1 of 2 there) since 0.000s in WaitForEverAsync
              get waits on an item of queue 'orders' since 0.000s in WaitForEverAsync
              read waits on an item of a queue since 0.000s in WaitForEverAsync
              put waits on room in a queue since 0.000s in WaitForEverAsync
              join waits on the end of the work of a queue since 0.000s in WaitForEverAsync
              Deadlock: lock waits for itself. No lock or semaphore is reentrant: its holder must not take it again.
              Deadlock: lock-of-a-condition waits for itself. No lock or semaphore is reentrant: its holder must not take it again.
              Lost wake-up: no task is left that could wake semaphore, event, condition, barrier, get, read, put, join. Perhaps
            """.ReplaceLineEndings("\n")));
    }

    /// <summary>Two locks, taken in two orders: the report shows the circle.</summary>
    [Test]
    public void ADeadlock_IsReadInTheReport()
    {
        using var loop = NewLoop();
        var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
        var error = Assert.Throws<StalledException>(() => loop.RunUntilComplete(async () => await Asyncio.GatherAsync<ValueTuple>(
            Asyncio.CreateTask(() => BothAsync(left, right), "a"), Asyncio.CreateTask(() => BothAsync(right, left), "b"))))!;
        Assert.That(error.Message, Does.Contain("\n  a waits on lock 'right' (acquired by task b)").And.Contain("\n  b waits on lock 'left' (acquired by task a)"));

        static async Task BothAsync(AsyncLock first, AsyncLock second)
        {
            using (await first.AcquireAsync())
            {
                await Asyncio.YieldAsync();
                using (await second.AcquireAsync())
                {
                }
            }
        }
    }

    [Test]
    public void Texts_NameThem()
    {
        Assert.That($"{new AsyncLock("a")}, {new AsyncEvent("b")}, {new AsyncCondition(name: "c")}, {new AsyncSemaphore(1, "d")}, {new AsyncBarrier(2, "e")}, {new AsyncQueue<int>(3, "f")}", Is.EqualTo(
            "lock 'a' (unlocked), event 'b' (not set), condition 'c' (unlocked), semaphore 'd' (1 left), barrier 'e' (filling, 0 of 2 waiting), queue 'f' (0 items of 3)"));
    }

    // Without patience for other threads: there are none.
    private static EventLoop NewLoop()
    {
        var clock = new VirtualClock();
        return new EventLoop(clock, new VirtualPoller(clock));
    }
}
