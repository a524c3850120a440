using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Rule 47 for combinators: the ticks until resumption of shield, wait, wait_for, as_completed, timeout and task groups.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CombinatorTicksTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 47: shield(new task, returns at once): 3; shield(done): 0.</summary>
    [Test]
    public void Shield_Takes3_OrNone() => Run(async () =>
    {
        Assert.That(await TicksOf(async () => await Asyncio.Shield(NewTask())), Is.EqualTo(3));
        Assert.That(await TicksOf(async () => await Asyncio.Shield(Done())), Is.Zero);
    });

    /// <summary>Rule 47: as_completed of one new task: 3; what is done already: a tick for its callback, one for the step.</summary>
    [Test]
    public void AsCompleted_Takes3() => Run(async () =>
    {
        Assert.That(await TicksOf(() => DrainAsync([NewTask()])), Is.EqualTo(3));
        Assert.That(await TicksOf(() => DrainAsync([NewTask(), NewTask(), NewTask()])), Is.EqualTo(3));
        Assert.That(await TicksOf(() => DrainAsync([Done(), Done()])), Is.EqualTo(2));
        Assert.That(await TicksOf(() => DrainAsync([])), Is.Zero);
    });

    /// <summary>Rule 47: wait([new task]): 3; wait([done]): 2; the timeout of a wait, also none at all: 2.</summary>
    [Test]
    public void Wait_Takes3Or2() => Run(async () =>
    {
        Assert.That(await TicksOf(async () => await Asyncio.WaitAsync([NewTask()])), Is.EqualTo(3));
        Assert.That(await TicksOf(async () => await Asyncio.WaitAsync([Done()])), Is.EqualTo(2));
        foreach (var timeout in (TimeSpan[])[Soon, TimeSpan.Zero, Milliseconds(-7)])
        {
            Assert.That(await TicksOf(async () => await Asyncio.WaitAsync([Loop.CreateFuture<int>()], timeout: timeout)), Is.EqualTo(2));
        }
    });

    /// <summary>Rule 47: wait_for of a body that does not wait: 0; of a new task: 2; of what is done, without time: 0.</summary>
    [Test]
    public void WaitFor_TakesWhatItsAwaitTakes() => Run(async () =>
    {
        foreach (var timeout in (TimeSpan?[])[TimeSpan.FromHours(1), null])
        {
            Assert.That(await TicksOf(async () => await Asyncio.WaitForAsync(() => Task.FromResult(1), timeout)), Is.Zero);
            Assert.That(await TicksOf(async () => await Asyncio.WaitForAsync(() => Task.CompletedTask, timeout)), Is.Zero);
            Assert.That(await TicksOf(async () => await Asyncio.WaitForAsync(NewTask(), timeout)), Is.EqualTo(2));
        }

        Assert.That(await TicksOf(async () => await Asyncio.WaitForAsync(Done(), TimeSpan.Zero)), Is.Zero);
    });

    /// <summary>Rule 47: wait_for(coro, 0): 3; wait_for(pending future, d) that times out: 2.</summary>
    [Test]
    public void WaitFor_ThatTimesOut_Takes3Or2() => Run(async () =>
    {
        Assert.That(await TicksOf(() => Caught.ByAsync<TimeoutException>(
            async () => await Asyncio.WaitForAsync(() => Task.FromResult(1), TimeSpan.Zero))), Is.EqualTo(3));
        Assert.That(await TicksOf(() => Caught.ByAsync<TimeoutException>(
            async () => await Asyncio.WaitForAsync(() => Task.CompletedTask, TimeSpan.Zero))), Is.EqualTo(3));
        Assert.That(await TicksOf(() => Caught.ByAsync<TimeoutException>(
            async () => await Asyncio.WaitForAsync(Loop.CreateFuture<int>(), Soon))), Is.EqualTo(2));
    });

    /// <summary>Rule 47: timeout(d) or timeout(0) around a pending future: 2; timeout(0) around sleep(0): 1.</summary>
    [Test]
    public void Timeout_Takes2_OrOneOfAYield() => Run(async () =>
    {
        foreach (var delay in (TimeSpan[])[Soon, TimeSpan.Zero])
        {
            Assert.That(await TicksOf(() => Caught.ByAsync<TimeoutException>(
                async () => await Asyncio.TimeoutAsync(delay, async _ => await Loop.CreateFuture<int>()))), Is.EqualTo(2));
        }

        Assert.That(await TicksOf(() => Caught.ByAsync<TimeoutException>(
            async () => await Asyncio.TimeoutAsync(TimeSpan.Zero, async _ => await Asyncio.YieldAsync()))), Is.EqualTo(1));
        Assert.That(await TicksOf(async () => await Asyncio.TimeoutAsync(Soon, _ => Task.CompletedTask)), Is.Zero);
    });

    /// <summary>Rule 47: an empty task group: 0; with one trivial child: 3, with ten as well.</summary>
    [TestCase(0, 0)]
    [TestCase(1, 3)]
    [TestCase(10, 3)]
    public void ATaskGroup_Takes3_OrNone(int children, int ticks) => Run(async () =>
        Assert.That(await TicksOf(async () => await TaskGroup.RunAsync(group =>
        {
            for (var i = 0; i < children; i++)
            {
                _ = group.CreateTask(() => Task.CompletedTask);
            }

            return Task.CompletedTask;
        })), Is.EqualTo(ticks)));

    /// <summary>
    /// Rule 53: from Cancel to delivery: wait and shield: 1, and nothing inside is asked; wait_for(coro): 1,
    /// wait_for(task): 2; a group: its task 1, the child 2, the child's callback 3, the group's end 4 (measured: CPython 3.13.0).
    /// </summary>
    [TestCase("wait", 1, 0)]
    [TestCase("shield", 1, 0)]
    [TestCase("as completed", 1, 0)]
    [TestCase("wait for a body", 1, 0)]
    [TestCase("wait for a task", 2, 1)]
    [TestCase("timeout", 1, 0)]
    [TestCase("task group", 4, 1)]
    public void Delivery_TakesTicks(string waitsOn, int ticks, int asked) => Run(async () =>
    {
        var inner = Asyncio.CreateTask(SleepLongAsync);
        long delivered = 0;
        var task = Asyncio.CreateTask(async () =>
        {
            try
            {
                await (waitsOn switch
                {
                    "wait" => AwaitAsync(async () => await Asyncio.WaitAsync([inner])),
                    "shield" => AwaitAsync(async () => await Asyncio.Shield(inner)),
                    "as completed" => DrainAsync([inner]),
                    "wait for a body" => AwaitAsync(async () => await Asyncio.WaitForAsync(SleepLongAsync, TimeSpan.FromHours(2))),
                    "wait for a task" => AwaitAsync(async () => await Asyncio.WaitForAsync(inner, TimeSpan.FromHours(2))),
                    "timeout" => AwaitAsync(async () => await Asyncio.TimeoutAsync(TimeSpan.FromHours(2), _ => SleepLongAsync())),
                    _ => AwaitAsync(async () => await TaskGroup.RunAsync(group =>
                    {
                        inner.Cancel();
                        inner = group.CreateTask(SleepLongAsync);
                        return Task.CompletedTask;
                    })),
                });
            }
            catch (OperationCanceledException)
            {
                delivered = Loop.Iteration;
                throw;
            }
        });
        await SettleAsync();
        var start = Loop.Iteration;
        task.Cancel();
        await SettleAsync();
        Assert.That(delivered - start, Is.EqualTo(ticks));
        Assert.That((task.IsCancelled, inner.CancelRequests), Is.EqualTo((true, asked)));
        inner.Cancel();

        static async Task<int> AwaitAsync(Func<Task> body)
        {
            await body();
            return 0;
        }
    });

    private static LoopTask<int> NewTask() => Asyncio.CreateTask(() => Task.FromResult(1));

    private static async Task<int> SleepLongAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        return 0;
    }

    private static async Task<int> DrainAsync(Future<int>[] futures)
    {
        var count = 0;
        await foreach (var _ in Asyncio.AsCompleted(futures))
        {
            count++;
        }

        return count;
    }

    private Future<int> Done()
    {
        var done = Loop.CreateFuture<int>();
        done.SetResult(1);
        return done;
    }
}
