using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Timers of the loop's <see cref="TimeProvider"/> that other threads set, change and stop.</summary>
public sealed class TimersFromOtherThreadsTests() : LoopFixture(LoopKind.Real)
{
    [Test]
    public void ATimerSetFromAnotherThread_WakesALoopThatSleeps_AndFiresOnTheLoop() => Run(async () =>
    {
        var fired = Loop.CreateFuture<int>();
        var loopThread = Environment.CurrentManagedThreadId;
        var far = Loop.CallLater(TimeSpan.FromHours(1), () => { });
        var thread = new Thread(() =>
        {
            Thread.Sleep(20);
            Loop.TimeProvider.CreateTimer(
                _ => fired.SetResult(Environment.CurrentManagedThreadId), null, Soon, Timeout.InfiniteTimeSpan);
        });
        thread.Start();
        Assert.That(await fired, Is.EqualTo(loopThread));
        far.Cancel();
        thread.Join(1000);
    });

    [Test]
    public void ATimerPostponedFromAnotherThread_WhileItFires_StillFiresAtItsNewDeadline() => Run(async () =>
    {
        // The change strikes between falling due and firing: the batch holds first the change, then the timer.
        var fired = Loop.CreateFuture<bool>();
        ITimer? timer = null;
        using var first = Loop.TimeProvider.CreateTimer(
            _ => OnOtherThread(() => timer!.Change(Milliseconds(20), Timeout.InfiniteTimeSpan)), null, Soon, Timeout.InfiniteTimeSpan);
        using (timer = Loop.TimeProvider.CreateTimer(_ => Count(), null, Soon, Timeout.InfiniteTimeSpan))
        {
            // Both are due when the loop comes back from this.
            Thread.Sleep(10);
            Loop.CallLater(TimeSpan.FromSeconds(10), () => fired.TrySetResult(false));
            Assert.That(await fired, Is.True);
        }

        Assert.That(Log, Has.Count.EqualTo(1), "not at its old deadline as well");

        void Count()
        {
            Log.Add("fired");
            fired.TrySetResult(true);
        }
    });

    [Test]
    public void ManyThreads_SetAndDisposeTimers_AndNoneIsLost() => Run(async () =>
    {
        const int threads = 4, each = 250;
        var fired = 0;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var keeper = Loop.TimeProvider.CreateTimer(_ => fired++, null, Milliseconds(i % 10), Timeout.InfiniteTimeSpan);
                var dropped = Loop.TimeProvider.CreateTimer(_ => Log.Add("disposed timer fired"), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
                dropped.Dispose();
                keeper.Change(Milliseconds(i % 7), Timeout.InfiniteTimeSpan);
            }
        })).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        // A timer changed just after it fired may fire again, never less than once.
        while (fired < threads * each || workers.Any(worker => worker.IsAlive))
        {
            await Asyncio.SleepAsync(Milliseconds(1));
        }

        Assert.That(Log, Is.Empty);
    });

    [Test]
    public void TimersTouchedByOtherThreads_WhileTheLoopDoesNotRun_KeepTheQueueInOrder()
    {
        var fired = 0;
        var workers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                Loop.TimeProvider.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                Loop.TimeProvider.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan).Dispose();
            }
        })).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        Iterate(3);
        Assert.That(fired, Is.EqualTo(8000));
    }

    [Test]
    public void ATimerDisposedAfterTheLoopClosed_DoesNothing_AndANewOneIsRefused()
    {
        var provider = Loop.TimeProvider;
        var timer = provider.CreateTimer(_ => Log.Add("fired"), null, TimeSpan.Zero, TimeSpan.Zero);
        Loop.Close();
        Assert.That(() => timer.Dispose(), Throws.Nothing);
        Assert.That(() => provider.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero), Throws.TypeOf<LoopClosedException>());
    }
}
