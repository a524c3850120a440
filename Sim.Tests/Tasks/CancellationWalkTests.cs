using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>How a request to stop travels through tasks that await each other, and to the token view.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CancellationWalkTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 50: CPython recurses without end here; the circle is broken where it closes.</summary>
    [Test]
    public void Circle_OfTasks_EndsWhenOneIsCancelled() => Run(async () =>
    {
        LoopTask? second = null;
        var first = Asyncio.CreateTask(async () => { await second!; }, "first");
        second = Asyncio.CreateTask(async () => { await first; }, "second");
        await Asyncio.YieldAsync();
        Assert.That(first.Cancel(), Is.True);
        await SettleAsync();
        Assert.That((first.IsCancelled, second.IsCancelled), Is.EqualTo((true, true)));
        Assert.That((first.CancelRequests, second.CancelRequests), Is.EqualTo((1, 1)));
    });

    /// <summary>Rule 53: every task of the chain is asked, however long it is.</summary>
    [Test]
    public void Chain_OfManyTasks_NeedsNoStack() => Run(async () =>
    {
        Future<int> last = Loop.CreateFuture<int>();
        for (var i = 0; i < 50_000; i++)
        {
            var inner = last;
            last = Asyncio.CreateTask(async () => await inner, "link");
        }

        await Asyncio.YieldAsync();
        last.Cancel();
        try
        {
            await last;
        }
        catch (OperationCanceledException)
        {
            Log.Add("cancelled");
        }

        Assert.That(Log, Is.EqualTo((string[])["cancelled"]));
    });

    /// <summary>Rule 57: two requests before delivery are one delivery, also where the wait itself cannot be cancelled.</summary>
    [Test]
    public void TwoRequests_WhileReady_AreDeliveredOnce() => Run(async () =>
    {
        var delivered = 0;
        var task = Asyncio.CreateTask(async () =>
        {
            for (var i = 0; i < 4; i++)
            {
                try
                {
                    await Asyncio.YieldAsync();
                }
                catch (OperationCanceledException)
                {
                    delivered++;
                }
            }
        });
        await Asyncio.YieldAsync();
        task.Cancel();
        task.Cancel();
        await task;
        Assert.That((delivered, task.CancelRequests), Is.EqualTo((1, 2)));
    });

    [Test]
    public void FailingRegistration_IsReported_AndTheOthersAreTold()
    {
        Run(async () =>
        {
            var task = Asyncio.CreateTask(
                async () =>
                {
                    using var registration = Asyncio.CurrentTask()!.CancellationToken.Register(static () => throw new TimeoutException("bad"));
                    await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                },
                "worker");
            await Asyncio.YieldAsync();
            Assert.That(task.Cancel(), Is.True);
            await SettleAsync();
            Assert.That(task.IsCancelled, Is.True);
        });
        var error = TakeError();
        Assert.That((error.Exception.Message, error.Task), Is.EqualTo(("bad", "worker")));
    }

    [Test]
    public void CancelAllTasks_InsideTheLoop_IsRefusedBeforeItCancels() => Run(async () =>
    {
        Assert.That(() => Loop.CancelAllTasks(), Throws.InstanceOf<LoopRunningException>());
        await Asyncio.YieldAsync();
    });

    /// <summary>Invariant A10: what fails during the shutdown does not hide why there is one.</summary>
    [Test]
    public void FailureOfMain_OutlivesAFailingShutdown()
    {
        var failure = Assert.Throws<TimeoutException>(() => Asyncio.Run(
            async () =>
            {
                _ = Asyncio.CreateTask(async () =>
                {
                    try
                    {
                        await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                    }
                    finally
                    {
                        Asyncio.GetRunningLoop().Stop();
                        await Asyncio.SleepAsync(Soon);
                    }
                });
                await Asyncio.YieldAsync();
                throw new TimeoutException("main");
            },
            () => NewLoop(new LoopOptions())));
        Assert.That(failure!.Message, Is.EqualTo("main"));
        Assert.That(TakeError().Message, Is.EqualTo("The shutdown after a failure failed too"));
    }
}
