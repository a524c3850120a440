using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The condition: waits under a lock, and has the lock again whatever happens (rule 85).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class ConditionTests(LoopKind kind) : LoopFixture(kind)
{
    private AsyncCondition _condition = new();

    [SetUp]
    public void NewCondition() => _condition = new AsyncCondition();

    /// <summary>Rule 85: notify marks the first n who were not woken yet; they get the lock in that order.</summary>
    [Test]
    public void Notify_WakesTheFirst_WhoGoOnWhenTheyGetTheLock() => Run(async () =>
    {
        var tasks = Enumerable.Range(1, 4).Select(i => Asyncio.CreateTask(() => WaitAsync($"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        using (await _condition.AcquireAsync())
        {
            _condition.Notify();
            _condition.Notify(2);
            Assert.That($"{_condition}", Is.EqualTo("a condition (locked, 4 waiting)"));
            await SettleAsync();
            Assert.That(Log, Is.Empty, "the lock is held");
        }

        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["1", "2", "3"]));
        using (await _condition.AcquireAsync())
        {
            _condition.Notify(0);
            _condition.NotifyAll();
        }

        await tasks[3];
        Assert.That($"{_condition}", Is.EqualTo("a condition (unlocked)"));
    });

    [Test]
    public void WaitFor_LooksAgain_AfterEachNotification() => Run(async () =>
    {
        var value = 0;
        var task = Asyncio.CreateTask(async () =>
        {
            using (await _condition.AcquireAsync())
            {
                await _condition.WaitForAsync(() =>
                {
                    Log.Add($"looks at {value}");
                    return value == 2;
                });
            }
        });
        await Asyncio.YieldAsync();
        for (value = 1; value <= 2; value++)
        {
            using (await _condition.AcquireAsync())
            {
                _condition.Notify();
            }

            await SettleAsync();
            if (value == 1)
            {
                Assert.That(task.IsDone, Is.False);
            }
        }

        await task;
        Assert.That(Log, Is.EqualTo((string[])["looks at 0", "looks at 1", "looks at 2"]));
    });

    /// <summary>A predicate that is true already: no wait, and the lock is not looked at.</summary>
    [Test]
    public void WaitForWhatIsTrue_TakesNoTick() => Run(async () =>
    {
        Assert.That(await TicksOf(async () => await _condition.WaitForAsync(() => true)), Is.Zero);
        await Caught.ByAsync<FormatException>(async () => await _condition.WaitForAsync(() => throw new FormatException()));
    });

    /// <summary>The predicate is the caller's code: it runs in the caller's task and context, whoever has notified.</summary>
    [Test]
    public void ThePredicate_RunsInTheContextOfWhoWaits() => Run(async () =>
    {
        var local = new AsyncLocal<string> { Value = "outside" };
        var looks = 0;
        var task = Asyncio.CreateTask(async () =>
        {
            local.Value = "waiter";
            using (await _condition.AcquireAsync())
            {
                await _condition.WaitForAsync(() =>
                {
                    Log.Add($"{Asyncio.CurrentTask()!.Name}: {local.Value}");
                    return looks++ == 2;
                });
            }
        }, "waiter");
        for (var i = 0; i < 2; i++)
        {
            await SettleAsync();
            using (await _condition.AcquireAsync())
            {
                _condition.NotifyAll();
            }
        }

        await task;
        Assert.That(Log, Is.EqualTo((string[])["waiter: waiter", "waiter: waiter", "waiter: waiter"]));
    });

    /// <summary>A predicate that throws after a wait: out it comes, under the lock.</summary>
    [Test]
    public void APredicateThatThrowsLater_ThrowsUnderTheLock() => Run(async () =>
    {
        var looks = 0;
        Loop.CallSoon(() => Loop.CreateTask(async () =>
        {
            using (await _condition.AcquireAsync())
            {
                _condition.NotifyAll();
            }
        }));
        using (await _condition.AcquireAsync())
        {
            await Caught.ByAsync<FormatException>(async () =>
                await _condition.WaitForAsync(() => looks++ == 0 ? false : throw new FormatException()));
            Assert.That(_condition.IsLocked, Is.True);
        }

        Assert.That(_condition.IsLocked, Is.False);
    });

    [Test]
    public void SeveralConditions_MayShareALock() => Run(async () =>
    {
        var gate = new AsyncLock();
        var (left, right) = (new AsyncCondition(gate), new AsyncCondition(gate));
        var task = Asyncio.CreateTask(async () =>
        {
            using (await left.AcquireAsync())
            {
                await left.WaitAsync();
                Log.Add("left");
            }
        });
        await Asyncio.YieldAsync();
        await gate.AcquireAsync();
        Assert.That(left.IsLocked && right.IsLocked, Is.True);
        right.NotifyAll();
        await SettleAsync();
        Assert.That(Log, Is.Empty);
        left.Notify();
        right.Release();
        await task;
        Assert.That(Log, Is.EqualTo((string[])["left"]));
    });

    /// <summary>asyncio: test_locks.ConditionTests.test_wait_cancel_contested: notified first, then cancelled on the way to the lock.</summary>
    [Test]
    public void ACancellationWhileTheLockIsContested_LeavesWithTheLockHeld() => Run(async () =>
    {
        await _condition.AcquireAsync();
        var held = false;
        var task = Asyncio.CreateTask(async () =>
        {
            try
            {
                await _condition.WaitAsync();
            }
            finally
            {
                held = _condition.IsLocked;
            }
        });
        await Asyncio.YieldAsync();
        Assert.That(_condition.IsLocked, Is.False);
        await _condition.AcquireAsync();
        _condition.Notify();
        Loop.CallSoon(() => task.Cancel());
        Loop.CallSoon(_condition.Release);
        await SettleAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That(held && _condition.IsLocked, Is.True, "the task ended with the lock, which nobody released");
    });

    /// <summary>asyncio: test_locks.ConditionTests.test_wait_cancel_after_notify: the cancellation waits for the lock.</summary>
    [Test]
    public void ACancellationWhileReacquiring_ComesOutWithTheLock() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => WaitAsync("never"));
        await Asyncio.YieldAsync();
        await _condition.AcquireAsync();
        _condition.Notify();
        await Asyncio.YieldAsync();
        task.Cancel();
        await SettleAsync();
        Assert.That(task.IsDone, Is.False, "it still waits for the lock");
        _condition.Release();
        await Asyncio.YieldAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That(_condition.IsLocked, Is.False, "its block has released it");
        Assert.That(Log, Is.Empty);
    });

    /// <summary>
    /// asyncio: test_locks.ConditionTests.test_cancelled_error_wakeup and test_cancelled_error_re_aquire: what comes out is
    /// what struck last, as it was thrown (rule 85).
    /// </summary>
    [Test]
    public void TheLastCancellation_IsTheOneThatComesOut() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        List<OperationCanceledException> caught = [];
        var task = Asyncio.CreateTask(async () =>
        {
            using (await _condition.AcquireAsync())
            {
                for (var i = 0; i < 2; i++)
                {
                    try
                    {
                        await _condition.WaitForAsync(() => false, i == 0 ? default : source.Token);
                    }
                    catch (OperationCanceledException error)
                    {
                        caught.Add(error);
                    }
                }

                await _condition.WaitForAsync(() => false, source.Token);
            }
        });
        await Asyncio.YieldAsync();
        task.Cancel();
        await SettleAsync();
        Assert.That(caught, Has.Count.EqualTo(1));
        Assert.That(caught[0].CancellationToken.CanBeCanceled, Is.False);

        // The token strikes the wait, then the task is cancelled while it waits for the lock.
        await _condition.AcquireAsync();
        source.Cancel();
        await Asyncio.YieldAsync();
        task.Cancel();
        await Asyncio.YieldAsync();
        _condition.Release();
        await SettleAsync();
        Assert.That(caught, Has.Count.EqualTo(2));
        Assert.That(caught[1].CancellationToken.CanBeCanceled, Is.False, "the task's own request came later");

        // The third wait has not begun: its token is cancelled. That is what the task ends with.
        Assert.That(task.IsCancelled, Is.True);
        Assert.That(task.CancelRequests, Is.EqualTo(2));
        Assert.That(_condition.IsLocked, Is.False);
    });

    /// <summary>asyncio: test_locks.ConditionTests.test_cancelled_wakeup_relock; rule 85: the notification is passed on.</summary>
    [TestCase(true, TestName = "ANotification_IsPassedOn_WhenItsReceiverIsCancelled(on its way to the lock)")]
    [TestCase(false, TestName = "ANotification_IsPassedOn_WhenItsReceiverIsCancelled(before it runs)")]
    public void ANotification_IsPassedOn_WhenItsReceiverIsCancelled(bool onItsWayToTheLock) => Run(async () =>
    {
        var items = 0;
        var consumers = Enumerable.Range(1, 2).Select(i => Asyncio.CreateTask(() => ConsumeAsync($"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        using (await _condition.AcquireAsync())
        {
            items = 1;
            _condition.Notify();
            if (onItsWayToTheLock)
            {
                await Asyncio.YieldAsync();
            }

            consumers[0].Cancel();
            await _condition.WaitForAsync(() => items == 0);
        }

        await consumers[1];
        Assert.That(consumers[0].IsCancelled, Is.True);
        Assert.That(Log, Is.EqualTo((string[])["2"]));

        async Task ConsumeAsync(string name)
        {
            using (await _condition.AcquireAsync())
            {
                await _condition.WaitForAsync(() => items > 0);
                items--;
                Log.Add(name);
                _condition.NotifyAll();
            }
        }
    });

    /// <summary>asyncio: test_locks.ConditionTests.test_timeout_in_block: the block ends with the lock, and releases it.</summary>
    [Test]
    public void ATimeLimitOnAWait_StrikesWithTheLockHeld() => Run(async () =>
    {
        using var limit = new CancellationTokenSource(Soon, Loop.TimeProvider);
        using (await _condition.AcquireAsync())
        {
            try
            {
                await _condition.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException error)
            {
                Assert.That(error.CancellationToken, Is.EqualTo(limit.Token));
                Log.Add($"{_condition.IsLocked}");
            }
        }

        Assert.That(Log, Is.EqualTo((string[])["True"]));
        Assert.That(_condition.IsLocked, Is.False);
    });

    private async Task WaitAsync(string name)
    {
        using (await _condition.AcquireAsync())
        {
            await _condition.WaitAsync();
            Log.Add(name);
        }
    }
}
