using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The barrier: all or nobody, again and again (rule 86).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class BarrierTests(LoopKind kind) : LoopFixture(kind)
{
    private const int Count = 5;

    /// <summary>Rule 86: the index is the order of arrival, the last one does not suspend, the others go on in that order.</summary>
    [Test]
    public void TheLastToArrive_GoesOnAtOnce_TheOthersInOrder() => Run(async () =>
    {
        var barrier = new AsyncBarrier(3);
        var start = Loop.Iteration;
        var tasks = Enumerable.Range(1, 2).Select(i => Asyncio.CreateTask(() => PassAsync($"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        Assert.That($"{barrier}", Is.EqualTo("a barrier (filling, 2 of 3 waiting)"));
        await PassAsync("main");
        Assert.That(barrier.Waiting, Is.Zero, "they leave");
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["main:2@1", "1:0@2", "2:1@2"]));
        Assert.That($"{barrier}", Is.EqualTo("a barrier (filling, 0 of 3 waiting)"));
        Assert.That(tasks, Has.All.Property("IsDone").True);

        async Task PassAsync(string name) => LogTick($"{name}:{await barrier.WaitAsync()}", start);
    });

    [Test]
    public void ABarrierForOne_LetsEveryOneThrough() => Run(async () =>
    {
        var barrier = new AsyncBarrier(1);
        Assert.That(await TicksOf(async () => Assert.That(await barrier.WaitAsync(), Is.Zero)), Is.Zero);
        Assert.That(await barrier.WaitAsync(), Is.Zero);
    });

    /// <summary>Rule 86: while it drains, newcomers wait for the next round.</summary>
    [Test]
    public void NewcomersWait_UntilTheRoundHasLeft() => Run(async () =>
    {
        var barrier = new AsyncBarrier(2);
        await Asyncio.GatherAsync(() => TwiceAsync("a"), () => TwiceAsync("b"));
        Assert.That(Log, Is.EqualTo((string[])["b:1", "a:0", "b:1", "a:0"]));

        async Task TwiceAsync(string name)
        {
            Log.Add($"{name}:{await barrier.WaitAsync()}");
            Log.Add($"{name}:{await barrier.WaitAsync()}");
        }
    });

    /// <summary>asyncio: test_locks.BarrierTests.test_draining_state: it drains until the last one has left.</summary>
    [Test]
    public void ItDrains_UntilTheLastOneHasLeft() => Run(async () =>
    {
        var barrier = new AsyncBarrier(Count);
        await GatherAsync(async () =>
        {
            await barrier.WaitAsync();
            Log.Add($"{barrier}".Contains("draining", StringComparison.Ordinal) ? "draining" : "filling");
        });
        Assert.That(Log, Is.EqualTo((string[])["draining", "draining", "draining", "draining", "filling"]));
        Assert.That(barrier.Waiting, Is.Zero);
        Assert.That(barrier.IsBroken, Is.False);
    });

    /// <summary>
    /// asyncio: test_locks.BarrierTests.test_reset_barrier_when_tasks_half_draining_half_blocking: a reset strikes those of
    /// the round who have not left, not those who wait for the next.
    /// </summary>
    [Test]
    public void AResetWhileHalfHaveLeft_StrikesTheOtherHalf() => Run(async () =>
    {
        var barrier = new AsyncBarrier(Count);
        var (passed, broken, brokenAgain) = (0, 0, 0);
        await GatherAsync(async () =>
        {
            try
            {
                await barrier.WaitAsync();
            }
            catch (BrokenBarrierException)
            {
                broken++;
                await barrier.WaitAsync();
                return;
            }

            if (++passed > Count / 2)
            {
                await barrier.ResetAsync();
                await barrier.WaitAsync();
                return;
            }

            try
            {
                await barrier.WaitAsync();
            }
            catch (BrokenBarrierException)
            {
                brokenAgain++;
            }
        });
        Assert.That((broken, brokenAgain), Is.EqualTo((Count / 2, 0)));
        Assert.That($"{barrier}", Is.EqualTo("a barrier (filling, 0 of 5 waiting)"));
    });

    /// <summary>asyncio: test_locks.BarrierTests.test_abort_barrier_when_exception_then_resetting: aborted, reset, used again.</summary>
    [Test]
    public void AfterAnAbort_AResetMakesItAsNew() => Run(async () =>
    {
        var (first, second) = (new AsyncBarrier(Count), new AsyncBarrier(Count));
        await GatherAsync(async () =>
        {
            try
            {
                if (await first.WaitAsync() == Count / 2)
                {
                    throw new FormatException();
                }

                await first.WaitAsync();
                Log.Add("passed");
            }
            catch (BrokenBarrierException)
            {
                Log.Add("broken");
            }
            catch (FormatException)
            {
                await first.AbortAsync();
            }

            // All must have left before the reset, and none come before it.
            if (await second.WaitAsync() == Count / 2)
            {
                await first.ResetAsync();
            }

            await second.WaitAsync();
            await first.WaitAsync();
            Log.Add("again");
        });
        Assert.That(Log.Take(Count - 1), Has.All.EqualTo("broken"));
        Assert.That(Log.Skip(Count - 1), Is.EqualTo(Enumerable.Repeat("again", Count)));
        Assert.That(first.IsBroken, Is.False);
    });

    /// <summary>Rule 86: reset: who waits is told, who comes later waits as ever.</summary>
    [Test]
    public void AReset_BreaksTheRound_NotTheBarrier() => Run(async () =>
    {
        var barrier = new AsyncBarrier(2);
        var task = Asyncio.CreateTask(() => barrier.WaitAsync());
        await Asyncio.YieldAsync();
        await barrier.ResetAsync();
        var error = await Caught.ByAsync<BrokenBarrierException>(async () => await task);
        Assert.That(error.Message, Does.Contain("it was reset meanwhile"));
        Assert.That(await Asyncio.GatherAsync<int>(
            Asyncio.CreateTask(() => barrier.WaitAsync()), Asyncio.CreateTask(() => barrier.WaitAsync())), Is.EqualTo((int[])[0, 1]));
    });

    /// <summary>Rule 86: abort: for those who wait and for all who come.</summary>
    [Test]
    public void AnAbort_IsForAll() => Run(async () =>
    {
        var barrier = new AsyncBarrier(2);
        var task = Asyncio.CreateTask(() => barrier.WaitAsync());
        await Asyncio.YieldAsync();
        await barrier.AbortAsync();
        Assert.That($"{barrier}", Is.EqualTo("a barrier (broken)"));
        await Caught.ByAsync<BrokenBarrierException>(async () => await task);
        await Caught.ByAsync<BrokenBarrierException>(async () => await barrier.WaitAsync());
        Assert.That((barrier.IsBroken, barrier.Parties, barrier.Waiting), Is.EqualTo((true, 2, 0)));
    });

    /// <summary>Rule 86: a cancelled waiter leaves, the count drops.</summary>
    [Test]
    public void ACancelledWaiter_Leaves_TheOthersGoOnWaiting() => Run(async () =>
    {
        var barrier = new AsyncBarrier(2);
        var first = Asyncio.CreateTask(() => barrier.WaitAsync());
        await Asyncio.YieldAsync();
        first.Cancel();
        await SettleAsync();
        Assert.That(first.IsCancelled, Is.True);
        Assert.That(barrier.Waiting, Is.Zero);
        var second = Asyncio.CreateTask(() => barrier.WaitAsync());
        await Asyncio.YieldAsync();
        Assert.That(second.IsDone, Is.False);
        Assert.That(await barrier.WaitAsync(), Is.EqualTo(1));
        Assert.That(await second, Is.Zero);
    });

    private static async Task GatherAsync(Func<Task> body) =>
        await Asyncio.GatherAsync(Enumerable.Repeat(body, Count).ToArray());
}
