using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Taking requests to stop back (rule 59).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class UncancelTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>
    /// asyncio: test_tasks.test_uncancel_basic: after the count is back at zero a later request is a first one; after the end it changes nothing.
    /// </summary>
    [Test]
    public void Uncancel_LetsTheTaskGoOn_AndBeAskedAgain() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            Asyncio.CurrentTask()!.Uncancel();
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        });
        await Asyncio.YieldAsync();
        Assert.That((task.Cancel(), task.CancelRequests), Is.EqualTo((true, 1)));
        await SettleAsync();
        Assert.That((task.IsDone, task.CancelRequests), Is.EqualTo((false, 0)));
        Assert.That((task.Cancel(), task.CancelRequests), Is.EqualTo((true, 1)));
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        task.Uncancel();
        Assert.That(task.IsCancelled, Is.True);
    });

    /// <summary>asyncio: test_tasks.test_uncancel_structured_blocks: a timeout by hand, as rule 71 has it.</summary>
    [TestCase(3_600_000, 1)]
    [TestCase(0, 3_600_000)]
    public void Uncancel_MakesABlockWithADeadline(double sleep, double timeout) => Run(async () =>
    {
        var timesOut = sleep > timeout;
        var task = Asyncio.CreateTask(async () =>
        {
            var self = Asyncio.CurrentTask()!;
            var timedOut = false;
            using var timer = Loop.CallLater(Milliseconds(timeout), () =>
            {
                timedOut = true;
                self.Cancel();
            });
            var cancelled = await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(Milliseconds(sleep)));
            Assert.That((timedOut, cancelled), Is.EqualTo((timesOut, timesOut)));
            if (timedOut)
            {
                Assert.That(self.Uncancel(), Is.Zero);
            }

            await Asyncio.YieldAsync();
        });
        await task;
        Assert.That(task.CancelRequests, Is.Zero);
    });

    /// <summary>asyncio: test_tasks.test_uncancel_resets_must_cancel; rule 59: the result that stands ready is taken after all.</summary>
    [Test]
    public void Uncancel_GivesAResultBackThatWasLost() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(async () => await future);
        await Asyncio.YieldAsync();
        future.SetResult(42);
        task.Cancel();
        Assert.That(task.CancelRequests, Is.EqualTo(1));
        Assert.That(task.Uncancel(), Is.Zero);
        Assert.That(await task, Is.EqualTo(42));
    });

    /// <summary>Rule 59: at zero a request that was not delivered yet is dropped.</summary>
    [TestCase("not started")]
    [TestCase("running")]
    [TestCase("ready")]
    public void Uncancel_DropsAPendingRequest(string state) => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            if (state == "running")
            {
                var self = Asyncio.CurrentTask()!;
                self.Cancel();
                self.Cancel();
                Assert.That((self.Uncancel(), self.Uncancel(), self.Uncancel()), Is.EqualTo((1, 0, 0)), "it does not go below zero");
            }

            await Asyncio.YieldAsync();
            Log.Add("went on");
        });
        if (state == "not started")
        {
            task.Cancel();
            task.Uncancel();
        }

        await Asyncio.YieldAsync();
        if (state == "ready")
        {
            task.Cancel();
            Assert.That(task.Uncancel(), Is.Zero);
        }

        await task;
        Assert.That(Log, Is.EqualTo((string[])["went on"]));
    });

    /// <summary>Rule 59: with a count left, the request stays.</summary>
    [Test]
    public void Uncancel_ToOne_LeavesTheRequest() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => Task.CompletedTask);
        task.Cancel();
        task.Cancel();
        Assert.That(task.Uncancel(), Is.EqualTo(1));
        await Asyncio.YieldAsync();
        Assert.That(task.IsCancelled, Is.True);
    });

    /// <summary>Rule 59: what was forwarded to the awaited future cannot be taken back; swallowing resets nothing.</summary>
    [Test]
    public void Uncancel_CannotRevokeWhatWasForwarded() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(async () => await future);
        await Asyncio.YieldAsync();
        task.Cancel();
        task.Uncancel();
        await SettleAsync();
        Assert.That((future.IsCancelled, task.IsCancelled, task.CancelRequests), Is.EqualTo((true, true, 0)));
    });
}
