using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Waiting for several futures: rules 66 and 67.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class WaitTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_tasks.test_wait; rule 66: also of what is done already; in argument order here.</summary>
    [Test]
    public void All_AreDone_InArgumentOrder_AlsoASecondTime() => Run(async () =>
    {
        var (a, b) = (SleepTask(5), SleepTask(10));
        for (var i = 0; i < 2; i++)
        {
            var (done, pending) = await Asyncio.WaitAsync([b, a]);
            Assert.That(done, Is.EqualTo((LoopTask[])[b, a]));
            Assert.That(pending, Is.Empty);
        }
    });

    /// <summary>asyncio: test_tasks.test_wait_first_completed.</summary>
    [Test]
    public void FirstCompleted_ReturnsWithTheFirst_AndLeavesTheOthersAlone() => Run(async () =>
    {
        var (a, b) = (SleepTask(3_600_000), SleepTask(5));
        var (done, pending) = await Asyncio.WaitAsync([b, a], ReturnWhen.FirstCompleted);
        Assert.That(done, Is.EqualTo((LoopTask[])[b]));
        Assert.That(pending, Is.EqualTo((LoopTask[])[a]));
        Assert.That((a.IsDone, a.CancelRequests, b.State), Is.EqualTo((false, 0, FutureState.Succeeded)));
        a.Cancel();
    });

    /// <summary>asyncio: test_tasks.test_wait_really_done; rule 66: the states are read when the waiter resumes, not when it was woken.</summary>
    [Test]
    public void WhatEndsBetweenTheWakeUpAndTheStep_CountsAsDone() => Run(async () =>
    {
        var a = Asyncio.CreateTask(async () => await Asyncio.YieldAsync());
        var b = Asyncio.CreateTask(async () =>
        {
            await Asyncio.YieldAsync();
            await Asyncio.YieldAsync();
        });
        var (done, pending) = await Asyncio.WaitAsync([b, a], ReturnWhen.FirstCompleted);
        Assert.That(done, Is.EqualTo((LoopTask[])[b, a]));
        Assert.That(pending, Is.Empty);
    });

    /// <summary>Rule 66: two sleeps of equal length are both done.</summary>
    [Test]
    public void EqualSleeps_AreBothDone_WhenTheFirstIsAskedFor() => Run(async () =>
    {
        if (IsVirtual)
        {
            var (a, b) = (SleepTask(5), SleepTask(5));
            Assert.That((await Asyncio.WaitAsync([a, b], ReturnWhen.FirstCompleted)).Done, Has.Count.EqualTo(2));
        }

        var (first, second) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        Loop.CallSoon(() =>
        {
            first.SetResult(1);
            second.SetResult(2);
        });
        Assert.That((await Asyncio.WaitAsync([first, second], ReturnWhen.FirstCompleted)).Done, Has.Count.EqualTo(2));
    });

    /// <summary>asyncio: test_tasks.test_wait_first_exception, test_wait_first_exception_in_wait.</summary>
    [TestCase(0)]
    [TestCase(5)]
    public void FirstException_ReturnsWithTheFailure_AndDoesNotRaiseIt(double after) => Run(async () =>
    {
        var a = SleepTask(3_600_000);
        var b = Asyncio.CreateTask(async () =>
        {
            await (after > 0 ? Asyncio.SleepAsync(Milliseconds(after)) : ValueTask.CompletedTask);
            throw new FormatException("b");
        });
        var (done, pending) = await Asyncio.WaitAsync([b, a], ReturnWhen.FirstException);
        Assert.That(done, Is.EqualTo((LoopTask[])[b]));
        Assert.That(pending, Is.EqualTo((LoopTask[])[a]));
        a.Cancel();
        Assert.That(b.IsExceptionRetrieved, Is.True, "rule 43: the failure that ended the wait has been looked at");
    });

    /// <summary>Rule 66: a cancelled member is no failure; without one, FirstException waits for all.</summary>
    [Test]
    public void FirstException_PassesOverCancelledOnes() => Run(async () =>
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var wait = Asyncio.CreateTask(async () => await Asyncio.WaitAsync([a, b], ReturnWhen.FirstException));
        await Asyncio.YieldAsync();
        a.Cancel();
        await SettleAsync();
        Assert.That(wait.IsDone, Is.False);
        b.SetResult(1);
        Assert.That((await wait).Done, Is.EqualTo((Future<int>[])[a, b]));
    });

    /// <summary>Rule 43: a wait for all looks at no failure, and the loop reports what nobody has seen.</summary>
    [Test]
    public void All_DoesNotMarkFailuresAsSeen()
    {
        Run(async () =>
        {
            var a = Loop.CreateFuture<int>();
            var b = Loop.CreateFuture<int>();
            a.SetException(new FormatException("unseen"));
            Loop.CallSoon(() => b.SetResult(1));
            var (done, _) = await Asyncio.WaitAsync([a, b]);
            Assert.That((done.Count, a.IsExceptionRetrieved), Is.EqualTo((2, false)));
        });
        Loop.Close();
        Assert.That(TakeError().Exception.Message, Is.EqualTo("unseen"));
    }

    /// <summary>Rule 43: with FirstException, the failure that ends the count is not looked at.</summary>
    [Test]
    public void FirstException_DoesNotLookAtTheLastOne() => Run(async () =>
    {
        var a = Loop.CreateFuture<int>();
        Loop.CallSoon(() => a.SetException(new FormatException()));
        await Asyncio.WaitAsync([a], ReturnWhen.FirstException);
        Assert.That(a.IsExceptionRetrieved, Is.False);
        Assert.That(a.Exception, Is.Not.Null);
    });

    /// <summary>asyncio: test_tasks.test_wait_with_timeout, test_wait_concurrent_complete; rule 66: the end of the time is no error.</summary>
    [TestCase(8)]
    [TestCase(5)]
    public void ATimeout_JustReturns(double timeout) => Run(async () =>
    {
        var (a, b) = (SleepTask(5), SleepTask(3_600_000));
        await Asyncio.YieldAsync();
        var (done, pending) = await Asyncio.WaitAsync([b, a], timeout: Milliseconds(timeout));
        Assert.That(pending, Does.Contain(b));
        if (IsVirtual)
        {
            // At 5 the timer of the sleep comes first, its task ends in the iteration in which the wait resumes.
            Assert.That(done, Is.EqualTo((LoopTask[])[a]));
            Assert.That(Loop.Time.SinceOrigin, Is.EqualTo(Milliseconds(timeout)));
        }

        Assert.That(b.CancelRequests, Is.Zero);
        b.Cancel();
        await Asyncio.WaitAsync([a, b]);
    });

    /// <summary>Rule 66: a timeout that is over already does not keep the wait from its two ticks.</summary>
    [TestCase(0)]
    [TestCase(-5)]
    public void ATimeoutOfNothing_LooksOnce(double timeout) => Run(async () =>
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        a.SetResult(1);
        var (done, pending) = await Asyncio.WaitAsync([a, b], timeout: Milliseconds(timeout));
        Assert.That((done[0], pending[0]), Is.EqualTo((a, b)));
    });

    /// <summary>Without a limit: null, and the infinite time span of .NET.</summary>
    [Test]
    public void AnInfiniteTimeout_IsNone() => Run(async () =>
    {
        var a = SleepTask(5);
        Assert.That((await Asyncio.WaitAsync([a], timeout: Timeout.InfiniteTimeSpan)).Pending, Is.Empty);
    });

    /// <summary>Rule 67: cancelling who waits leaves the members alone, and their callbacks do not pile up.</summary>
    [Test]
    public void CancellingTheWait_LeavesTheMembersAlone() => Run(async () =>
    {
        var (a, b) = (Loop.CreateFuture<int>(), SleepTask(3_600_000));
        var wait = Asyncio.CreateTask(async () => await Asyncio.WaitAsync((Future[])[a, b], timeout: TimeSpan.FromHours(2)));
        await Asyncio.YieldAsync();
        wait.Cancel();
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
        Assert.That((wait.IsCancelled, a.IsDone, b.IsDone, b.CancelRequests), Is.EqualTo((true, false, false, 0)));
        b.Cancel();
        a.SetResult(1);
    });

    /// <summary>A token ends the wait, not the members; what is thrown carries it.</summary>
    [TestCase("before")]
    [TestCase("during")]
    [TestCase("from another thread")]
    public void AToken_EndsTheWait(string when) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var member = Loop.CreateFuture<int>();
        switch (when)
        {
            case "before":
                source.Cancel();
                break;
            case "during":
                Loop.CallSoon(source.Cancel);
                break;
            default:
                Loop.CallSoon(() => OnOtherThread(source.Cancel));
                break;
        }

        var error = await Caught.ByAsync<OperationCanceledException>(
            async () => await Asyncio.WaitAsync([member], cancellationToken: source.Token));
        Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
        Assert.That((member.IsDone, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo((false, 0)));
    });

    /// <summary>A token that strikes after the wait is over touches nothing.</summary>
    [Test]
    public void AToken_IsUntiedAfterTheWait() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var member = Loop.CreateFuture<int>();
        Loop.CallSoon(() => member.SetResult(1));
        await Asyncio.WaitAsync([member], cancellationToken: source.Token);
        source.Cancel();
        await SettleAsync();
        Assert.That(member.Result, Is.EqualTo(1));
    });

    /// <summary>Repetitions count once: asyncio takes a set.</summary>
    [Test]
    public void ARepetition_CountsOnce() => Run(async () =>
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        Loop.CallSoon(() => a.SetResult(1));
        var wait = Asyncio.CreateTask(async () => await Asyncio.WaitAsync([a, a, b]));
        await SettleAsync();
        Assert.That(wait.IsDone, Is.False);
        b.SetResult(2);
        Assert.That((await wait).Done, Is.EqualTo((Future<int>[])[a, b]));
    });

    private static LoopTask SleepTask(double milliseconds) => Asyncio.CreateTask(() => Asyncio.SleepAsync(Milliseconds(milliseconds)));
}
