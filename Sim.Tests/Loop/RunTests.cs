using NUnit.Framework;
using NUnit.Framework.Constraints;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Running, stopping, closing: section B of the rules.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class RunTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 13: the rest of the batch runs; what it schedules waits for the next run.</summary>
    [Test]
    public void Stop_LetsTheBatchEnd_AndKeepsTheRestForTheNextRun()
    {
        Loop.CallSoon(() => Log.Add("a"));
        Loop.CallSoon(() =>
        {
            Loop.Stop();
            Loop.CallSoon(() => Log.Add("next run"));
        });
        Loop.CallSoon(() => Log.Add("b"));
        Loop.RunForever();
        Assert.That(Log, Is.EqualTo((string[])["a", "b"]));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["a", "b", "next run"]));
    }

    /// <summary>Rule 13: the flag is cleared on exit. asyncio: test_base_events.test_run_once.</summary>
    [Test]
    public void AStop_EndsOneRunOnly()
    {
        Loop.CallSoon(Loop.Stop);
        Loop.RunForever();
        var iteration = Loop.Iteration;
        Loop.CallSoon(() => Loop.CallSoon(() => Loop.CallSoon(Loop.Stop)));
        Loop.RunForever();
        Assert.That(Loop.Iteration - iteration, Is.EqualTo(3));
    }

    /// <summary>
    /// Rule 14: one iteration that does not wait; what is ready or due runs.
    /// asyncio: test_base_events.test_run_forever_pre_stopped.
    /// </summary>
    [Test]
    public void AStopBeforeTheRun_MakesOneIterationThatDoesNotWait()
    {
        var start = Loop.Time;
        Loop.CallLater(TimeSpan.FromHours(1), () => Log.Add("far"));
        Loop.CallLater(TimeSpan.Zero, () => Log.Add("due"));
        Loop.CallSoon(() => Log.Add("soon"));
        Loop.Stop();
        Loop.RunForever();
        Assert.That(Log, Is.EqualTo((string[])["soon", "due"]));
        Assert.That(Loop.Iteration, Is.EqualTo(1));
        Assert.That(Loop.Time - start, Is.LessThan(TimeSpan.FromMinutes(30)));
    }

    /// <summary>Rule 14, with nothing at all to do: no stall.</summary>
    [Test]
    public void AStopBeforeTheRun_OfAnEmptyLoop_ReturnsAtOnce()
    {
        Loop.Stop();
        Assert.That(Loop.RunForever, Throws.Nothing);
    }

    /// <summary>Rule 15: two iterations for a trivial coroutine, one for a future that is done.</summary>
    [Test]
    public void RunUntilComplete_TakesTwoIterations_OrOneForADoneFuture()
    {
        Run(() => Task.CompletedTask);
        Assert.That(Loop.Iteration, Is.EqualTo(2));
        var future = Loop.CreateFuture<int>();
        future.SetResult(7);
        Assert.That(Loop.RunUntilComplete(future), Is.EqualTo(7));
        Assert.That(Loop.Iteration, Is.EqualTo(3));
    }

    /// <summary>Rule 15: the batch in which the done callbacks run completes in full; leftovers stay for the next run.</summary>
    [Test]
    public void RunUntilComplete_EndsAfterTheBatchOfTheDoneCallbacks()
    {
        Run(() =>
        {
            Loop.CallSoon(() =>
            {
                Log.Add("same batch as the stop callback");
                Loop.CallSoon(() => Log.Add("leftover"));
            });
            return Task.CompletedTask;
        });
        Assert.That(Log, Is.EqualTo((string[])["same batch as the stop callback"]));
        Iterate();
        Assert.That(Log, Has.Count.EqualTo(2));
    }

    /// <summary>
    /// Rule 15: stopped early is an error; running it again goes on.
    /// asyncio: test_events.test_run_until_complete_stopped, test_tasks.test_stop_while_run_in_complete.
    /// </summary>
    [Test]
    public void RunUntilComplete_StoppedEarly_SaysSo_AndCanGoOn()
    {
        var task = Loop.CreateTask(async () =>
        {
            await Asyncio.SleepAsync(Soon);
            Loop.Stop();
            await Asyncio.SleepAsync(Soon);
            return 7;
        }, "worker");
        var error = Assert.Throws<LoopException>(() => Loop.RunUntilComplete(task))!;
        Assert.That(error.Message, Does.StartWith("loop was stopped at ").And.EndWith("before task worker was done. Run it again to go on."));
        Assert.That(Loop.RunUntilComplete(task), Is.EqualTo(7));
    }

    /// <summary>Rule 15: the stop callback is removed on exit by any path, so that it stops no later run.</summary>
    [Test]
    public void RunUntilComplete_LeavesNoStopCallbackBehind()
    {
        var future = Loop.CreateFuture<int>();
        Loop.CallSoon(Loop.Stop);
        Assert.That(() => Loop.RunUntilComplete(future), Throws.TypeOf<LoopException>());
        Loop.CallSoon(() => future.SetResult(1));
        Loop.CallSoon(() => Loop.CallSoon(() => Loop.CallSoon(() => Loop.CallSoon(() =>
        {
            Log.Add("end");
            Loop.Stop();
        }))));
        Loop.RunForever();
        Assert.That(Log, Is.EqualTo((string[])["end"]));
    }

    /// <summary>Rule 15: the exception of the coroutine is thrown to the caller, as it is.</summary>
    [Test]
    public void RunUntilComplete_ThrowsWhatTheCoroutineThrew()
    {
        Assert.That(
            () => Run(async () =>
            {
                await Asyncio.YieldAsync();
                throw new FormatException("mine");
            }),
            Throws.TypeOf<FormatException>().With.Message.EqualTo("mine"));
        Assert.That(() => Run(() => throw new FormatException("at once")), Throws.TypeOf<FormatException>());
    }

    /// <summary>asyncio: test_base_events.test_run_until_complete_loop.</summary>
    [Test]
    public void RunUntilComplete_OfAnotherLoopsFuture_IsRefused()
    {
        using var other = NewLoop(new LoopOptions { Name = "other" });
        var future = other.CreateFuture<int>();
        Assert.That(
            () => Loop.RunUntilComplete(future),
            Throws.TypeOf<LoopException>().With.Message.EqualTo(
                "loop cannot run until a future is done outside of any loop: that belongs to other, and only its own loop completes it. "
                + "Run that one, or create the task on this loop."));
    }

    /// <summary>
    /// Rule 18: no loop runs inside a running loop, whichever; and the refusal leaves no trace in the one that runs.
    /// asyncio: test_base_events.test_running_loop_within_a_loop, test_events.test_run_until_complete_nesting.
    /// </summary>
    [Test]
    public void ANestedRun_IsRefused_AndTheRunningLoopGoesOn()
    {
        using var other = NewLoop(new LoopOptions { Name = "other" });
        var done = Loop.CreateFuture<int>();
        done.SetResult(1);
        Run(async () =>
        {
            Assert.That(Loop.RunForever, Throws.TypeOf<LoopRunningException>().With.Message.Match("^loop is already running, and is run again at .*s in task main: "));
            Assert.That(other.RunForever, Throws.TypeOf<LoopRunningException>().With.Message.Match("^Cannot run other at .*s in task main of loop, which runs on this thread"));
            Assert.That(() => Loop.RunUntilComplete(done), Throws.TypeOf<LoopRunningException>());
            Assert.That(() => Loop.RunUntilComplete(() => Task.CompletedTask), Throws.TypeOf<LoopRunningException>());
            Assert.That(() => other.RunUntilComplete(() => Task.FromResult(1)), Throws.TypeOf<LoopRunningException>());
            Assert.That(() => Asyncio.Run(() => Task.CompletedTask), Throws.TypeOf<LoopRunningException>());
            Assert.That(Asyncio.AllTasks(), Has.Count.EqualTo(1), "no task was left behind");
            await Asyncio.SleepAsync(Soon);
            Log.Add("end");
        });
        Assert.That(Log, Is.EqualTo((string[])["end"]));
    }

    /// <summary>Rule 18: one running loop for each thread; none outside of a run.</summary>
    [Test]
    public void TheRunningLoop_IsThatOfTheThread()
    {
        Assert.That(EventLoop.Running, Is.Null);
        Assert.That(() => Asyncio.GetRunningLoop(), Throws.TypeOf<NoRunningLoopException>());
        Run(() =>
        {
            Assert.That(Asyncio.GetRunningLoop(), Is.SameAs(Loop));
            Assert.That(Loop.IsRunning && Loop.IsOnLoopThread, Is.True);
            OnOtherThread(() => Log.Add($"{EventLoop.Running is null} {Loop.IsRunning} {Loop.IsOnLoopThread}"));
            return Task.CompletedTask;
        });
        Assert.That(Log, Is.EqualTo((string[])["True True False"]));
        Assert.That(Loop.IsRunning || Loop.IsOnLoopThread, Is.False);
    }

    /// <summary>Rule 18: a loop that runs on one thread cannot be run on another.</summary>
    [Test]
    public void ALoopRunsOnOneThreadAtATime()
    {
        Run(() =>
        {
            Assert.That(OnOtherThread(Loop.RunForever), Is.TypeOf<LoopRunningException>().With.Message.Match(
                @"^loop is already running on another thread \(at \d+\.\d+s\), and is run a second time: one thread at a time runs a loop\. "
                + @"Hand it work with CallSoonThreadSafe or RunCoroutineThreadSafe, or make a loop of its own for this thread\.$"));
            return Task.CompletedTask;
        });
        Assert.That(OnOtherThread(() => Run(() => Task.CompletedTask)), Is.Null, "afterwards any thread may run it");
    }

    [Test]
    public void LoopsInSeveralThreads_DoNotDisturbEachOther()
    {
        var threads = Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            using var loop = NewLoop(new LoopOptions { Name = $"loop {number}" });
            var sum = loop.RunUntilComplete(async () =>
            {
                var sum = 0;
                foreach (var part in await Asyncio.GatherAsync(Enumerable.Range(0, 50).Select(i => (Future<int>)Asyncio.CreateTask(() => PartAsync(i)))))
                {
                    sum += part;
                }

                return sum;
            });
            lock (Log)
            {
                Log.Add($"{sum}");
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.That(Log, Is.EqualTo(Enumerable.Repeat("1225", 4)));

        static async Task<int> PartAsync(int part)
        {
            await Asyncio.SleepAsync(Milliseconds(part % 5));
            await Asyncio.YieldAsync();
            return part;
        }
    }

    /// <summary>Rule 19: an error while running. asyncio: test_events.test_close_running_event_loop.</summary>
    [Test]
    public void Close_WhileRunning_IsRefused() => Run(() =>
    {
        Assert.That(Loop.Close, Throws.TypeOf<LoopRunningException>().With.Message.Match("^Cannot close loop at .*s in task main, while it runs"));
        Assert.That(Loop.IsClosed, Is.False);
        return Task.CompletedTask;
    });

    /// <summary>
    /// Rule 19: drops what waits without running it; idempotent; every scheduling call is refused afterwards.
    /// asyncio: test_base_events.test_close.
    /// </summary>
    [Test]
    public void AClosedLoop_RefusesWork_AndStaysQueryable()
    {
        Loop.CallSoon(() => Log.Add("ready"));
        var timer = Loop.CallLater(TimeSpan.Zero, () => Log.Add("timer"));
        var future = Loop.CreateFuture<int>();
        Loop.Close();
        Loop.Close();
        Loop.Dispose();
        Assert.That(Loop.IsClosed && !Loop.IsRunning, Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(() => Loop.CallSoon(() => { }), Closed());
            Assert.That(() => Loop.CallSoonThreadSafe(() => { }), Closed());
            Assert.That(OnOtherThread(() => Loop.CallSoonThreadSafe(() => { })), Is.TypeOf<LoopClosedException>());
            Assert.That(() => Loop.CallLater(TimeSpan.Zero, () => { }), Closed());
            Assert.That(() => Loop.CallAt(Loop.Time, () => { }), Closed());
            Assert.That(() => Loop.CreateFuture<int>(), Closed());
            Assert.That(() => Loop.CreateTask(() => Task.CompletedTask), Closed());
            Assert.That(() => future.AddDoneCallback(_ => { }), Closed());
            Assert.That(Loop.RunForever, Closed());
            Assert.That(() => Run(() => Task.CompletedTask), Closed());
            Assert.That(() => Loop.RunUntilComplete(future), Closed());
        });
        Assert.That(timer.Cancel(), Is.True);
        Assert.That(Log, Is.Empty);

        static RegexConstraint Closed() => Throws.TypeOf<LoopClosedException>().With.Message.Match(
            @"^loop was closed at \d+\.\d+s, and is used outside of any loop: nothing can be scheduled on it any more\. Make a new loop\.$");
    }

    /// <summary>Rule 21: one loop may be run many times, and keeps what it has.</summary>
    [Test]
    public void ALoop_CanBeRunManyTimes()
    {
        var background = Loop.CreateTask(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                Log.Add($"background {i}");
                await Asyncio.YieldAsync();
            }
        });
        for (var i = 0; i < 10; i++)
        {
            Run(async () => await Asyncio.YieldAsync());
        }

        Assert.That(background.IsDone, Is.True);
        Assert.That(Log, Has.Count.EqualTo(5));
    }

    /// <summary>Rule 21: callbacks left over from one run keep the context in which they were scheduled.</summary>
    [Test]
    public void WhatIsLeftFromOneRun_KeepsItsContextInTheNext()
    {
        var local = new AsyncLocal<string> { Value = "first" };
        var future = Loop.CreateFuture<int>();
        Run(() =>
        {
            Loop.CallSoon(() => Loop.CallSoon(() => Log.Add($"soon {local.Value}")));
            Loop.CallLater(TimeSpan.Zero, () => Loop.CallLater(TimeSpan.Zero, () => Log.Add($"later {local.Value}")));
            future.AddDoneCallback(_ => Log.Add($"done {local.Value}"));
            return Task.CompletedTask;
        });
        local.Value = "second";
        Loop.CallSoon(() => Log.Add($"new {local.Value}"));
        future.SetResult(0);
        Iterate(3);
        Assert.That(Log, Is.EquivalentTo((string[])["soon first", "new second", "done first", "later first"]));
        Assert.That(local.Value, Is.EqualTo("second"));
    }

    /// <summary>A run gives the thread back as it found it: context, flow, and the ability to block.</summary>
    [Test]
    public void AfterARun_TheThreadIsAsBefore([Values] bool flowSuppressed, [Values] bool failing)
    {
        var caller = new SynchronizationContext();
        var local = new AsyncLocal<string> { Value = "caller" };
        var error = OnOtherThread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(caller);
            using var suppressed = flowSuppressed ? ExecutionContext.SuppressFlow() : default(AsyncFlowControl?);
            try
            {
                Run(async () =>
                {
                    local.Value = "inside";
                    await Asyncio.SleepAsync(Soon);
                    Assert.That(local.Value, Is.EqualTo("inside"), "the flow of a task is its own, suppressed outside or not");
                    if (failing)
                    {
                        throw new FormatException();
                    }
                });
            }
            catch (FormatException)
            {
                Log.Add("failed");
            }

            Assert.That(SynchronizationContext.Current, Is.SameAs(caller));
            Assert.That(ExecutionContext.IsFlowSuppressed(), Is.EqualTo(flowSuppressed));
            Assert.That(local.Value, Is.EqualTo("caller"));
            using var gate = new ManualResetEventSlim();
            var release = new Thread(gate.Set);
            release.Start();
            gate.Wait();
        });
        Assert.That(error, Is.Null);
        Assert.That(Log, Has.Count.EqualTo(failing ? 1 : 0));
    }

    [Test]
    public void Stop_FromAnotherThread_IsRefusedWhileTheLoopRuns() => Run(() =>
    {
        Assert.That(OnOtherThread(Loop.Stop), Is.TypeOf<ForeignThreadException>());
        return Task.CompletedTask;
    });
}
