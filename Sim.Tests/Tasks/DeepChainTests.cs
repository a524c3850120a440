using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Chains and circles longer than the thread has stack for.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class DeepChainTests(LoopKind kind) : LoopFixture(kind)
{
    private const int Length = 100_000;

    /// <summary>Rule 53: every task of the chain is asked once, and ends, whatever stands between the tasks.</summary>
    [TestCase("nothing")]
    [TestCase("gather")]
    [TestCase("wait for")]
    public void AChainOfTasks_CanBeCancelled(string between) => Run(async () =>
    {
        var first = Asyncio.CreateTask(async () => await Loop.CreateFuture<int>(), "bottom");
        var last = first;
        for (var i = 0; i < Length; i++)
        {
            var inner = last;
            Func<Task<int>> link = between switch
            {
                "nothing" => async () => await inner,
                "gather" => async () => (await Asyncio.GatherAsync<int>(inner))[0],
                _ => async () => await Asyncio.WaitForAsync(inner, null),
            };
            last = Asyncio.CreateTask(link, "link");
        }

        await Asyncio.YieldAsync();
        last.Cancel();
        Assert.That((first.CancelRequests, last.CancelRequests), Is.EqualTo((1, 1)));
        Assert.That(await Caught.IsCancelledAsync(async () => await last), Is.True);
        Assert.That(first.IsCancelled, Is.True);
    });

    /// <summary>The same for a result on its way up.</summary>
    [Test]
    public void AChainOfTasks_PassesItsResultOn() => Run(async () =>
    {
        var bottom = Loop.CreateFuture<int>();
        var last = Asyncio.CreateTask(async () => await bottom, "bottom");
        for (var i = 0; i < Length; i++)
        {
            var inner = last;
            last = Asyncio.CreateTask(async () => await inner, "link");
        }

        await Asyncio.YieldAsync();
        bottom.SetResult(7);
        Assert.That(await last, Is.EqualTo(7));
    });

    /// <summary>Shields around shields: described, and through with one outcome.</summary>
    [Test]
    public void ManyShields_AroundOneFuture() => Run(async () =>
    {
        var inner = Loop.CreateFuture<int>();
        var outer = inner;
        for (var i = 0; i < Length; i++)
        {
            outer = Asyncio.Shield(outer);
        }

        var waiter = Asyncio.CreateTask(async () => await outer, "waiter");
        await Asyncio.YieldAsync();
        Assert.That(Asyncio.CaptureCallGraph().Describe(waiter), Does.StartWith($"waiter waits on {Length} shields around a future since "));
        inner.SetResult(7);
        Assert.That(await waiter, Is.EqualTo(7));
    });

    /// <summary>Rule 50: a circle through gathers is broken where it closes, as one of bare tasks is.</summary>
    [Test]
    public void ACircleThroughGathers_EndsWhenOneIsCancelled() => Run(async () =>
    {
        LoopTask<int>? second = null;
        var first = Asyncio.CreateTask(async () => (await Asyncio.GatherAsync<int>(second!))[0], "first");
        second = Asyncio.CreateTask(async () => (await Asyncio.GatherAsync<int>(first))[0], "second");
        await Asyncio.YieldAsync();
        Assert.That(first.Cancel(), Is.True);
        await SettleAsync();
        Assert.That((first.IsCancelled, second.IsCancelled), Is.EqualTo((true, true)));
        Assert.That((first.CancelRequests, second.CancelRequests), Is.EqualTo((1, 1)));
    });

    /// <summary>Rule 52: a task that two children of a gather await is asked by each of them, as in CPython.</summary>
    [Test]
    public void ATaskThatTwoChildrenAwait_IsAskedTwice() => Run(async () =>
    {
        var bottom = Asyncio.CreateTask(async () => await Loop.CreateFuture<int>());
        var (left, right) = (Asyncio.CreateTask(async () => await bottom), Asyncio.CreateTask(async () => await bottom));
        var top = Asyncio.CreateTask(async () => await Asyncio.GatherAsync<int>(left, right));
        await Asyncio.YieldAsync();
        top.Cancel();
        Assert.That((top.CancelRequests, left.CancelRequests, right.CancelRequests, bottom.CancelRequests), Is.EqualTo((1, 1, 1, 2)));
        Assert.That(await Caught.IsCancelledAsync(async () => await top), Is.True);
    });
}
