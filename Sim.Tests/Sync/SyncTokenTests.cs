using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Tokens end waits as a cancellation of the task does, without cancelling the task.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class SyncTokenTests(LoopKind kind) : LoopFixture(kind)
{
    private static readonly string[] _waits = ["lock", "semaphore", "event", "condition", "barrier", "get", "read", "put", "join"];

    [Test]
    public void ATokenEndsAnyWait([ValueSource(nameof(_waits))] string what, [Values] bool fromAnotherThread) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        Loop.CallSoon(() =>
        {
            if (fromAnotherThread)
            {
                OnOtherThread(source.Cancel);
            }
            else
            {
                source.Cancel();
            }
        });
        var error = await Caught.ByAsync<OperationCanceledException>(() => SyncTickTests.WaitForEverAsync(what, null, source.Token));
        Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    [Test]
    public void ATokenThatIsCancelledAlready_RefusesAnyWait_AndTakesNothing([ValueSource(nameof(_waits))] string what) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.That(await TicksOf(async () =>
        {
            var error = await Caught.ByAsync<OperationCanceledException>(() => SyncTickTests.WaitForEverAsync(what, null, source.Token));
            Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
        }), Is.Zero);
    });

    [Test]
    public void ATokenThatIsCancelledAlready_RefusesWhatWouldNotWait() => Run(async () =>
    {
        var cancelled = new CancellationToken(canceled: true);
        var (l, semaphore, flag, queue) = (new AsyncLock(), new AsyncSemaphore(), new AsyncEvent(), new AsyncQueue<int>());
        flag.Set();
        await Caught.ByAsync<OperationCanceledException>(async () => await l.AcquireAsync(cancelled));
        await Caught.ByAsync<OperationCanceledException>(async () => await semaphore.AcquireAsync(cancelled));
        await Caught.ByAsync<OperationCanceledException>(async () => await flag.WaitAsync(cancelled));
        await Caught.ByAsync<OperationCanceledException>(async () => await queue.PutAsync(1, cancelled));
        queue.PutNoWait(2);
        await Caught.ByAsync<OperationCanceledException>(async () => await queue.GetAsync(cancelled));
        await Caught.ByAsync<OperationCanceledException>(async () => await queue.JoinAsync(cancelled));
        Assert.That((l.IsLocked, semaphore.IsLocked, queue.Count), Is.EqualTo((false, false, 1)));
    });

    /// <summary>The wait is over when it was woken: a token comes too late, while a cancellation of the task would not (rule 55).</summary>
    [Test]
    public void ATokenAfterTheWakeUp_ComesTooLate() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var l = new AsyncLock();
        await l.AcquireAsync();
        var task = Asyncio.CreateTask(() => l.AcquireAsync(source.Token));
        await Asyncio.YieldAsync();
        l.Release();
        source.Cancel();
        await task;
        Assert.That(l.IsLocked, Is.True);
    });

    /// <summary>Rule 85: the token ends the wait, and the lock is taken again all the same, without it.</summary>
    [Test]
    public void ATokenInACondition_DoesNotEndTheWaitForTheLock() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var condition = new AsyncCondition();
        var task = Asyncio.CreateTask(async () =>
        {
            using (await condition.AcquireAsync())
            {
                var error = await Caught.ByAsync<OperationCanceledException>(async () => await condition.WaitAsync(source.Token));
                Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
                Assert.That(condition.IsLocked, Is.True);
            }
        });
        await Asyncio.YieldAsync();
        await condition.AcquireAsync();
        source.Cancel();
        await SettleAsync();
        Assert.That(task.IsDone, Is.False);
        condition.Release();
        await task;
    });

    /// <summary>A woken waiter that a token strikes at its next wait has used its wake-up: nothing is left over.</summary>
    [Test]
    public void ACancelledTokenInABarrier_LetsTheOthersPass() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var barrier = new AsyncBarrier(2);
        var task = Asyncio.CreateTask(() => barrier.WaitAsync(source.Token));
        await Asyncio.YieldAsync();
        source.Cancel();
        await Caught.ByAsync<OperationCanceledException>(async () => await task);
        Assert.That(barrier.Waiting, Is.Zero);
        Assert.That(await Asyncio.GatherAsync<int>(
            Asyncio.CreateTask(() => barrier.WaitAsync()), Asyncio.CreateTask(() => barrier.WaitAsync())), Is.EqualTo((int[])[0, 1]));
    });
}
