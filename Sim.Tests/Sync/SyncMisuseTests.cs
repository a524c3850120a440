using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What the primitives say when they are misused: what, when, where, why, and what to do. Whole texts.</summary>
public sealed class SyncMisuseTests
{
    [Test]
    public void ReleasingALockThatNobodyHolds()
    {
        Assert.That(TextOf<NotAcquiredException>(() => new AsyncLock("orders").Release()), Is.EqualTo(
            "Release of lock 'orders' at 1.500s in task main: nobody holds it. It was released before, or never acquired: "
            + "release it once for every AcquireAsync, best with 'using (await l.AcquireAsync())'."));
        Assert.That(() => new AsyncCondition().Release(), Throws.TypeOf<NotAcquiredException>().With.Message.StartsWith(
            "Release of the lock of a condition outside of any loop: nobody holds it."));
    }

    [Test]
    public void NotifyingOrWaitingWithoutTheLock()
    {
        var condition = new AsyncCondition(name: "stock");
        Assert.That(TextOf<NotAcquiredException>(() => condition.Notify()), Is.EqualTo(
            "Notification of condition 'stock' at 1.500s in task main: nobody holds the lock of condition 'stock'. What is waited for could change "
            + "unseen: do this inside of 'using (await c.AcquireAsync())'."));
        Assert.That(TextOf<NotAcquiredException>(condition.NotifyAll), Does.StartWith("Notification of condition 'stock'"));
        Assert.That(TextOf<NotAcquiredException>(async () => await condition.WaitAsync()), Does.StartWith(
            "Wait for condition 'stock' at 1.500s in task main: nobody holds the lock"));
        Assert.That(TextOf<NotAcquiredException>(async () => await new AsyncCondition(new AsyncLock("shelf")).WaitForAsync(() => false)), Does.StartWith(
            "Wait for a condition at 1.500s in task main: nobody holds lock 'shelf'."));
    }

    [Test]
    public void ReleasingABoundedSemaphoreTooOften() =>
        Assert.That(TextOf<TooManyReleasesException>(() => new AsyncBoundedSemaphore(2, "doors").Release()), Is.EqualTo(
            "Release of semaphore 'doors' at 1.500s in task main: all of its units (2) are there. It was released more often than acquired: "
            + "release it once for every AcquireAsync, best with 'using (await s.AcquireAsync())'."));

    [Test]
    public void QueuesThatCannot()
    {
        var queue = new AsyncQueue<int>(1, "mail");
        Assert.That(TextOf<QueueEmptyException>(() => queue.GetNoWait()), Is.EqualTo(
            "GetNoWait from queue 'mail' at 1.500s in task main: it is empty. Use GetAsync to wait for an item, or TryGet to do without."));
        Assert.That(TextOf<TooManyReleasesException>(queue.TaskDone), Is.EqualTo(
            "TaskDone of queue 'mail' at 1.500s in task main: the work on every item that was put in is reported as done already. "
            + "Call it once for each item gotten."));
        queue.PutNoWait(1);
        Assert.That(TextOf<QueueFullException>(() => queue.PutNoWait(2)), Is.EqualTo(
            "PutNoWait into queue 'mail' at 1.500s in task main: it is full (1 of 1). Use PutAsync to wait for room, or TryPut to do without."));
        queue.Shutdown(immediate: true);
        Assert.That(TextOf<QueueShutDownException>(async () => await queue.PutAsync(3)), Is.EqualTo(
            "Put into queue 'mail' at 1.500s in task main: it was shut down and takes no more items. Stop putting when IsShutDown says so, "
            + "or take this exception as the end."));
        Assert.That(TextOf<QueueShutDownException>(async () => await queue.GetAsync()), Is.EqualTo(
            "Get from queue 'mail' at 1.500s in task main: it was shut down and is empty: there will be no more items. Take this exception as "
            + "the end, or read with ReadAllAsync, which just ends."));
    }

    [Test]
    public void WaitingAtABrokenBarrier()
    {
        var barrier = new AsyncBarrier(2, "start");
        Assert.That(TextOf<BrokenBarrierException>(async () =>
        {
            await barrier.AbortAsync();
            await barrier.WaitAsync();
        }), Is.EqualTo(
            "Wait at barrier 'start' at 1.500s in task main: it was aborted and lets nobody through: make a new one, or call ResetAsync."));
        Assert.That(TextOf<BrokenBarrierException>(() => BreakAsync(barrier => barrier.AbortAsync())), Is.EqualTo(
            "Wait at a barrier at 1.500s in task main: it was aborted meanwhile: one of the others has given up."));
        Assert.That(TextOf<BrokenBarrierException>(() => BreakAsync(barrier => barrier.ResetAsync())), Is.EqualTo(
            "Wait at a barrier at 1.500s in task main: it was reset meanwhile: begin the round again."));

        static async Task BreakAsync(Func<AsyncBarrier, ValueTask> how)
        {
            var barrier = new AsyncBarrier(2);
            _ = Asyncio.CreateTask(() => how(barrier));
            await barrier.WaitAsync();
        }
    }

