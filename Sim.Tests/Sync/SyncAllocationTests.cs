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
        AssertFree(async () =>
        {
            using (await l.AcquireAsync())
            {
            }

            await using (await l.AcquireAsync())
            {
            }

            await l.AcquireAsync();
            l.Release();
        });
    }

    [Test]
    public void ABlockWithASemaphore()
    {
        var semaphore = new AsyncSemaphore(3);
        AssertFree(async () =>
        {
            using (await semaphore.AcquireAsync())
            {
                await using (await semaphore.AcquireAsync())
                {
                }
            }
        });
    }

    [Test]
    public void AnEvent()
    {
        var flag = new AsyncEvent();
        AssertFree(async () =>
        {
            flag.Set();
            await flag.WaitAsync();
            flag.Clear();
        });
    }

    [Test]
    public void AConditionThatHolds()
    {
        var condition = new AsyncCondition();
        AssertFree(async () =>
        {
            using (await condition.AcquireAsync())
            {
                await condition.WaitForAsync(static () => true);
                condition.Notify();
                condition.NotifyAll();
            }
        });
    }

    [Test]
    public void ABarrierForOne()
    {
        var barrier = new AsyncBarrier(1);
        AssertFree(async () => await barrier.WaitAsync());
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
        AssertFree(async () =>
        {
            await queue.PutAsync(2);
            queue.TryPut(1);
            queue.PutNoWait(3);
            await queue.GetAsync();
            queue.TryGet(out _);
            queue.GetNoWait();
            queue.TaskDone();
            queue.TaskDone();
            queue.TaskDone();
            await queue.JoinAsync();
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

    // Complete without a wait, so the step itself allocates nothing. The least of several: the runtime has work of its own.
    private static void AssertFree(Func<ValueTask> step)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var allocated = long.MaxValue;
        var waited = false;
        loop.RunUntilComplete(() =>
        {
            for (var attempt = 0; attempt < 20; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                {
                    var done = step();
                    waited |= !done.IsCompletedSuccessfully;
                }

                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return Task.CompletedTask;
        });
        Assert.That(waited, Is.False);
        Assert.That(allocated, Is.Zero);
    }
}
