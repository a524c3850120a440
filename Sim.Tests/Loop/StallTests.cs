using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A loop on virtual time that has nothing to wait for says so, and who waits on what.</summary>
public sealed class StallTests
{
    [Test]
    public void TheReport_NamesEveryTask_WhatItWaitsOn_SinceWhen_AndWhere()
    {
        using var loop = NewLoop();
        var gate = loop.CreateFuture<int>();
        var never = new TaskCompletionSource();
        var error = Assert.Throws<StalledException>(() => loop.RunUntilComplete(async () =>
        {
            var worker = Asyncio.CreateTask(WorkAsync, "worker");
            _ = Asyncio.CreateTask(() => OutsideAsync(), "outside");
            _ = Asyncio.CreateTask(() => Task.WhenAll(WaitAsync(), WaitAsync()), "twofold");
            _ = Asyncio.CreateTask(async () => await Asyncio.GatherAsync<int>(gate, loop.CreateFuture<int>()));
            _ = Asyncio.CreateTask(async () => await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan), "sleeper");
            await worker;
        }))!;
        Assert.That(error.Message, Does.Match(@"\n  worker waits on a future since 2\.500s in WorkAsync \(StallTests\.cs:\d+\)\n"));
        Assert.That(CodePlaces.Without(error.Message).ReplaceLineEndings("\n"), Does.StartWith("""
            Nothing is ready and nothing is due at 2.500s: loop would wait for ever.
              main waits on task worker since 0.000s in TheReport_NamesEveryTask_WhatItWaitsOn_SinceWhen_AndWhere
              worker waits on a future since 2.500s in WorkAsync
              outside waits on a Task that nobody of the loop completes in OutsideAsync
              twofold waits on a future since 0.000s in WaitAsync, and in another flow waits on a future since 0.000s in WaitAsync
              GatherAsync waits on gather of 2 (a future, a future) since 0.000s in TheReport_NamesEveryTask_WhatItWaitsOn_SinceWhen_AndWhere
              sleeper sleeps for ever since 0.000s in TheReport_NamesEveryTask_WhatItWaitsOn_SinceWhen_AndWhere
              Lost wake-up: no task is left that could wake worker, twofold, GatherAsync. Perhaps
            """.ReplaceLineEndings("\n")));

        async Task WorkAsync()
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(2.5));
            await gate;
        }

        async Task OutsideAsync() => await never.Task;

        async Task WaitAsync() => await gate;
    }

    [Test]
    public void WithoutTasks_TheReportSaysThatNobodyStops()
    {
        using var loop = NewLoop();
        loop.CallLater(TimeSpan.FromSeconds(1), () => { });
        Assert.That(loop.RunForever, Throws.TypeOf<StalledException>().With.Message.EqualTo(
            "Nothing is ready and nothing is due at 1.000s: loop would wait for ever. No task is left, and nobody called Stop."));
    }

    [Test]
    public void AfterAStall_TheLoopCanGoOn()
    {
        using var loop = NewLoop();
        var gate = loop.CreateFuture<int>();
        Assert.That(() => loop.RunUntilComplete(gate), Throws.TypeOf<StalledException>());
        loop.CallSoon(() => gate.SetResult(7));
        Assert.That(loop.RunUntilComplete(gate), Is.EqualTo(7));
    }

    /// <summary>Work on the thread pool has real time to come back before <see cref="Asyncio.NewVirtualEventLoop"/> says it is stalled.</summary>
    [Test]
    public void AVirtualLoop_IsPatientWithWorkOnOtherThreads()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var loopThread = Thread.CurrentThread;
        Assert.That(loop.RunUntilComplete(() => Task.Run(() =>
        {
            SpinWait.SpinUntil(() => (loopThread.ThreadState & ThreadState.WaitSleepJoin) != 0);
            return 7;
        })), Is.EqualTo(7));
        Assert.That(loop.Time, Is.EqualTo(Instant.Zero));
    }

    [Test]
    public void ACustomLoop_MayDecideOtherwise()
    {
        var clock = new VirtualClock();
        using var loop = new StoppingLoop(clock);
        loop.RunForever();
        Assert.That(loop.Stalls, Is.EqualTo(1));
    }

    private static EventLoop NewLoop()
    {
        var clock = new VirtualClock();
        return new EventLoop(clock, new VirtualPoller(clock));
    }

    private sealed class StoppingLoop(VirtualClock clock) : EventLoop(clock, new VirtualPoller(clock))
    {
        public int Stalls { get; private set; }

        protected override void OnStalled()
        {
            Stalls++;
            Assert.That(SynchronizationContext.Current, Is.Null, "nobody's code runs");
            Stop();
        }
    }
}
