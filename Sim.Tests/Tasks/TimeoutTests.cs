using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Stretches of code with a deadline: rules 71 to 77.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TimeoutTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_timeouts.test_waiter_cancelled, test_outer_task_is_not_cancelled; rule 71.</summary>
    [Test]
    public void WhenTheTimeIsUp_TheBodySeesACancellation_AndTheCallerATimeout() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            TimeoutScope? seen = null;
            var error = await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Soon, async scope =>
            {
                seen = scope;
                try
                {
                    await SleepLongAsync();
                }
                catch (OperationCanceledException)
                {
                    Log.Add("cancelled");
                    throw;
                }
            }));
            Assert.That(error.InnerException, Is.InstanceOf<OperationCanceledException>());
            Assert.That(seen!.IsExpired, Is.True);
        });
        await task;
        Assert.That((task.State, task.CancelRequests), Is.EqualTo((FutureState.Succeeded, 0)));
        Assert.That(Log, Is.EqualTo((string[])["cancelled"]));
    });

    /// <summary>Rule 71: in time there is no error, no request, and no timer left.</summary>
    [Test]
    public void InTime_NothingHappens() => Run(async () =>
    {
        TimeoutScope? seen = null;
        var result = await Asyncio.TimeoutAsync(TimeSpan.FromHours(1), async scope =>
        {
            seen = scope;
            await Asyncio.SleepAsync(Soon);
            return 7;
        });
        Assert.That((result, seen!.IsExpired, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo((7, false, 0)));
        await Asyncio.TimeoutAsync(null, async scope =>
        {
            Assert.That(scope.When, Is.Null, "null is no limit");
            await Asyncio.SleepAsync(Soon);
        });
        await Asyncio.TimeoutAsync(Soon, _ => Task.CompletedTask);
        await Asyncio.SleepAsync(Soon * 3);
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero, "the timer went with its block");
    });

    /// <summary>Rule 74: when the outer one is earlier, the inner block sees a cancellation.</summary>
    [Test]
    public void NestedWithAnEarlierOuterOne_TheInnerBlockIsCancelled() => Run(async () =>
    {
        TimeoutScope? inner = null;
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Soon, async _ =>
            await Asyncio.TimeoutAsync(TimeSpan.FromHours(1), async scope =>
            {
                inner = scope;
                await SleepLongAsync();
            })));
        Assert.That(inner!.IsExpired, Is.False);
    });

    /// <summary>asyncio: test_timeouts.test_nested_timeouts_loop_busy: the inner one is first, the outer one has its own time.</summary>
    [Test]
    public void NestedWithAnEarlierInnerOne_EachRaisesInItsTurn() => Run(async () =>
    {
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(TimeSpan.FromHours(1), async outer =>
        {
            await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Soon, async _ => await SleepLongAsync()));
            Log.Add("inner");
            // Not from the start: on a slow machine both could be due at once.
            outer.Reschedule(Loop.Time + Soon);
            await SleepLongAsync();
        }));
        Assert.That(Log, Is.EqualTo((string[])["inner"]));
    });

    /// <summary>
    /// asyncio: test_timeouts.test_nested_timeouts_concurrent, test_nested_timeouts_loop_busy: a callback that takes long makes both
    /// due in one iteration: the inner one, asked twice, leaves it to the outer one.
    /// </summary>
    [Test]
    public void NestedAndBothOverdue_TheOuterOneRaises() => Run(async () =>
    {
        var inner = false;
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Milliseconds(2), async _ =>
        {
            try
            {
                await Asyncio.TimeoutAsync(Milliseconds(1), async _ =>
                {
                    var end = Loop.Time + Milliseconds(4);
                    if (IsVirtual)
                    {
                        ((VirtualClock)Loop.Clock).AdvanceTo(end);
                    }
                    else
                    {
                        SpinWait.SpinUntil(() => Loop.Time >= end);
                    }

                    await SleepLongAsync();
                });
            }
            catch (TimeoutException)
            {
                inner = true;
                throw;
            }
        }));
        Assert.That((inner, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo((false, 0)));
    });

    /// <summary>
    /// asyncio: test_timeouts.test_timeout_zero, test_timeout_zero_sleep_zero, test_timeout_in_the_past_sleep_zero; rule 71: a deadline
    /// that has passed strikes in the next iteration, also in a bare yield.
    /// </summary>
    [TestCase(0, false)]
    [TestCase(0, true)]
    [TestCase(-11, true)]
    public void NoTimeAtAll_StrikesAtTheFirstWait(double delay, bool yielding) => Run(async () =>
    {
        var before = Loop.Time;
        TimeoutScope? seen = null;
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Milliseconds(delay), async scope =>
        {
            seen = scope;
            await (yielding ? Asyncio.YieldAsync() : Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            Log.Add("resumed");
        }));
        Assert.That(Log, Is.Empty);
        Assert.That(seen!.IsExpired, Is.True);
        Assert.That(seen.When, Is.GreaterThanOrEqualTo(before + Milliseconds(delay)).And.LessThanOrEqualTo(Loop.Time));
    });

    /// <summary>Rule 72: a body that never waits is not interrupted; one that swallows the cancellation is no error.</summary>
    [Test]
    public void WithoutAWait_OrWithASwallowedCancellation_ThereIsNoError() => Run(async () =>
    {
        TimeoutScope? idle = null;
        await Asyncio.TimeoutAsync(TimeSpan.Zero, scope =>
        {
            idle = scope;
            return Task.CompletedTask;
        });
        Assert.That(idle!.IsExpired, Is.False);
        TimeoutScope? swallowed = null;
        await Asyncio.TimeoutAsync(Soon, async scope =>
        {
            swallowed = scope;
            await Caught.IsCancelledAsync(SleepLongAsync);
        });
        Assert.That((swallowed!.IsExpired, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo((true, 0)));
        await Asyncio.YieldAsync();
    });

    /// <summary>Rule 73: somebody else's request in the tick of the timeout, before or after it, wins; it stays counted.</summary>
    [Test]
    public void AnotherRequestInTheSameTick_Wins([Values] bool before) => Run(async () =>
    {
        TimeoutScope? seen = null;
        var task = Asyncio.CreateTask(async () => await Asyncio.TimeoutAsync(null, async scope =>
        {
            seen = scope;
            await SleepLongAsync();
        }));
        await Asyncio.YieldAsync();
        var self = Asyncio.CurrentTask()!;
        Assert.That(self.CancelRequests, Is.Zero);
        if (before)
        {
            Loop.CallSoon(() => task.Cancel());
        }

        seen!.Reschedule(Loop.Time);
        if (!before)
        {
            Loop.CallSoon(() => task.Cancel());
        }

        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That((seen.IsExpired, task.IsCancelled, task.CancelRequests), Is.EqualTo((true, true, 1)));
    });

    /// <summary>asyncio: test_timeouts.test_foreign_exception_on_timeout; rule 75: another exception passes as it is.</summary>
    [Test]
    public void AnotherExceptionOnTheWayOut_Passes() => Run(async () =>
    {
        TimeoutScope? seen = null;
        var error = await Caught.ByAsync<FormatException>(async () => await Asyncio.TimeoutAsync(Soon, async scope =>
        {
            seen = scope;
            await Caught.IsCancelledAsync(SleepLongAsync);
            throw new FormatException("crash");
        }));
        Assert.That((error.Message, seen!.IsExpired, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo(("crash", true, 0)));
    });

    /// <summary>asyncio: test_timeouts.test_foreign_cancel_doesnt_timeout_if_not_expired.</summary>
    [Test]
    public void AnotherRequest_BeforeTheDeadline_IsACancellation() => Run(async () =>
    {
        TimeoutScope? seen = null;
        var task = Asyncio.CreateTask(async () => await Asyncio.TimeoutAsync(TimeSpan.FromHours(1), async scope =>
        {
            seen = scope;
            Asyncio.CurrentTask()!.Cancel();
            await SleepLongAsync();
        }));
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That(seen!.IsExpired, Is.False);
    });

    /// <summary>asyncio: test_timeouts.test_reschedule; rule 76.</summary>
    [Test]
    public void ADeadline_CanBeMoved_AndTakenAway() => Run(async () =>
    {
        var first = Loop.Time + TimeSpan.FromHours(1);
        TimeoutScope? scope = null;
        var task = Asyncio.CreateTask(async () => await Asyncio.TimeoutAtAsync(first, async entered =>
        {
            scope = entered;
            await SleepLongAsync();
        }));
        await Asyncio.YieldAsync();
        Assert.That(scope!.When, Is.EqualTo(first));
        scope.Reschedule(first + TimeSpan.FromHours(2));
        Assert.That(scope.When, Is.EqualTo(first + TimeSpan.FromHours(2)));
        scope.Reschedule(null);
        Assert.That(scope.When, Is.Null);
        task.Cancel();
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That(scope.IsExpired, Is.False);
    });

    /// <summary>Rule 76: moved into the past it strikes in the next iteration; moved away in time, it does not.</summary>
    [Test]
    public void ADeadlineMovedIntoThePast_StrikesAtOnce() => Run(async () =>
    {
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(TimeSpan.FromHours(1), async scope =>
        {
            scope.Reschedule(Loop.Time - Soon);
            Assert.That(await TicksOf(async () => await Caught.IsCancelledAsync(async () => await Asyncio.YieldAsync())), Is.EqualTo(1));
            throw new OperationCanceledException();
        }));
        await Asyncio.TimeoutAsync(TimeSpan.Zero, async scope =>
        {
            scope.Reschedule(null);
            await Asyncio.SleepAsync(Soon);
        });
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>asyncio: test_timeouts.test_nested_timeout_in_finally: a second block while the first is on its way out.</summary>
    [Test]
    public void ABlockInTheCleanup_HasItsOwnTimeout() => Run(async () =>
    {
        Exception? second = null;
        var first = await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Soon, async _ =>
        {
            try
            {
                await SleepLongAsync();
            }
            finally
            {
                second = await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Soon, async _ => await SleepLongAsync()));
            }
        }));
        Assert.That(first.InnerException, Is.InstanceOf<OperationCanceledException>());
        Assert.That(second!.InnerException, Is.InstanceOf<OperationCanceledException>());
    });

    /// <summary>asyncio: test_timeouts.test_timeout_after_cancellation, test_cancel_in_timeout_after_cancellation; rule 77.</summary>
    [Test]
    public void AfterASwallowedRequest_ABlockStillWorks([Values] bool askedAgain) => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            var self = Asyncio.CurrentTask()!;
            self.Cancel();
            Assert.That(await Caught.IsCancelledAsync(SleepLongAsync), Is.True);
            Func<Task> block = async () => await Asyncio.TimeoutAsync(askedAgain ? TimeSpan.FromHours(1) : TimeSpan.Zero, async _ =>
            {
                if (askedAgain)
                {
                    self.Cancel();
                }

                await SleepLongAsync();
            });
            if (askedAgain)
            {
                await Caught.ByAsync<OperationCanceledException>(block);
            }
            else
            {
                await Caught.ByAsync<TimeoutException>(block);
            }

            return self.CancelRequests;
        });
        Assert.That(await task, Is.EqualTo(askedAgain ? 2 : 1));
    });

    /// <summary>asyncio: test_timeouts.test_timeout_taskgroup: the failures on the way out of a group pass as a group.</summary>
    [Test]
    public void ATimeoutAroundAGroup_LetsTheGroupsFailuresPass() => Run(async () =>
    {
        var error = await Caught.ByAsync<TaskGroupException>(async () => await Asyncio.TimeoutAsync(Soon, async scope =>
            await TaskGroup.RunAsync(async group =>
            {
                _ = group.CreateTask(async () =>
                {
                    await Caught.IsCancelledAsync(SleepLongAsync);
                    throw new FormatException("child");
                });
                await SleepLongAsync();
            })));
        Assert.That(error.InnerExceptions.Select(inner => inner.Message), Is.EqualTo((string[])["child"]));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>A length that leads past the end of the time line is refused, and leaves nothing behind.</summary>
    [Test]
    public void ALengthPastTheEndOfTheTimeLine_IsRefused() => Run(async () =>
    {
        await Asyncio.SleepAsync(Soon);
        await Caught.ByAsync<ArgumentOutOfRangeException>(async () => await Asyncio.TimeoutAsync(TimeSpan.MaxValue, _ => Task.CompletedTask));
        await Caught.ByAsync<ArgumentOutOfRangeException>(async () => await Asyncio.WaitForAsync(() => Task.FromResult(1), TimeSpan.MaxValue));
        await Caught.ByAsync<ArgumentOutOfRangeException>(
            async () => await Asyncio.WaitAsync([Loop.CreateFuture<int>()], timeout: TimeSpan.MaxValue));
    });

    private static Task SleepLongAsync() => Asyncio.SleepAsync(TimeSpan.FromHours(1)).AsTask();
}
