using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A scheduler chooses among what is ready; an observer is told; a custom loop looks at what passes.</summary>
public sealed class SchedulerTests
{
    private readonly List<string> _log = [];

    [SetUp]
    public void Forget() => _log.Clear();

    [Test]
    public void AScheduler_ThatTakesTheOldest_IsFirstInFirstOut()
    {
        var withScheduler = Trace(new Choosing(static _ => 0));
        var without = Trace(null);
        Assert.That(withScheduler, Is.EqualTo(without));
    }

    [Test]
    public void AScheduler_MayTakeTheNewest_AndTheNumberOfAnIterationStays()
    {
        using var loop = NewLoop(new LoopOptions { Scheduler = new Choosing(static runnable => runnable.Count - 1) });
        foreach (var name in (string[])["a", "b", "c"])
        {
            loop.CallSoon(() =>
            {
                _log.Add($"{name}{loop.Iteration}");
                if (name == "c")
                {
                    loop.CallSoon(() => _log.Add($"new{loop.Iteration}"));
                }
            });
        }

        loop.CallLater(TimeSpan.Zero, () => _log.Add($"timer{loop.Iteration}"));
        loop.Stop();
        loop.RunForever();
        Assert.That(_log, Is.EqualTo((string[])["timer1", "c1", "new1", "b1"]), "one that became ready now is among the choices");
        loop.Stop();
        loop.RunForever();
        Assert.That(_log[^1], Is.EqualTo("a2"));
    }

    /// <summary>Rule 11 with a scheduler: cancelled ones are no choices.</summary>
    [Test]
    public void CancelledCallbacks_AreNotOffered()
    {
        var offered = new List<string>();
        using var loop = NewLoop(new LoopOptions
        {
            Scheduler = new Choosing(runnable =>
            {
                var labels = new List<string>();
                for (var i = 0; i < runnable.Count; i++)
                {
                    labels.Add(runnable.LabelOf(i));
                }

                offered.Add(string.Join(",", labels));
                return runnable.Count - 1;
            }),
        });
        var b = default(Handle);
        loop.CallSoon(A);
        b = loop.CallSoon(B);
        loop.CallSoon(C);
        loop.Stop();
        loop.RunForever();
        Assert.That(offered, Is.EqualTo((string[])["A,B,C", "A"]));
        Assert.That(_log, Is.EqualTo((string[])["C", "A"]));

        void A() => _log.Add("A");
        void B() => _log.Add("B");
        void C()
        {
            _log.Add("C");
            b.Cancel();
        }
    }

    [Test]
    public void AChoiceThatIsNone_IsRefused()
    {
        using var loop = NewLoop(new LoopOptions { Scheduler = new Choosing(static _ => 7) });
        loop.CallSoon(() => { });
        loop.CallSoon(() => { });
        Assert.That(loop.RunForever, Throws.TypeOf<LoopException>().With.Message.EqualTo("The scheduler Choosing chose callback 7 of 2."));
    }

    [Test]
    public void TheScheduler_IsAskedUnderNobodysIdentity()
    {
        using var loop = NewLoop(new LoopOptions
        {
            Scheduler = new Choosing(_ =>
            {
                _log.Add(SynchronizationContext.Current is null ? "nobody" : "somebody");
                return 0;
            }),
        });
        loop.RunUntilComplete(async () => await Task.WhenAll(Asyncio.YieldAsync().AsTask(), Asyncio.YieldAsync().AsTask()));
        Assert.That(_log, Is.Not.Empty.And.All.EqualTo("nobody"));
    }

