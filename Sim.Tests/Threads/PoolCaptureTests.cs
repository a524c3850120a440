using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Work for the thread pool that stays on the loop.</summary>
public class PoolCaptureTests
{
    private static readonly string[] _inOrder = ["one", "two", "three", "after"];

    [Test]
    public void WorkForThePool_RunsOnTheLoop_InItsOrder() => Run(async loop =>
    {
        var capture = PoolCapture.Begin(loop);
        var order = new List<string>();
        var work = _inOrder[..3].Select(name => Task.Run(() =>
        {
            Assert.That(loop.IsOnLoopThread && SynchronizationContext.Current is null);
            order.Add(name);
        })).ToArray();
        await Task.WhenAll(work);
        order.Add("after");
        Assert.That(order, Is.EqualTo(_inOrder));
        Assert.That(capture.Count, Is.GreaterThanOrEqualTo(3));
    });

    [Test]
    public void TimeDoesNotOvertakeIt() => Run(async loop =>
    {
        PoolCapture.Begin(loop);
        var begun = loop.Time;
        var work = Task.Run(async () =>
        {
            for (var round = 0; round < 1000; round++)
            {
                await Task.Run(static () => { }).ConfigureAwait(false);
            }

            return loop.Time;
        });
        await Asyncio.SleepAsync(TimeSpan.FromTicks(1));
        Assert.That(await work, Is.LessThanOrEqualTo(begun + TimeSpan.FromTicks(1)));
    });

    [Test]
    public void AwaitsWithoutContext_StayOnTheLoop() => Run(async loop =>
    {
        PoolCapture.Begin(loop);
        await AwayAsync();

        async Task AwayAsync()
        {
            var source = new TaskCompletionSource();
            loop.CallSoon(source.SetResult);
            await source.Task.ConfigureAwait(false);
            Assert.That(loop.IsOnLoopThread);
            await Task.WhenAny(Task.Run(static () => { }), source.Task).ConfigureAwait(false);
            Assert.That(loop.IsOnLoopThread);
        }
    });

    [Test]
    public void AnError_IsItsTasks() => Run(async loop =>
    {
        PoolCapture.Begin(loop);
        var failing = Task.Run(static () => throw new InvalidOperationException("no"));
        var failure = await WebTests.FailureAsync<InvalidOperationException>(failing);
        Assert.That(failure.Message, Is.EqualTo("no"));
    });

    [Test]
    public void WhatTheWorkSets_StaysItsOwn() => Run(async loop =>
    {
        PoolCapture.Begin(loop);
        var local = new AsyncLocal<string?> { Value = "mine" };
        await Task.Run(() =>
        {
            Assert.That(local.Value, Is.EqualTo("mine"));
            local.Value = "its";
        });
        Assert.That(local.Value, Is.EqualTo("mine"));
        ThreadPool.UnsafeQueueUserWorkItem(_ => Assert.That(local.Value, Is.Null), 0, preferLocal: true);
        await Asyncio.YieldAsync();
    });

    [Test]
    public void OtherThreads_NoticeNothing() => Run(async loop =>
    {
        var capture = PoolCapture.Begin(loop);
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = Task.Run(() => loop.IsOnLoopThread).Result) { IsBackground = true };
        thread.Start();
        while (thread.IsAlive)
        {
            await Asyncio.YieldAsync();
        }

        Assert.That((elsewhere, capture.Count), Is.EqualTo((false, 0L)));
    });

    [Test]
    public void BetweenRuns_TheThreadsWorkIsThePools()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        PoolCapture.Begin(loop);
        for (var run = 0; run < 2; run++)
        {
            loop.RunUntilComplete(async () => await Task.Run(() => Assert.That(loop.IsOnLoopThread)));
            Task.Run(() => Assert.That(Thread.CurrentThread.IsThreadPoolThread)).Wait();
        }
    }

    [Test]
    public void WithoutIt_WorkGoesToThePool() => Run(async loop =>
    {
        Assert.That(PoolCapture.Find(loop), Is.Null);
        await Task.Run(() => Assert.That(loop.IsOnLoopThread, Is.False));
    });

    [Test]
    public void AnErrand_IsWaitedFor_BeforeAnythingElseHappens() => Run(async loop =>
    {
        var errand = PoolCapture.Begin(loop).BeginErrand("the errand");
        var order = new List<string>();
        loop.CallSoon(() => order.Add("callback"));
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                // Long enough for the loop to do much else.
                Thread.SpinWait(1_000_000);
                errand.Return(() => order.Add("errand"));
            },
            0, preferLocal: false);
        await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        Assert.That(order, Is.EqualTo((string[])["callback", "errand"]).Or.EqualTo((string[])["errand", "callback"]));
        Assert.That(errand.Return(() => order.Add("again")), Is.False);
    });

    [Test]
    public void Errands_ComeBackInTheOrderInWhichTheyBegan() => Run(async loop =>
    {
        var capture = PoolCapture.Begin(loop);
        var order = new List<int>();
        var errands = Enumerable.Range(0, 5).Select(number => capture.BeginErrand($"errand {number}")).ToArray();
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                foreach (var number in Enumerable.Range(0, 5).Reverse())
                {
                    errands[number].Return(() => order.Add(number));
                }
            },
            0, preferLocal: false);
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 5)));
    });

    [Test]
    public void AnErrandThatIsCancelled_IsWaitedForNoMore() => Run(async loop =>
    {
        var errand = PoolCapture.Begin(loop).BeginErrand("the errand");
        errand.Cancel();
        await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        Assert.That(errand.Return(static () => { }), Is.False);
    });

    private static void Run(Func<EventLoop, Task> body)
    {
        var errors = new List<LoopError>();
        Asyncio.Run(
            () =>
            {
                var loop = Asyncio.GetRunningLoop();
                loop.ExceptionHandler = errors.Add;
                return body(loop);
            },
            () => Asyncio.NewVirtualEventLoop());
        Assert.That(errors, Is.Empty);
    }
}
