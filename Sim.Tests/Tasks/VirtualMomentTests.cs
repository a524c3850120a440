using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What shows only where time stands until the loop has nothing to do: two timers of one moment, a stall.</summary>
public sealed class VirtualMomentTests() : LoopFixture(LoopKind.Virtual)
{
    /// <summary>asyncio: test_tasks.test_sleep_cancel: the timer of a cancelled sleep goes with it.</summary>
    [Test]
    public void ACancelledSleep_LeavesNoTimer()
    {
        Run(async () =>
        {
            var task = Asyncio.CreateTask(() => Asyncio.SleepAsync(Milliseconds(10)));
            await Asyncio.YieldAsync();
            task.Cancel();
            await SettleAsync();
            Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(Milliseconds(20))), Is.EqualTo(2));
        });
        Assert.That(Loop.Time.SinceOrigin, Is.EqualTo(Milliseconds(20)));
    }

    /// <summary>The circle is a stall with a report, not the end of the process.</summary>
    [Test]
    public void Circle_LeftAtTheEnd_IsShutDown()
    {
        var stalled = Assert.Throws<StalledException>(() => Asyncio.Run(
            async () =>
            {
                LoopTask? second = null;
                var first = Asyncio.CreateTask(async () => { await second!; }, "first");
                second = Asyncio.CreateTask(async () => { await first; }, "second");
                await first;
            },
            () => NewLoop(new LoopOptions())));
        Assert.That(stalled!.Message, Does.Contain("first waits on task second"));
    }

    /// <summary>asyncio: test_timeouts.test_nested_timeouts; rule 74: with one deadline for both, only the outer one raises.</summary>
    [Test]
    public void NestedWithOneDeadline_TheOuterOneRaises_AndBothHaveExpired()
    {
        Run(async () =>
        {
            var deadline = Loop.Time + Soon;
            TimeoutScope? outer = null;
            TimeoutScope? inner = null;
            await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAtAsync(deadline, async scope =>
            {
                outer = scope;
                await Caught.ByAsync<OperationCanceledException>(async () => await Asyncio.TimeoutAtAsync(deadline, async nested =>
                {
                    inner = nested;
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }));
                Log.Add("inner passed the cancellation on");
                throw new OperationCanceledException();
            }));
            Assert.That((outer!.IsExpired, inner!.IsExpired, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo((true, true, 0)));
            Assert.That(Log, Has.Count.EqualTo(1));
        });
    }

    /// <summary>Rule 70 a: a result and the end of the time in one iteration: the time wins, in either order of the timers.</summary>
    [Test]
    public void AResultInTheTickOfTheTimeout_IsLost([Values] bool resultFirst)
    {
        Run(async () =>
        {
            var future = Loop.CreateFuture<int>();
            if (resultFirst)
            {
                Loop.CallLater(Soon, () => future.TrySetResult(1));
            }
            else
            {
                Loop.CallSoon(() => Loop.CallLater(Soon, () => future.TrySetResult(1)));
            }

            await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(future, Soon));
            Assert.That(future.IsCancelled, Is.EqualTo(!resultFirst));
        });
    }
}