    /// <summary>A timer that stands in the ready queue for several iterations, and was postponed meanwhile.</summary>
    [Test]
    public void ATimerPostponedWhileItsTurnIsPutOff_FiresOnceAtItsNewDeadline()
    {
        using var loop = NewLoop(new LoopOptions { Scheduler = new Choosing(static runnable => runnable.Count - 1) });
        loop.RunUntilComplete(async () =>
        {
            var timer = loop.TimeProvider.CreateTimer(_ => _log.Add($"{loop.Time}"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            loop.CallLater(TimeSpan.FromSeconds(1), () => timer.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan));
            for (var i = 0; i < 5; i++)
            {
                loop.CallLater(TimeSpan.FromSeconds(1), () => loop.CallSoon(() => { }));
            }

            await Asyncio.SleepAsync(TimeSpan.FromSeconds(10));
        });
        Assert.That(_log, Is.EqualTo((string[])["3.000s"]));
    }

    [Test]
    public void AnObserver_IsTold_InWhoseNameThingsHappen()
    {
        var seen = new List<string>();
        using var loop = NewLoop(new LoopOptions
        {
            Observer = new Observing((in LoopEvent happened) =>
            {
                if (happened.Kind is not LoopEventKind.Ready)
                {
                    seen.Add($"{happened.Time} {happened.Context?.Name ?? "-"} {happened.Kind} {happened.Text}");
                }
                else if (happened.Step == 0 || happened.Context is null)
                {
                    seen.Add($"{happened.Time} {happened.Context?.Name ?? "-"} Ready");
                }
            }),
        });
        loop.RunUntilComplete(async () =>
        {
            loop.Note("hello");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        });
        Assert.That(seen, Is.EqualTo((string[])[
            "0.000s - TaskCreated main", "0.000s - Ready", "0.000s main Step main", "0.000s main Note hello",
            "0.000s main Wait sleeps until 1.000s", "1.000s - Ready", "1.000s - Step timer of main", "1.000s - Ready",
            "1.000s main Step main", "1.000s main TaskEnded done", "1.000s callback Step RunUntilComplete"]));
    }

    [Test]
    public void ACustomLoop_SeesWhatPasses_AndActsAroundEveryIteration()
    {
        using var loop = new CountingLoop();
        loop.RunUntilComplete(async () => await Asyncio.YieldAsync());
        Assert.That((loop.Enqueued, loop.Iterations), Is.EqualTo((3, 3)));
        Assert.That(loop.TaskSeenAround, Is.Null);
    }

    [Test]
    public void Draws_AreTheTameDefault_WithoutAScheduler()
    {
        using var loop = NewLoop(new LoopOptions());
        Assert.That(loop.Draw("x", 100), Is.Zero);
        Assert.That(() => loop.Draw("x", 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        using var other = NewLoop(new LoopOptions { Scheduler = new Choosing(static _ => 0) });
        Assert.That((other.Draw("x", 100), other.Draw("x", 1)), Is.EqualTo((99, 0)));
    }

    /// <summary>A scheduler may not lose or double anything, whatever it chooses.</summary>
    [Test]
    public void WhateverIsChosen_EveryTaskRunsToItsEnd([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        using var loop = NewLoop(new LoopOptions { Scheduler = new Choosing(runnable => random.Next(runnable.Count)) });
        var ends = 0;
        loop.RunUntilComplete(async () =>
        {
            var gate = loop.CreateFuture<int>();
            var tasks = Enumerable.Range(0, 20).Select(i => (Future<ValueTuple>)Asyncio.CreateTask(async () =>
            {
                await Asyncio.SleepAsync(TimeSpan.FromTicks(i % 4));
                if (i == 7)
                {
                    gate.SetResult(0);
                }

                await gate;
                await Task.WhenAll(Asyncio.YieldAsync().AsTask(), Task.Delay(TimeSpan.FromMilliseconds(i % 3), loop.TimeProvider));
                ends++;
            })).ToArray();
            await Asyncio.GatherAsync<ValueTuple>(tasks);
        });
        Assert.That(ends, Is.EqualTo(20));
    }

    private List<string> Trace(IScheduler? scheduler)
    {
        _log.Clear();
        using var loop = NewLoop(new LoopOptions { Scheduler = scheduler });
        loop.RunUntilComplete(async () =>
        {
            foreach (var name in (string[])["a", "b", "c"])
            {
                _ = Asyncio.CreateTask(async () =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        _log.Add($"{name} {loop.Iteration} {loop.Time}");
                        await Asyncio.SleepAsync(TimeSpan.FromSeconds(i));
                    }
                });
            }

            await Asyncio.SleepAsync(TimeSpan.FromSeconds(5));
        });
        return [.. _log];
    }

    private static EventLoop NewLoop(LoopOptions options)
    {
        var clock = new VirtualClock();
        return new EventLoop(clock, new VirtualPoller(clock), options);
    }

    private delegate int Choice(RunnableSet runnable);

    private sealed class Choosing(Choice choose) : IScheduler
    {
        public void Start(EventLoop loop)
        {
        }

        public int Choose(RunnableSet runnable) => choose(runnable);

        public int Draw(string label, int bound) => bound - 1;
    }

    private delegate void Told(in LoopEvent happened);

    private sealed class Observing(Told tell) : ILoopObserver
    {
        public void OnEvent(in LoopEvent happened) => tell(in happened);
    }

    private sealed class CountingLoop : EventLoop
    {
        public CountingLoop()
            : this(new VirtualClock())
        {
        }

        private CountingLoop(VirtualClock clock)
            : base(clock, new VirtualPoller(clock))
        {
        }

        public int Enqueued { get; private set; }

        public int Iterations { get; private set; }

        public ILoopTask? TaskSeenAround { get; private set; }

        protected override void RunOnce()
        {
            TaskSeenAround ??= Asyncio.CurrentTask();
            base.RunOnce();
            TaskSeenAround ??= Asyncio.CurrentTask();
            Iterations++;
        }

        protected internal override long Enqueue(Delegate callback, object? state, LoopContext? context, ExecutionContext? flow)
        {
            Enqueued++;
            return base.Enqueue(callback, state, context, flow);
        }
    }
}
