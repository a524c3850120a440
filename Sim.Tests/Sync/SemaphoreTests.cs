using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The semaphore: a unit is handed over at the release, and none is lost (rule 84).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class SemaphoreTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 84: value and IsLocked are exact: the unit is the woken waiter's although it has not run.</summary>
    [Test]
    public void AReleasedUnit_BelongsToTheFirstWaiter_AtOnce() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore();
        await semaphore.AcquireAsync();
        var waiter = Asyncio.CreateTask(() => TakeAsync(semaphore, "waiter"));
        await Asyncio.YieldAsync();
        semaphore.Release();
        Assert.That(semaphore.IsLocked, Is.True, "handed over");
        var main = TakeAsync(semaphore, "main");
        Assert.That(main.IsCompleted, Is.False);
        await waiter;
        Assert.That(Log, Is.EqualTo((string[])["waiter"]));
        semaphore.Release();
        await main;
    });

    /// <summary>Rule 84: locked is also true where a unit is left but somebody stands in line.</summary>
    [Test]
    public void WhileSomebodyStandsInLine_NewcomersWait_ThoughThereAreUnits() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore(0);
        var first = Asyncio.CreateTask(() => TakeAsync(semaphore, "first"));
        await Asyncio.YieldAsync();
        semaphore.Release();
        semaphore.Release();
        semaphore.Release();
        Assert.That($"{semaphore}", Is.EqualTo("a semaphore (locked, 1 waiting)"));
        await TakeAsync(semaphore, "main");
        await first;
        Assert.That(Log, Is.EqualTo((string[])["first", "main"]));
        Assert.That($"{semaphore}", Is.EqualTo("a semaphore (1 left)"));
    });

    /// <summary>asyncio: test_locks.SemaphoreTests.test_acquire_cancel.</summary>
    [Test]
    public void ACancelledWaiter_LeavesTheLine() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore();
        await semaphore.AcquireAsync();
        var task = Asyncio.CreateTask(() => TakeAsync(semaphore, "never"));
        Loop.CallSoon(() => task.Cancel());
        await SettleAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That($"{semaphore}", Is.EqualTo("a semaphore (locked)"));
        Assert.That(Log, Is.Empty);
    });

    /// <summary>asyncio: test_locks.SemaphoreTests.test_acquire_cancel_before_awoken: the unit goes past the cancelled.</summary>
    [Test]
    public void AUnit_GoesPastThoseWhoAreCancelled() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore(0);
        var tasks = Enumerable.Range(1, 4).Select(i => Asyncio.CreateTask(() => TakeAsync(semaphore, $"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        tasks[0].Cancel();
        tasks[1].Cancel();
        semaphore.Release();
        await SettleAsync();
        Assert.That(tasks.Select(task => task.IsDone), Is.EqualTo((bool[])[true, true, true, false]));
        Assert.That(Log, Is.EqualTo((string[])["3"]));
        tasks[3].Cancel();
    });

    /// <summary>asyncio: test_locks.SemaphoreTests.test_acquire_hang.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void AUnitOfACancelledWaiter_GoesToTheNext(bool wokenFirst) => Run(async () =>
    {
        var semaphore = new AsyncSemaphore(0);
        var first = Asyncio.CreateTask(() => TakeAsync(semaphore, "1"));
        var second = Asyncio.CreateTask(() => TakeAsync(semaphore, "2"));
        await Asyncio.YieldAsync();
        if (wokenFirst)
        {
            semaphore.Release();
            first.Cancel();
        }
        else
        {
            first.Cancel();
            semaphore.Release();
        }

        await second;
        Assert.That(first.IsCancelled, Is.True);
        Assert.That(semaphore.IsLocked, Is.True);
    });

    /// <summary>Rule 84: a unit that nobody takes over comes back.</summary>
    [Test]
    public void AUnitOfACancelledWaiter_ComesBack_WhenNobodyWaits() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore(0);
        var task = Asyncio.CreateTask(() => TakeAsync(semaphore, "never"));
        await Asyncio.YieldAsync();
        semaphore.Release();
        task.Cancel();
        await SettleAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That($"{semaphore}", Is.EqualTo("a semaphore (1 left)"));
    });

    /// <summary>asyncio: test_locks.SemaphoreTests.test_acquire_no_hang.</summary>
    [Test]
    public void AHolderThatCancelsTheNext_LeavesAUsableSemaphore() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore();
        LoopTask second = null!;
        var first = Asyncio.CreateTask(async () =>
        {
            using (await semaphore.AcquireAsync())
            {
                await Asyncio.YieldAsync();
            }

            second.Cancel();
        });
        second = Asyncio.CreateTask(() => TakeAsync(semaphore, "never"));
        await Asyncio.GatherOutcomesAsync<ValueTuple>(first, second);
        Assert.That(first.State, Is.EqualTo(FutureState.Succeeded));
        Assert.That(second.IsCancelled, Is.True);
        Assert.That(await TicksOf(async () => await semaphore.AcquireAsync()), Is.Zero);
    });

    /// <summary>asyncio: test_locks.SemaphoreTests.test_acquire_fifo_order_2: who comes again stands behind.</summary>
    [Test]
    public void WhoComesAgain_StandsBehindThoseWhoWait() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore();
        var first = Asyncio.CreateTask(() => TakeAsync(semaphore, "1"));
        var second = Asyncio.CreateTask(async () =>
        {
            await TakeAsync(semaphore, "2");
            semaphore.Release();
            await TakeAsync(semaphore, "4");
        });
        var third = Asyncio.CreateTask(() => TakeAsync(semaphore, "3"));
        await Asyncio.YieldAsync();
        semaphore.Release();
        semaphore.Release();
        await Asyncio.GatherAsync<ValueTuple>(first, second, third);
        Assert.That(Log, Is.EqualTo((string[])["1", "2", "3", "4"]));
    });

    /// <summary>asyncio: test_locks.SemaphoreTests.test_acquire_fifo_order_3.</summary>
    [Test]
    public void AfterACancellation_TheOrderStays() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore(0);
        var tasks = Enumerable.Range(1, 3).Select(i => Asyncio.CreateTask(() => TakeAsync(semaphore, $"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        tasks[0].Cancel();
        await Asyncio.YieldAsync();
        semaphore.Release();
        semaphore.Release();
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["2", "3"]));
        Assert.That(tasks, Has.All.Property("IsDone").True);
    });

    /// <summary>
    /// asyncio: test_locks.SemaphoreTests.test_acquire_fifo_order_4: one who gets in wakes all for whom there is a unit, before
    /// it does anything else (rule 84).
    /// </summary>
    [Test]
    public void OneWhoGetsIn_WakesTheOthersForWhomThereAreUnits() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore(0);
        LoopTask fourth = null!;
        var first = Asyncio.CreateTask(async () =>
        {
            await semaphore.AcquireAsync();
            Assert.That($"{semaphore}", Is.EqualTo("a semaphore (locked, 2 waiting)"));
            fourth = Asyncio.CreateTask(() =>
            {
                Log.Add("4");
                return Task.CompletedTask;
            });
            Log.Add("1");
        });
        var second = Asyncio.CreateTask(async () =>
        {
            semaphore.Release();
            semaphore.Release();
            semaphore.Release();
            Assert.That(semaphore.IsLocked, Is.True, "the first has not run yet");
            await TakeAsync(semaphore, "2");
        });
        var third = Asyncio.CreateTask(() => TakeAsync(semaphore, "3"));
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
        await Asyncio.GatherAsync<ValueTuple>(first, second, third, fourth);
        Assert.That(Log, Is.EqualTo((string[])["1", "2", "3", "4"]));
        Assert.That(semaphore.IsLocked, Is.True);
    });

    private async Task TakeAsync(AsyncSemaphore semaphore, string name)
    {
        await semaphore.AcquireAsync();
        Log.Add(name);
    }
}
