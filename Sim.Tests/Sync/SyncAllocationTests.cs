using System.Diagnostics;
using System.Reflection;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Who need not wait allocates nothing; who waits, nothing in steady state.</summary>
public sealed class SyncAllocationTests
{
    private int _turns;

    [Test]
    public void ALock()
    {
        var l = new AsyncLock();
        AssertFree(() =>
        {
            Now(l.AcquireAsync()).Dispose();
            Now(Now(l.AcquireAsync()).DisposeAsync());
            Now(l.AcquireAsync());
            l.Release();
        });
    }

    [Test]
    public void ABlockWithASemaphore()
    {
        var semaphore = new AsyncSemaphore(3);
        AssertFree(() =>
        {
            using (Now(semaphore.AcquireAsync()))
            {
                Now(Now(semaphore.AcquireAsync()).DisposeAsync());
            }
        });
    }

    [Test]
    public void AnEvent()
    {
        var flag = new AsyncEvent();
        AssertFree(() =>
        {
            flag.Set();
            Now(flag.WaitAsync());
            flag.Clear();
        });
    }

    [Test]
    public void AConditionThatHolds()
    {
        var condition = new AsyncCondition();
        AssertFree(() =>
        {
            using (Now(condition.AcquireAsync()))
            {
                Now(condition.WaitForAsync(static () => true));
                condition.Notify();
                condition.NotifyAll();
            }
        });
    }

    [Test]
    public void ABarrierForOne()
    {
        var barrier = new AsyncBarrier(1);
        AssertFree(() => Now(barrier.WaitAsync()), isAsyncMethod: true);
    }

    [TestCase("fifo")]
    [TestCase("lifo")]
    [TestCase("priority")]
    public void AQueue(string which)
    {
        var queue = which switch
        {
            "fifo" => new AsyncQueue<int>(4),
            "lifo" => new AsyncLifoQueue<int>(4),
            _ => new AsyncPriorityQueue<int>(4),
        };
        AssertFree(() =>
        {
            Now(queue.PutAsync(2));
            queue.TryPut(1);
            queue.PutNoWait(3);
            Now(queue.GetAsync());
            queue.TryGet(out _);
            queue.GetNoWait();
            queue.TaskDone();
            queue.TaskDone();
            queue.TaskDone();
            Now(queue.JoinAsync());
        });
    }

    [Test]
    public void WaitsForALock()
    {
        var l = new AsyncLock();
        AssertWaitsFree(async () =>
        {
            for (; ; _turns++)
            {
                using (await l.AcquireAsync())
                {
                    await Asyncio.YieldAsync();
                }
            }
        });
    }

    [Test]
    public void WaitsForASemaphore()
    {
        var semaphore = new AsyncSemaphore(2);
        AssertWaitsFree(async () =>
        {
            for (; ; _turns++)
            {
                await using (await semaphore.AcquireAsync())
                {
                    await Asyncio.YieldAsync();
                }
            }
        });
    }

    [Test]
    public void WaitsForAnEvent()
    {
        var flag = new AsyncEvent();
        AssertWaitsFree(async () =>
        {
            for (; ; _turns++)
            {
                flag.Set();
                flag.Clear();
                await flag.WaitAsync();
            }
        });
    }

    [Test]
    public void WaitsForANotification()
    {
        var condition = new AsyncCondition();
        AssertWaitsFree(async () =>
        {
            for (; ; _turns++)
            {
                using (await condition.AcquireAsync())
                {
                    condition.NotifyAll();
                    await condition.WaitAsync();
                }
            }
        });
    }

    [Test]
    public void WaitsUntilAConditionHolds()
    {
        var condition = new AsyncCondition();
        var looks = 0;
        Func<bool> everyFourth = () =>
        {
            condition.NotifyAll();
            return ++looks % 4 == 0;
        };
        AssertWaitsFree(async () =>
        {
            for (; ; _turns++)
            {
                using (await condition.AcquireAsync())
                {
                    await condition.WaitForAsync(everyFourth);
                }
            }
        }, atLeast: 100);
    }

    [Test]
    public void WaitsAtAQueue()
    {
        var queue = new AsyncQueue<int>(1);
        AssertWaitsFree(async () =>
        {
            for (; ; _turns++)
            {
                await queue.PutAsync(1);
                await Asyncio.YieldAsync();
                await queue.GetAsync();
            }
        });
    }

    [Test]
    public void ReadingAQueue()
    {
        var queue = new AsyncQueue<int>();
        queue.PutNoWait(1);
        AssertWaitsFree(async () =>
        {
            await foreach (var item in queue.ReadAllAsync())
            {
                await Asyncio.YieldAsync();
                _turns += item;
                queue.PutNoWait(item);
            }
        });
    }

    // Three tasks take turns for ever, each in one async method: what is allocated is the primitive's.
    private void AssertWaitsFree(Func<Task> forEver, int atLeast = 500)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var allocated = long.MaxValue;
        _turns = 0;
        loop.RunUntilComplete(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                _ = Asyncio.CreateTask(forEver);
            }

            for (var attempt = 0; attempt < 20; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                {
                    await Asyncio.YieldAsync();
                }

                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        });
        loop.CancelAllTasks();
        Assert.That(_turns, Is.GreaterThan(atLeast));
        Assert.That(allocated, Is.Zero);
    }

    // No async lambdas: what the compiler makes of one is a class in a Debug build. Of an async method of the library, too.
    private static void AssertFree(Action step, bool isAsyncMethod = false)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var allocated = long.MaxValue;
        loop.RunUntilComplete(() =>
        {
            // The least of several: the runtime has work of its own.
            for (var attempt = 0; attempt < 20; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                {
                    step();
                }

                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return Task.CompletedTask;
        });
        var debugging = typeof(AsyncLock).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
        Assert.That(allocated, isAsyncMethod && debugging ? Is.LessThan(100 * 1_000) : Is.Zero);
    }

    private static T Now<T>(ValueTask<T> done)
    {
        if (!done.IsCompletedSuccessfully)
        {
            Assert.Fail("It waits.");
        }

        return done.Result;
    }

    private static void Now(ValueTask done)
    {
        if (!done.IsCompletedSuccessfully)
        {
            Assert.Fail("It waits.");
        }
    }
}
