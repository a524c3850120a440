using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Awaiting for at most so long: rules 69 and 70.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class WaitForTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_waitfor.test_wait_for_race_condition.</summary>
    [Test]
    public void AResultInTime_IsTheResult() => Run(async () =>
    {
        var future = Loop.CreateFuture<string>();
        Loop.CallSoon(() => future.SetResult("ok"));
        Assert.That(await Asyncio.WaitForAsync(future, TimeSpan.FromHours(1)), Is.EqualTo("ok"));
        Assert.That(await Asyncio.WaitForAsync(() => Task.FromResult(7), null), Is.EqualTo(7), "null is no limit");
        await Asyncio.WaitForAsync(async () => await Asyncio.SleepAsync(Soon), Timeout.InfiniteTimeSpan);
    });

    /// <summary>Rule 69: when the time is up the future is cancelled.</summary>
    [Test]
    public void WhenTheTimeIsUp_TheFutureIsCancelled() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var error = await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(future, Soon));
        Assert.That(error.Message, Does.Match(@"^The time was up at \d+\.\d+s in task main: the deadline was \d+\.\d+s, 0\.\d+s after the block began\. "
            + @"What was interrupted: task main waits on a future since \d+\.\d+s in WaitForAsync\.$"));
        Assert.That(error.InnerException, Is.InstanceOf<OperationCanceledException>());
        Assert.That((future.IsCancelled, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo((true, 0)));
    });

    /// <summary>asyncio: test_waitfor.test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started; rule 69.</summary>
    [TestCase(0)]
    [TestCase(-7)]
    public void WithoutTime_ABodyDoesNotStart(double timeout) => Run(async () =>
    {
        var error = await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(FooAsync, Milliseconds(timeout)));
        Assert.That(error.Message, Does.Match(@"^The time was up at \d+\.\d+s in task main: there was none to wait for task FooAsync(#\d+)?\.$"));
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(FooWithResultAsync, Milliseconds(timeout)));
        Assert.That(Log, Is.Empty);

        async Task FooAsync() => await FooWithResultAsync();

        Task<int> FooWithResultAsync()
        {
            Log.Add("started");
            return Task.FromResult(1);
        }
    });

    /// <summary>Rule 69: what is done needs no time: its outcome, whatever it is.</summary>
    [Test]
    public void WithoutTime_WhatIsDoneHasItsOutcome() => Run(async () =>
    {
        var (done, failed, cancelled) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        done.SetResult(7);
        failed.SetException(new FormatException());
        cancelled.Cancel();
        Assert.That(await Asyncio.WaitForAsync(done, TimeSpan.Zero), Is.EqualTo(7));
        await Caught.ByAsync<FormatException>(async () => await Asyncio.WaitForAsync(failed, TimeSpan.Zero));
        await Caught.ByAsync<OperationCanceledException>(async () => await Asyncio.WaitForAsync(cancelled, TimeSpan.Zero));
    });

    /// <summary>asyncio: test_waitfor.test_wait_for_waits_for_task_cancellation_w_timeout_0; rule 69: it is waited for until it has stopped.</summary>
    [TestCase(0)]
    [TestCase(5)]
    public void ATaskThatTakesItsTimeToStop_DelaysTheTimeout(double timeout) => Run(async () =>
    {
        var inner = Asyncio.CreateTask(async () =>
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                return 1;
            }
            catch (OperationCanceledException)
            {
                await Asyncio.SleepAsync(Milliseconds(20));
                Log.Add("stopped");
                throw;
            }
        });
        await Asyncio.YieldAsync();
        var error = await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(inner, Milliseconds(timeout)));
        Assert.That(Log, Is.EqualTo((string[])["stopped"]));
        Assert.That(error.InnerException, Is.InstanceOf<OperationCanceledException>());
        if (IsVirtual)
        {
            Assert.That(Loop.Time.SinceOrigin, Is.EqualTo(Milliseconds(timeout + 20)), "rule 70 e: 25 instead of 5");
        }
    });

    /// <summary>asyncio: test_waitfor.test_wait_for_cancellation_race_condition, test_wait_for_cancel_suppressed; rule 70 c.</summary>
    [TestCase("task", 5)]
    [TestCase("task", 0)]
    [TestCase("body", 5)]
    public void OneThatSwallowsTheCancellation_ReturnsItsValue(string what, double timeout) => Run(async () =>
    {
        if (what == "task")
        {
            var task = Asyncio.CreateTask(InnerAsync);
            await Asyncio.YieldAsync();
            Assert.That(await Asyncio.WaitForAsync(task, Milliseconds(timeout)), Is.EqualTo(42));
        }
        else
        {
            Assert.That(await Asyncio.WaitForAsync(InnerAsync, Milliseconds(timeout)), Is.EqualTo(42));
        }

        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);

        static async Task<int> InnerAsync()
        {
            await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            return 42;
        }
    });

    /// <summary>asyncio: test_waitfor.test_wait_for_reraises_exception_during_cancellation; rule 70 d.</summary>
    [TestCase(5)]
    [TestCase(0)]
    public void AnotherExceptionOnTheWayOut_Passes(double timeout) => Run(async () =>
    {
        var inner = Asyncio.CreateTask(async () =>
        {
            await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            throw new FormatException("foo");
        });
        await Asyncio.YieldAsync();
        var error = await Caught.ByAsync<FormatException>(async () => await Asyncio.WaitForAsync(inner, Milliseconds(timeout)));
        Assert.That(error.Message, Is.EqualTo("foo"));
    });

    /// <summary>Rule 70 b; asyncio: test_waitfor.test_wait_for_issue86296: a result and a cancellation of the caller in one tick: cancelled.</summary>
    [Test]
    public void AResultInTheTickOfTheCallersCancellation_IsLost() => Run(async () =>
    {
        var inner = Asyncio.CreateTask(() => Task.FromResult("done"));
        var task = Asyncio.CreateTask(async () =>
        {
            await Asyncio.WaitForAsync(inner, TimeSpan.FromHours(1));
            await Asyncio.SleepAsync(Soon);
            Log.Add("reached the end");
        });
        await Asyncio.YieldAsync();
        task.Cancel();
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That(await inner, Is.EqualTo("done"));
        Assert.That(Log, Is.Empty);
    });

    /// <summary>asyncio: test_waitfor.test_shielded_timeout; rules 69, 81: a shield keeps the time's end from the task.</summary>
    [Test]
    public void AShieldedTask_GoesOnAfterTheTimeout() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            await Asyncio.SleepAsync(Milliseconds(40));
            return "done";
        });
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(Asyncio.Shield(task), Milliseconds(1)));
        Assert.That((task.IsDone, task.CancelRequests), Is.EqualTo((false, 0)));
        Assert.That(await task, Is.EqualTo("done"));
    });

    /// <summary>Rule 69: the caller is cancelled while it waits without time: the future stays cancelled, the caller ends cancelled.</summary>
    [Test]
    public void CancellingTheCaller_WhileTheFutureStops_IsACancellation() => Run(async () =>
    {
        var inner = Asyncio.CreateTask(async () =>
        {
            await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            await Asyncio.SleepAsync(Soon);
            return 1;
        });
        await Asyncio.YieldAsync();
        var caller = Asyncio.CreateTask(async () => await Asyncio.WaitForAsync(inner, TimeSpan.Zero));
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
        caller.Cancel();
        Assert.That(await Caught.IsCancelledAsync(async () => await caller), Is.True);
        Assert.That((inner.CancelRequests, await inner), Is.EqualTo((1, 1)), "asked once: the caller's own cancellation does not reach it");
    });
}
