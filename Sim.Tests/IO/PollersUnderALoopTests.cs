using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A loop refuses blocking waits of the code it runs; the waits of its own poller are none of these.</summary>
public sealed class PollersUnderALoopTests
{
    private static readonly string[] _pollers = ["virtual, patient", "select", "system"];

    [TestCaseSource(nameof(_pollers))]
    public void ALoop_Sleeps_AndIsWokenFromOutside(string name)
    {
        var (clock, poller) = Made(name);
        using var loop = new EventLoop(clock, poller);
        var answer = loop.RunUntilComplete(async () =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(2));
            var future = loop.CreateFuture<int>();
            new Thread(() =>
            {
                Thread.Sleep(20);
                loop.CallSoonThreadSafe(() => future.SetResult(42));
            }).Start();
            return await future;
        });
        Assert.That(answer, Is.EqualTo(42));
    }

    [TestCaseSource(nameof(_pollers))]
    public void Waking_NeverBlocksWhoWakes(string name)
    {
        // The one who wakes may be on a loop of its own, which would refuse even a contended lock.
        var (clock, poller) = Made(name);
        var waits = new CountingContext();
        var wakers = new Thread[3];
        for (var i = 0; i < wakers.Length; i++)
        {
            wakers[i] = new Thread(() =>
            {
                SynchronizationContext.SetSynchronizationContext(waits);
                for (var wake = 0; wake < 20_000; wake++) poller.Wake();
            });
            wakers[i].Start();
        }

        var ready = new List<PollEvent>();
        while (wakers.Any(waker => waker.IsAlive)) poller.Poll(clock.Now + TimeSpan.FromTicks(1), ready);
        poller.Dispose();
        Assert.That(waits.Count, Is.Zero);
    }

    private static (IClock Clock, IPoller Poller) Made(string name)
    {
        var virtualClock = new VirtualClock();
        return name switch
        {
            "virtual, patient" => (virtualClock, new VirtualPoller(virtualClock, TimeSpan.FromSeconds(30))),
            "select" => (SystemClock.Instance, new SelectPoller(SystemClock.Instance)),
            _ => (SystemClock.Instance, SystemPoller.Create(SystemClock.Instance)),
        };
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _count;

        public CountingContext() => SetWaitNotificationRequired();

        public int Count => _count;

        public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
        {
            Interlocked.Increment(ref _count);
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }
    }
}
