using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What releases at the end of a block: once, whatever happens, and never what another holds.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class HolderTests(LoopKind kind) : LoopFixture(kind)
{
    [Test]
    public void ABlock_ReleasesTheLock_AlsoWhenItFails() => Run(async () =>
    {
        var l = new AsyncLock();
        await using (await l.AcquireAsync())
        {
            Assert.That(l.IsLocked, Is.True);
        }

        Assert.That(l.IsLocked, Is.False);
        try
        {
            using (await l.AcquireAsync())
            {
                throw new FormatException();
            }
        }
        catch (FormatException)
        {
            Log.Add("failed");
        }

        Assert.That(l.IsLocked, Is.False);
        Assert.That(Log, Is.EqualTo((string[])["failed"]));
    });

    [Test]
    public void DisposingTwice_DoesNotReleaseAnothersHold() => Run(async () =>
    {
        var l = new AsyncLock();
        var first = await l.AcquireAsync();
        first.Dispose();
        first.Dispose();
        var second = await l.AcquireAsync();
        first.Dispose();
        await first.DisposeAsync();
        Assert.That(l.IsLocked, Is.True);
        second.Dispose();
        Assert.That(l.IsLocked, Is.False);
    });

    [Test]
    public void AfterARelease_DisposingDoesNothing() => Run(async () =>
    {
        var l = new AsyncLock();
        var holder = await l.AcquireAsync();
        l.Release();
        holder.Dispose();
        await l.AcquireAsync();
        holder.Dispose();
        Assert.That(l.IsLocked, Is.True);
    });

    [Test]
    public void AHolderOfNothing_ReleasesNothing() => Run(async () =>
    {
        default(AsyncLock.Holder).Dispose();
        default(AsyncSemaphore.Holder).Dispose();
        await default(AsyncLock.Holder).DisposeAsync();
        await default(AsyncSemaphore.Holder).DisposeAsync();
        Assert.That(new AsyncLock().IsLocked, Is.False);
    });

    /// <summary>A wait gives the lock up and takes it again: for the block around it this is one hold.</summary>
    [Test]
    public void ABlockAroundAWait_ReleasesTheLockThatTheWaitTookAgain() => Run(async () =>
    {
        var condition = new AsyncCondition();
        AsyncLock.Holder other = default;
        var waiter = Asyncio.CreateTask(async () =>
        {
            using (await condition.AcquireAsync())
            {
                await condition.WaitAsync();
                Assert.That(condition.IsLocked, Is.True);
                other.Dispose();
                Assert.That(condition.IsLocked, Is.True, "the hold of the other is over");
            }

            Assert.That(condition.IsLocked, Is.False);
        });
        await Asyncio.YieldAsync();
        other = await condition.AcquireAsync();
        condition.Notify();
        other.Dispose();
        await waiter;
    });

    [Test]
    public void ASemaphoresUnit_IsGivenBackOnce() => Run(async () =>
    {
        var semaphore = new AsyncSemaphore(2);
        var first = await semaphore.AcquireAsync();
        var second = await semaphore.AcquireAsync();
        first.Dispose();
        first.Dispose();
        Assert.That($"{semaphore}", Is.EqualTo("a semaphore (1 left)"));
        var third = await semaphore.AcquireAsync();
        first.Dispose();
        Assert.That(semaphore.IsLocked, Is.True, "the unit is the third one's now");
        await second.DisposeAsync();
        await third.DisposeAsync();
        await third.DisposeAsync();
        Assert.That($"{semaphore}", Is.EqualTo("a semaphore (2 left)"));
    });

    [Test]
    public void ABoundedSemaphoresUnit_MayBeDisposedTwice() => Run(async () =>
    {
        var semaphore = new AsyncBoundedSemaphore();
        var unit = await semaphore.AcquireAsync();
        unit.Dispose();
        unit.Dispose();
        Assert.That(semaphore.IsLocked, Is.False);
    });

    [Test]
    public void ARefusedDispose_CanBeDoneAgain() => Run(async () =>
    {
        var l = new AsyncLock();
        var semaphore = new AsyncSemaphore();
        var hold = await l.AcquireAsync();
        var unit = await semaphore.AcquireAsync();
        _ = Asyncio.CreateTask(async () => (await l.AcquireAsync()).Dispose());
        _ = Asyncio.CreateTask(async () => (await semaphore.AcquireAsync()).Dispose());
        await Asyncio.YieldAsync();
        Assert.That(OnOtherThread(() => hold.Dispose()), Is.TypeOf<ForeignThreadException>());
        Assert.That(OnOtherThread(() => unit.Dispose()), Is.TypeOf<ForeignThreadException>());
        Assert.That(l.IsLocked && semaphore.IsLocked, Is.True);
        hold.Dispose();
        unit.Dispose();
        await SettleAsync();
        Assert.That(l.IsLocked || semaphore.IsLocked, Is.False);
    });
}