    [Test]
    public void SizesThatMakeNoSense()
    {
        Assert.That(() => new AsyncBarrier(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AsyncSemaphore(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AsyncBoundedSemaphore(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    /// <summary>It belongs to the loop of the first wait that suspends, and to none before.</summary>
    [Test]
    public void WaitingOnAnotherLoop_NamesBoth([Values("lock", "semaphore", "event", "condition", "get", "put", "join", "barrier")] string what)
    {
        var l = new AsyncLock("orders");
        var semaphore = new AsyncSemaphore(0);
        var flag = new AsyncEvent();
        var condition = new AsyncCondition();
        var queue = new AsyncQueue<int>();
        var full = new AsyncQueue<int>(1);
        full.PutNoWait(1);
        var barrier = new AsyncBarrier(2);
        Func<Task> wait = what switch
        {
            "lock" => async () => await l.AcquireAsync(),
            "semaphore" => async () => await semaphore.AcquireAsync(),
            "event" => async () => await flag.WaitAsync(),
            "condition" => async () => await condition.WaitAsync(),
            "get" => async () => await queue.GetAsync(),
            "put" => async () => await full.PutAsync(2),
            "join" => async () => await full.JoinAsync(),
            _ => async () => await barrier.WaitAsync(),
        };
        using var north = Asyncio.NewVirtualEventLoop(new LoopOptions { Name = "north" });
        using var south = Asyncio.NewVirtualEventLoop(new LoopOptions { Name = "south" });
        north.RunUntilComplete(async () =>
        {
            await l.AcquireAsync();
            l.Release();
        });
        south.RunUntilComplete(async () =>
        {
            // Nobody has waited yet: no loop's.
            await l.AcquireAsync();
            await condition.AcquireAsync();
            var task = Asyncio.CreateTask(wait, "waiter");
            await Asyncio.YieldAsync();
            task.Cancel();
            await Asyncio.YieldAsync();
            Assert.That(task.IsCancelled, Is.True);
        });
        var error = Assert.Throws<LoopException>(() => north.RunUntilComplete(wait))!;
        Assert.That(error.Message, Does.Match(
            "^A wait for .* at 0.000s in task main: it belongs to south, the loop on which it was first waited for, but another one, north, runs here. "
            + "Make one for each loop, or hand the work over with CallSoonThreadSafe.$"));
    }

    [Test]
    public void WaitingOutsideOfAnyLoop() =>
        Assert.That(() => new AsyncEvent().WaitAsync().AsTask(), Throws.TypeOf<NoRunningLoopException>());

    /// <summary>Where the loop is known, other threads are refused before anything has changed.</summary>
    [Test]
    public void OtherThreads_AreRefused()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        loop.RunUntilComplete(async () =>
        {
            var (l, semaphore, flag, queue, full) = (new AsyncLock(), new AsyncSemaphore(0), new AsyncEvent(), new AsyncQueue<int>(), new AsyncQueue<int>(1));
            var condition = new AsyncCondition();
            await l.AcquireAsync();
            full.PutNoWait(0);
            Func<Task>[] waits =
            [
                async () => await l.AcquireAsync(), async () => await semaphore.AcquireAsync(), async () => await flag.WaitAsync(),
                async () => await queue.GetAsync(), async () => await full.PutAsync(1),
                async () =>
                {
                    await condition.AcquireAsync();
                    await condition.WaitAsync();
                },
            ];
            var tasks = waits.Select(wait => Asyncio.CreateTask(wait)).ToList();
            await Asyncio.YieldAsync();
            await condition.AcquireAsync();
            Action[] calls =
            [
                l.Release, semaphore.Release, flag.Set, flag.Clear, () => condition.Notify(), condition.NotifyAll,
                () => queue.PutNoWait(1), () => queue.TryPut(1), () => full.GetNoWait(), () => full.TryGet(out _), full.TaskDone, () => full.Shutdown(),
            ];
            foreach (var call in calls)
            {
                Assert.That(LoopFixture.OnOtherThread(call), Is.TypeOf<ForeignThreadException>());
            }

            Assert.That((l.IsLocked, semaphore.IsLocked, flag.IsSet, queue.Count, full.Count, full.IsShutDown), Is.EqualTo((true, true, false, 0, 1, false)));
            await Asyncio.YieldAsync();
            Assert.That(tasks, Has.All.Property("IsDone").False);
            condition.Release();
            tasks.ForEach(static task => task.Cancel());
            await Asyncio.YieldAsync();
            l.Release();
            Assert.That(LoopFixture.OnOtherThread(() => _ = l.AcquireAsync().AsTask()), Is.TypeOf<ForeignThreadException>());
            Assert.That(l.IsLocked, Is.False);
            semaphore.Release();
            Assert.That(LoopFixture.OnOtherThread(() => _ = semaphore.AcquireAsync().AsTask()), Is.TypeOf<ForeignThreadException>());
            Assert.That(semaphore.IsLocked, Is.False);
        });
    }

    private static string TextOf<TException>(Action misuse)
        where TException : Exception =>
        TextOf<TException>(() =>
        {
            misuse();
            return Task.CompletedTask;
        });

    private static string TextOf<TException>(Func<Task> misuse)
        where TException : Exception
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        return Assert.Throws<TException>(() => loop.RunUntilComplete(async () =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1.5));
            await misuse();
        }))!.Message;
    }
}
