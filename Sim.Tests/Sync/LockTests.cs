using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The lock: first come first served, and no wake-up is lost (rule 82).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class LockTests(LoopKind kind) : LoopFixture(kind)
{
    private AsyncLock _lock = new();

    [SetUp]
    public void NewLock() => _lock = new AsyncLock();

    [TearDown]
    public void NobodyIsLeftInLine() => Assert.That(_lock.ToString(), Does.Not.Contain("waiting"));

    /// <summary>Rule 82: between release and the waiter's step the lock reads as unlocked, but newcomers queue behind.</summary>
    [Test]
    public void ANewcomer_DoesNotSlipIn_BeforeTheOneWhoWasWoken() => Run(async () =>
    {
        await _lock.AcquireAsync();
        var waiter = Asyncio.CreateTask(() => HoldAsync("w"));
        await Asyncio.YieldAsync();
        _lock.Release();
        Assert.That(_lock.IsLocked, Is.False, "woken, but it has not run yet");
        var late = Asyncio.CreateTask(() => HoldAsync("x"));
        await HoldAsync("main");
        await late;
        Assert.That(Log, Is.EqualTo((string[])["w", "main", "x"]));
    });

    /// <summary>Rule 82: the handover takes two ticks for each holder that yields once: a@2, b@4, c@6.</summary>
    [Test]
    public void AHandover_TakesTwoTicks() => Run(async () =>
    {
        var start = Loop.Iteration - 1;
        await Asyncio.GatherAsync(() => TurnAsync("a"), () => TurnAsync("b"), () => TurnAsync("c"));
        Assert.That(Log, Is.EqualTo((string[])["a@2", "b@4", "c@6"]));

        async Task TurnAsync(string name)
        {
            using (await _lock.AcquireAsync())
            {
                LogTick(name, start);
                await Asyncio.YieldAsync();
            }
        }
    });

    /// <summary>Rule 82: waiters who were all cancelled but have not left yet do not count.</summary>
    [Test]
    public void WhereAllWhoWaitAreCancelled_AcquireIsImmediate() => Run(async () =>
    {
        await _lock.AcquireAsync();
        var waiter = Asyncio.CreateTask(() => HoldAsync("cancelled"));
        await Asyncio.YieldAsync();
        _lock.Release();
        await _lock.AcquireAsync();
        Assert.That(Log, Is.EqualTo((string[])["cancelled"]), "it was woken, so this one had to wait");
        var second = Asyncio.CreateTask(() => HoldAsync("second"));
        await Asyncio.YieldAsync();
        second.Cancel();
        _lock.Release();
        Assert.That(await TicksOf(async () => await _lock.AcquireAsync()), Is.Zero);
        await SettleAsync();
        Assert.That(second.IsCancelled, Is.True);
    });

    /// <summary>A lock is not owned: another task may release it.</summary>
    [Test]
    public void AnotherTask_MayReleaseIt() => Run(async () =>
    {
        await _lock.AcquireAsync();
        await Asyncio.CreateTask(() =>
        {
            _lock.Release();
            return Task.CompletedTask;
        });
        Assert.That(_lock.IsLocked, Is.False);
    });

    /// <summary>asyncio: test_locks.LockTests.test_acquire_cancel.</summary>
    [Test]
    public void ACancelledWaiter_LeavesTheLine() => Run(async () =>
    {
        await _lock.AcquireAsync();
        var task = Asyncio.CreateTask(() => HoldAsync("never"));
        Loop.CallSoon(() => task.Cancel());
        await SettleAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That($"{_lock}", Is.EqualTo("a lock (locked)"));
        Assert.That(Log, Is.Empty);
    });

    /// <summary>asyncio: test_locks.LockTests.test_cancel_race: one leaves by cancellation while the holder releases.</summary>
    [Test]
    public void ReleaseAndCancel_InTheSameTick_LetTheNextOneIn() => Run(async () =>
    {
        var gate = Loop.CreateFuture<int>();
        var a = Asyncio.CreateTask(() => HoldAsync("a", gate));
        await Asyncio.YieldAsync();
        var b = Asyncio.CreateTask(() => HoldAsync("b"));
        var c = Asyncio.CreateTask(() => HoldAsync("c"));
        await Asyncio.YieldAsync();
        Assert.That($"{_lock}", Is.EqualTo("a lock (locked, 2 waiting)"));
        gate.SetResult(0);
        b.Cancel();
        await Asyncio.YieldAsync();
        Assert.That(_lock.IsLocked, Is.False);
        Assert.That(a.IsDone && b.IsCancelled, Is.True);
        await c;
        Assert.That(Log, Is.EqualTo((string[])["a", "c"]));
    });

    /// <summary>asyncio: test_locks.LockTests.test_cancel_release_race: the release lets in one, not two.</summary>
    [Test]
    public void CancelAndRelease_InOneCallback_LetInExactlyOne() => Run(async () =>
    {
        await _lock.AcquireAsync();
        var tasks = Enumerable.Range(1, 3).Select(i => Asyncio.CreateTask(() => TakeAsync($"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        Loop.CallSoon(() =>
        {
            tasks[0].Cancel();
            _lock.Release();
        });
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["2"]));
        Assert.That(tasks[0].IsCancelled && tasks[1].IsDone && !tasks[2].IsDone, Is.True);
        tasks[2].Cancel();
        await Asyncio.YieldAsync();
        Assert.That(tasks[2].IsCancelled, Is.True);

        async Task TakeAsync(string name)
        {
            await _lock.AcquireAsync();
            Log.Add(name);
        }
    });

    /// <summary>asyncio: test_locks.LockTests.test_finished_waiter_cancelled; rule 82: it passes the wake on.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void AWaiterCancelledAroundItsWakeUp_PassesItOn(bool wokenFirst) => Run(async () =>
    {
        await _lock.AcquireAsync();
        var b = Asyncio.CreateTask(() => HoldAsync("b"));
        await Asyncio.YieldAsync();
        var c = Asyncio.CreateTask(() => HoldAsync("c"));
        await Asyncio.YieldAsync();
        if (wokenFirst)
        {
            _lock.Release();
            b.Cancel();
        }
        else
        {
            b.Cancel();
            _lock.Release();
        }

        await c;
        Assert.That(b.IsCancelled, Is.True);
        Assert.That(Log, Is.EqualTo((string[])["c"]));
    });

    /// <summary>A waiter cancelled while the lock is held wakes nobody: the lock is not free.</summary>
    [Test]
    public void ACancelledWaiter_WakesNobody_WhileTheLockIsHeld() => Run(async () =>
    {
        await _lock.AcquireAsync();
        var b = Asyncio.CreateTask(() => HoldAsync("b"));
        var c = Asyncio.CreateTask(() => HoldAsync("c"));
        await Asyncio.YieldAsync();
        b.Cancel();
        await SettleAsync();
        Assert.That(Log, Is.Empty);
        Assert.That(_lock.IsLocked, Is.True);
        _lock.Release();
        await c;
    });

    private async Task HoldAsync(string name, Future<int>? until = null)
    {
        using (await _lock.AcquireAsync())
        {
            Log.Add(name);
            if (until is not null)
            {
                await until;
            }
        }
    }
}
