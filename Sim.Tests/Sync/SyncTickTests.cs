using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Rule 47: the ticks of the primitives.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class SyncTickTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 47: uncontended lock, non-empty queue get, set event, and their kin: 0.</summary>
    [Test]
    public void WithoutAWait_Nothing_TakesATick() => Run(async () =>
    {
        var flag = new AsyncEvent();
        flag.Set();
        var queue = new AsyncQueue<int>();
        var condition = new AsyncCondition();
        var barrier = new AsyncBarrier(1);
        Assert.That(await TicksOf(async () =>
        {
            await using (await new AsyncLock().AcquireAsync())
            {
                await using (await new AsyncSemaphore().AcquireAsync())
                {
                    await flag.WaitAsync();
                }
            }

            await queue.PutAsync(1);
            await queue.GetAsync();
            queue.TaskDone();
            await queue.JoinAsync();
            await condition.AcquireAsync();
            await condition.WaitForAsync(() => true);
            await barrier.WaitAsync();
            await barrier.ResetAsync();
            await barrier.AbortAsync();
        }), Is.Zero);
    });

    /// <summary>Rule 47: Lock, Semaphore, Event, Queue woken from a callback: 2; the rest measured on CPython 3.13.</summary>
    [Test]
    public void WokenFromACallback_ItTakes2() => Run(async () =>
    {
        var l = new AsyncLock();
        await l.AcquireAsync();
        Assert.That(await TicksAfter(l.Release, async () => await l.AcquireAsync()), Is.EqualTo(2));
        var semaphore = new AsyncSemaphore(0);
        Assert.That(await TicksAfter(semaphore.Release, async () => await semaphore.AcquireAsync()), Is.EqualTo(2));
        var flag = new AsyncEvent();
        Assert.That(await TicksAfter(flag.Set, async () => await flag.WaitAsync()), Is.EqualTo(2));
        var queue = new AsyncQueue<int>(1);
        Assert.That(await TicksAfter(() => queue.PutNoWait(1), async () => await queue.GetAsync()), Is.EqualTo(2));
        queue.PutNoWait(2);
        Assert.That(await TicksAfter(() => queue.GetNoWait(), async () => await queue.PutAsync(3)), Is.EqualTo(2));
        Assert.That(await TicksAfter(() => queue.Shutdown(immediate: true), async () => await Caught.ByAsync<QueueShutDownException>(async () => await queue.PutAsync(4))), Is.EqualTo(2));
        queue = new AsyncQueue<int>();
        queue.PutNoWait(1);
        Assert.That(await TicksAfter(queue.TaskDone, async () => await queue.JoinAsync()), Is.EqualTo(2));
    });

    /// <summary>Rule 47: Condition.wait notified by a task already queued: 2; rule 86: a barrier whose last one is queued: 2.</summary>
    [Test]
    public void WokenByATaskThatIsQueued_ItTakes2() => Run(async () =>
    {
        var condition = new AsyncCondition();
        await condition.AcquireAsync();
        _ = Asyncio.CreateTask(async () =>
        {
            using (await condition.AcquireAsync())
            {
                condition.Notify();
            }
        });
        Assert.That(await TicksOf(async () => await condition.WaitAsync()), Is.EqualTo(2));
        var barrier = new AsyncBarrier(2);
        _ = Asyncio.CreateTask(() => barrier.WaitAsync());
        Assert.That(await TicksOf(async () => await barrier.WaitAsync()), Is.EqualTo(2));
    });

    /// <summary>Rule 53: from Cancel to the exception in the task that waits for a primitive: 1.</summary>
    [TestCase("lock")]
    [TestCase("semaphore")]
    [TestCase("event")]
    [TestCase("condition")]
    [TestCase("barrier")]
    [TestCase("get")]
    [TestCase("put")]
    [TestCase("join")]
    public void ACancellation_Arrives1Later(string what) => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => WaitForEverAsync(what));
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
        var start = Loop.Iteration;
        task.Cancel();
        await Asyncio.YieldAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That(Loop.Iteration - start, Is.EqualTo(1));
    });

    /// <summary>Waits of each kind that nothing ends.</summary>
    internal static async Task WaitForEverAsync(string what, string? name = null, CancellationToken token = default)
    {
        switch (what)
        {
            case "lock":
                var l = new AsyncLock(name);
                await l.AcquireAsync(CancellationToken.None);
                await l.AcquireAsync(token);
                break;
            case "semaphore":
                await new AsyncSemaphore(0, name).AcquireAsync(token);
                break;
            case "event":
                await new AsyncEvent(name).WaitAsync(token);
                break;
            case "condition":
                var condition = new AsyncCondition(name: name);
                await condition.AcquireAsync(CancellationToken.None);
                await condition.WaitAsync(token);
                break;
            case "lock of a condition":
                condition = new AsyncCondition(name: name);
                await condition.AcquireAsync(CancellationToken.None);
                await condition.AcquireAsync(token);
                break;
            case "barrier":
                await new AsyncBarrier(2, name).WaitAsync(token);
                break;
            case "get":
                await new AsyncQueue<int>(name: name).GetAsync(token);
                break;
            case "read":
                await foreach (var item in new AsyncQueue<int>(name: name).ReadAllAsync(token))
                {
                    Assert.Fail($"an item: {item}");
                }

                break;
            case "put":
                var queue = new AsyncLifoQueue<int>(1, name);
                await queue.PutAsync(1, CancellationToken.None);
                await queue.PutAsync(2, token);
                break;
            case "join":
                queue = new AsyncLifoQueue<int>(1, name);
                await queue.PutAsync(1, CancellationToken.None);
                await queue.JoinAsync(token);
                break;
        }
    }

    private Task<long> TicksAfter(Action wake, Func<Task> wait)
    {
        Loop.CallSoon(wake);
        return TicksOf(wait);
    }
}
