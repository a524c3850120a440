using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Taking requests to stop back (rule 59).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class UncancelTests(LoopKind kind) : LoopFixture(kind)
{
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
