using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>In steady state the loop allocates nothing for what it does most.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class AllocationTests(LoopKind kind) : LoopFixture(kind)
{
    [Test]
    public void CallSoonOfACachedDelegate_AllocatesNothing()
    {
        Action<object?> again = null!;
        again = _ => Loop.CallSoon(again, null);
        Loop.CallSoon(again, null);
        var action = () => { };
        AssertFree(() =>
        {
            Loop.CallSoon(action).Cancel();
            Loop.Stop();
            Loop.RunForever();
        });
    }

    [Test]
    public void AYield_AllocatesNothing() => AssertStepsFree(static () => Asyncio.YieldAsync());

    [Test]
    public void ASleepOfZero_AllocatesNothing() => AssertStepsFree(static () => Asyncio.SleepAsync(TimeSpan.Zero));

    [Test]
    public void ASleep_AllocatesNothing() => AssertStepsFree(static () => Asyncio.SleepAsync(TimeSpan.FromTicks(1)));

    [Test]
    public void ASleepWithAToken_ThatCannotCancel_CostsNoMoreThanItsMethod() =>
        AssertStepsFree(static () => Asyncio.SleepAsync(TimeSpan.FromTicks(1), CancellationToken.None));

    [Test]
    public void ATurnOfABridgeTimer_AllocatesNothing()
    {
        var turns = 0;
        using var timer = Loop.TimeProvider.CreateTimer(_ => turns++, null, TimeSpan.FromTicks(1), TimeSpan.FromTicks(1));
        AssertFree(() =>
        {
            for (var before = turns; turns == before;)
            {
                Loop.Stop();
                Loop.RunForever();
                if (IsVirtual)
                {
                    ((Sim.Clock.VirtualClock)Loop.Clock).AdvanceBy(TimeSpan.FromTicks(1));
                }
            }
        });
    }

    // Several tasks, so that the pools hold more than one source.
    private void AssertStepsFree(Func<ValueTask> wait)
    {
        var allocated = long.MaxValue;
        Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                _ = Asyncio.CreateTask(() => WaitForEverAsync(wait));
            }

            // Measured in a window between two resumptions of one task; the least of several, for the runtime has work of its own.
            for (var attempt = 0; attempt < 20; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                {
                    await wait();
                }

                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        });
        Assert.That(allocated, Is.Zero);
    }

    private static async Task WaitForEverAsync(Func<ValueTask> wait)
    {
        while (true)
        {
            await wait();
        }
    }

    private static void AssertFree(Action step)
    {
        var allocated = long.MaxValue;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                step();
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(allocated, Is.Zero);
    }
}
