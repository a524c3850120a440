using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Cancelled getters and putters: no item and no wake-up is lost (rule 87).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class QueueCancellationTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_queues.QueueGetTests.test_get_cancelled_race.</summary>
    [Test]
    public void ACancelledGetter_IsPassedBy() => Run(async () =>
    {
        var queue = new AsyncQueue<string>();
        var first = Asyncio.CreateTask(() => queue.GetAsync());
        var second = Asyncio.CreateTask(() => queue.GetAsync());
        await Asyncio.YieldAsync();
        first.Cancel();
        await Asyncio.YieldAsync();
        Assert.That(first.IsCancelled, Is.True);
        await queue.PutAsync("a");
        Assert.That(await second, Is.EqualTo("a"));
        Assert.That($"{queue}", Is.EqualTo("a queue (0 items, 1 unfinished)"));
    });

    /// <summary>asyncio: test_queues.QueueGetTests.test_get_cancel_drop_many_pending_readers; rule 87: it wakes the next one.</summary>
    [Test]
    public void AGetterCancelledAfterItsWakeUp_WakesTheNext() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var readers = Enumerable.Range(1, 3).Select(_ => Asyncio.CreateTask(() => queue.GetAsync())).ToArray();
        await Asyncio.YieldAsync();
        queue.PutNoWait(1);
        queue.PutNoWait(2);
        readers[0].Cancel();
        await Caught.ByAsync<OperationCanceledException>(async () => await readers[0]);
        Assert.That(await readers[2], Is.EqualTo(2));
        Assert.That(await readers[1], Is.EqualTo(1));
    });

    /// <summary>A getter that is cancelled before anything woke it wakes nobody.</summary>
    [Test]
    public void AGetterCancelledBeforeItsWakeUp_WakesNobody() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var first = Asyncio.CreateTask(() => queue.GetAsync());
        var second = Asyncio.CreateTask(() => queue.GetAsync());
        await Asyncio.YieldAsync();
        first.Cancel();
        queue.PutNoWait(1);
        queue.GetNoWait();
        await SettleAsync();
        Assert.That($"{queue}", Is.EqualTo("a queue (0 items, 1 getting, 1 unfinished)"));
        second.Cancel();
    });

    /// <summary>asyncio: test_queues.QueuePutTests.test_put_cancel_drop.</summary>
    [Test]
    public void APutterCancelledAfterItsWakeUp_HasNotPut() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        queue.PutNoWait(1);
        var writer = Asyncio.CreateTask(() => queue.PutAsync(2));
        await Asyncio.YieldAsync();
        Assert.That(queue.GetNoWait(), Is.EqualTo(1));
        writer.Cancel();
        await Caught.ByAsync<OperationCanceledException>(async () => await writer);
        Assert.That(queue.IsEmpty, Is.True);
        await queue.PutAsync(2);
        Assert.That(queue.GetNoWait(), Is.EqualTo(2));
    });

    /// <summary>asyncio: test_queues.QueuePutTests.test_put_cancelled_race.</summary>
    [Test]
    public void ACancelledPutter_IsPassedBy() => Run(async () =>
    {
        var queue = new AsyncQueue<string>(1);
        var a = Asyncio.CreateTask(() => queue.PutAsync("a"));
        var b = Asyncio.CreateTask(() => queue.PutAsync("b"));
        var x = Asyncio.CreateTask(() => queue.PutAsync("x"));
        await Asyncio.YieldAsync();
        Assert.That((a.IsDone, b.IsDone), Is.EqualTo((true, false)));
        x.Cancel();
        await Asyncio.YieldAsync();
        Assert.That(x.IsCancelled, Is.True);
        Assert.That(queue.GetNoWait(), Is.EqualTo("a"));
        await Asyncio.YieldAsync();
        Assert.That(queue.GetNoWait(), Is.EqualTo("b"));
        await b;
    });

    /// <summary>Rule 87: a woken and cancelled putter wakes the next one.</summary>
    [Test]
    public void APutterCancelledAfterItsWakeUp_WakesTheNext() => Run(async () =>
    {
        var queue = new AsyncQueue<string>(1);
        queue.PutNoWait("a");
        var b = Asyncio.CreateTask(() => queue.PutAsync("b"));
        var c = Asyncio.CreateTask(() => queue.PutAsync("c"));
        await Asyncio.YieldAsync();
        queue.GetNoWait();
        b.Cancel();
        await c;
        Assert.That(b.IsCancelled, Is.True);
        Assert.That(queue.GetNoWait(), Is.EqualTo("c"));
    });

    /// <summary>asyncio: test_queues.QueuePutTests.test_cancelled_put_silence_value_error_exception: it has left the line already.</summary>
    [Test]
    public void APutterThatHasLeftTheLine_CanBeCancelled() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        queue.PutNoWait(1);
        var task = Asyncio.CreateTask(() => queue.PutAsync(1));
        await Asyncio.YieldAsync();
        queue.GetNoWait();
        task.Cancel();
        await Caught.ByAsync<OperationCanceledException>(async () => await task);
        Assert.That($"{queue}", Is.EqualTo("a queue (0 items of 1, 1 unfinished)"));
    });

    [Test]
    public void ACancelledJoin_LeavesTheOthersWaiting() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        queue.PutNoWait(1);
        var first = Asyncio.CreateTask(() => queue.JoinAsync());
        var second = Asyncio.CreateTask(() => queue.JoinAsync());
        await Asyncio.YieldAsync();
        first.Cancel();
        await SettleAsync();
        Assert.That((first.IsCancelled, second.IsDone), Is.EqualTo((true, false)));
        queue.TaskDone();
        await second;
    });
}
