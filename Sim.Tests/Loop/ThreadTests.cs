using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Other threads: rules 22 and 23.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class ThreadTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 22: on the wake the callback is already there: it runs in that same iteration.</summary>
    [Test]
    public void ACallFromAnotherThread_RunsOnTheLoopThread_InTheIterationOfTheWake()
    {
        var loopThread = Environment.CurrentManagedThreadId;
        var thread = new Thread(() =>
        {
            // From here on the loop waits, or is about to: its first iteration has begun, and nothing is ready.
            SpinWait.SpinUntil(() => Loop.Iteration == 1);
            Loop.CallSoonThreadSafe(state =>
            {
                Log.Add($"{state} {Environment.CurrentManagedThreadId == loopThread}");
                Loop.Stop();
            }, "called");
        });
        thread.Start();
        Loop.RunForever();
        thread.Join();
        Assert.That(Log, Is.EqualTo((string[])["called True"]));
        Assert.That(Loop.Iteration, Is.EqualTo(1));
    }

    /// <summary>Rule 4: one queue, one order, also before the loop runs.</summary>
    [Test]
    public void AThreadSafeCallBeforeTheRun_KeepsItsPlace()
    {
        Loop.CallSoon(() => Log.Add("first"));
        Loop.CallSoonThreadSafe(() => Log.Add("second"));
        Loop.CallSoon(() => Log.Add("third"));
        Loop.CallSoonThreadSafe(() => Log.Add("fourth"));
        Loop.CreateTask(() =>
        {
            Log.Add("task");
            return Task.CompletedTask;
        });
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["first", "second", "third", "fourth", "task"]));
    }

    /// <summary>Rule 22 for many threads: nothing is lost, and the calls of each come in its order.</summary>
    [Test]
    public void CallsFromManyThreads_ComeInTheOrderOfEach_AndNoneIsLost()
    {
        const int threads = 4, each = 2000;
        var seen = new int[threads];
        var (left, wrong) = (threads * each, 0);
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var mine = i;
                Loop.CallSoonThreadSafe(() =>
                {
                    wrong += seen[number]++ == mine ? 0 : 1;
                    if (--left == 0)
                    {
                        Loop.Stop();
                    }
                });
            }
        })).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Loop.RunForever();
        Array.ForEach(workers, worker => worker.Join());
        Assert.That(wrong, Is.Zero);
    }

    /// <summary>Rule 22: the context of the caller.</summary>
    [Test]
    public void ACallFromAnotherThread_RunsInTheContextOfItsCaller()
    {
        var local = new AsyncLocal<string> { Value = "loop" };
        OnOtherThread(() =>
        {
            local.Value = "other";
            Loop.CallSoonThreadSafe(() => Log.Add(local.Value!));
        });
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["other"]));
    }

    /// <summary>
    /// Rule 22: cancelled from any thread before its turn, it never runs.
    /// asyncio: test_events.test_call_soon_threadsafe_handle_cancel_other_thread.
    /// </summary>
    [Test]
    public void AHandleOfAnotherThread_IsCancelledFromAnyThread()
    {
        Handle handle = default;
        OnOtherThread(() => handle = Loop.CallSoonThreadSafe(() => Log.Add("ran")));
        Assert.That(handle.IsPending, Is.True);
        OnOtherThread(() => Log.Add($"{handle.Cancel()} {handle.Cancel()} {handle.IsPending}"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["True False False"]));
        Assert.That(handle.Cancel(), Is.False);
    }

    /// <summary>Rule 22: cancelling is allowed inside the callback itself.</summary>
    [Test]
    public void AThreadSafeCall_MayCancelItself()
    {
        Handle handle = default;
        OnOtherThread(() => handle = Loop.CallSoonThreadSafe(() => Log.Add($"{handle.Cancel()} {handle.IsPending}")));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["False False"]));
    }

    /// <summary>
    /// Rule 22: cancel while it runs returns when it has finished.
    /// asyncio: test_events.test_call_soon_threadsafe_handle_block_cancellation.
    /// </summary>
    [Test]
    public void CancellingACallThatRuns_WaitsUntilItHasFinished()
    {
        using var inside = new ManualResetEventSlim();
        var (finished, cancelling) = (false, false);
        var finishedBeforeCancelReturned = false;
        Handle handle = default;
        Thread? canceller = null;
        OnOtherThread(() => handle = Loop.CallSoonThreadSafe(() =>
        {
            inside.Set();
            SpinWait.SpinUntil(() => Volatile.Read(ref cancelling));
            UntilBlocked(canceller!);
            Volatile.Write(ref finished, true);
        }));
        canceller = new Thread(() =>
        {
            inside.Wait();
            Volatile.Write(ref cancelling, true);
            handle.Cancel();
            finishedBeforeCancelReturned = Volatile.Read(ref finished);
        });
        canceller.Start();
        Iterate();
        canceller.Join();
        Assert.That(finishedBeforeCancelReturned, Is.True);
    }

    /// <summary>
    /// Rule 23, always on: a foreign thread is refused by every door that is not thread-safe, and told what to use.
    /// asyncio: test_base_events.test_check_thread.
    /// </summary>
    [Test]
    public void TouchingARunningLoopFromAnotherThread_IsRefused_AndTheThreadIsNamed()
    {
        var future = Loop.CreateFuture<int>();
        var soon = Loop.CallSoon(() => { });
        var timer = Loop.CallLater(TimeSpan.FromHours(1), () => { });
        Run(() =>
        {
            var task = (LoopTask<ValueTuple>)Asyncio.CurrentTask()!;
            foreach (var touch in (Action[])[
                () => Loop.CallSoon(() => { }), () => Loop.CallLater(TimeSpan.Zero, () => { }), () => Loop.CallAt(Loop.Time, () => { }),
                () => Loop.CreateTask(() => Task.CompletedTask), () => Loop.CreateFuture<int>(), () => future.SetResult(1),
                () => future.SetException(new FormatException()), () => future.Cancel(), () => future.AddDoneCallback(_ => { }),
                () => future.TrySetResult(1), () => task.Cancel(), () => task.Uncancel(), () => Loop.AllTasks(), () => timer.Cancel(),
                () => soon.Cancel(), () => Loop.Draw("x", 2), () => Loop.Stop()])
            {
                Assert.That(OnOtherThread(touch), Is.TypeOf<ForeignThreadException>());
            }

            Assert.That(
                OnOtherThread(() => Loop.CallSoon(() => { }))!.Message,
                Does.Match(@"^ThreadTests\.TouchingARunningLoop\w+ \(ThreadTests\.cs:\d+\) touched loop at \S+ from thread 'other', which does not run it: use CallSoonThreadSafe from other threads\.$"));
            return Task.CompletedTask;
        });
        timer.Cancel();
    }

    /// <summary>
    /// Rule 23: also a thread that runs a loop of its own is foreign to this one. asyncio:
    /// test_base_events.test_check_thread.
    /// </summary>
    [Test]
    public void AThreadWithALoopOfItsOwn_IsForeignToThisOne() => Run(() =>
    {
        using var other = NewLoop(new LoopOptions { Name = "other" });
        Assert.That(
            OnOtherThread(() => other.RunUntilComplete(() =>
            {
                Loop.CallSoon(() => { });
                return Task.CompletedTask;
            })),
            Is.TypeOf<ForeignThreadException>());
        return Task.CompletedTask;
    });

    /// <summary>Rule 23 holds while the loop runs; before, any one thread may prepare it.</summary>
    [Test]
    public void BeforeTheRun_AnotherThreadMayPrepareTheLoop()
    {
        Assert.That(OnOtherThread(() => Loop.CallSoon(() => Log.Add("prepared"))), Is.Null);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["prepared"]));
    }

    /// <summary>The loop's synchronization context: posts come from anywhere, sends run at once or are refused.</summary>
    [Test]
    public void TheContext_PostsFromAnywhere_AndSendsOnItsThreadOnly() => Run(async () =>
    {
        var context = SynchronizationContext.Current!;
        Assert.That(context.CreateCopy(), Is.SameAs(context));
        context.Send(_ => Log.Add("sent"), null);
        Assert.That(Log, Is.EqualTo((string[])["sent"]));
        var error = OnOtherThread(() => context.Send(_ => Log.Add("never"), null));
        Assert.That(error, Is.TypeOf<ForeignThreadException>().With.Message.EqualTo(
            "Send to loop from another thread would block it: use Post, or CallSoonThreadSafe."));
        OnOtherThread(() => context.Post(_ => Log.Add($"posted {Loop.IsOnLoopThread}"), null));
        await Asyncio.SleepAsync(Soon);
        Assert.That(Log, Is.EqualTo((string[])["sent", "posted True"]));
    });

    /// <summary>A task may leave for the thread pool and come back under its own identity.</summary>
    [Test]
    public void WorkOnTheThreadPool_ComesBackToItsTask() => Run(async () =>
    {
        var task = Asyncio.CurrentTask();
        var thread = Environment.CurrentManagedThreadId;
        var other = await Task.Run(() => Environment.CurrentManagedThreadId);
        Assert.That(other, Is.Not.EqualTo(thread));
        Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
        Assert.That(Asyncio.CurrentTask(), Is.SameAs(task));
    });

    /// <summary>Invariant A11: what comes back after the loop has closed cannot run, and does not disappear silently.</summary>
    [Test]
    public void WorkThatComesBackAfterTheLoopClosed_IsLogged()
    {
        var lines = new List<string>();
        var work = new TaskCompletionSource();
        using (var loop = NewLoop(new LoopOptions { Name = "short-lived", Log = lines.Add }))
        {
            loop.CreateTask(() => LeavesAsync(work.Task), "leaver");
            loop.Stop();
            loop.RunForever();
        }

        OnOtherThread(work.SetResult);
        Assert.That(lines, Has.Count.EqualTo(2), "and that it was closed in the middle of a task");
        Assert.That(lines[1], Does.EndWith("short-lived is closed: 'LeavesAsync' in leaver came back from thread 'other' and does not run any more."));

        static async Task LeavesAsync(Task elsewhere) => await elsewhere;
    }

    /// <summary>
    /// Between two runs a call of the loop takes in what came from other threads, also when it is made while that happens, and
    /// more comes in: by an observer here, although observers should not. All come in their order.
    /// </summary>
    [Test]
    public void WhatComesInWhileCallsAreTakenIn_KeepsItsPlace()
    {
        EventLoop loop = null!;
        var left = 3;
        using (loop = NewLoop(new LoopOptions { Observer = new AtReady(() => left-- > 0, () =>
        {
            OnOtherThread(() => loop.CallSoonThreadSafe(() => Log.Add("handed in")));
            loop.CallSoon(() => Log.Add("observer's"));
        }) }))
        {
            for (var i = 0; i < 3; i++)
            {
                var mine = i;
                OnOtherThread(() => loop.CallSoonThreadSafe(() => Log.Add($"{mine}")));
            }

            loop.CallSoon(() => Log.Add("last"));
            loop.Stop();
            loop.RunForever();
        }

        Assert.That(Log.Where(static line => line.Length == 1), Is.EqualTo((string[])["0", "1", "2"]));
        Assert.That(Log.IndexOf("last"), Is.GreaterThan(Log.IndexOf("2")));
        Assert.That(Log.Where(static line => line.Length > 4), Has.Exactly(3).EqualTo("handed in").And.Exactly(3).EqualTo("observer's"));
    }

    /// <summary>What another thread has handed in is not kept alive when it has run.</summary>
    [Test]
    public void AThreadSafeCall_IsLetGo_WhenItHasRun()
    {
        List<WeakReference> states = [];
        Loop.CallSoon(() => states = HandIn(3));
        Iterate(3);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.That(states.Select(static state => state.IsAlive), Has.None.True);

        List<WeakReference> HandIn(int count)
        {
            List<WeakReference> handedIn = [];
            var context = SynchronizationContext.Current!;
            OnOtherThread(() =>
            {
                for (var i = 0; i < count; i++)
                {
                    var state = new object();
                    handedIn.Add(new WeakReference(state));
                    // As the await of a BCL task comes back.
                    context.Post(static _ => { }, state);
                }
            });
            return handedIn;
        }
    }

    /// <summary>Either the run enters or the loop closes: a run that has entered is not closed under its feet.</summary>
    [Test]
    public void ACloseThatRacesWithARun_IsRefusedOrRefusesIt()
    {
        for (var round = 0; round < 2_000; round++)
        {
            using var loop = NewLoop(new LoopOptions());
            loop.Stop();
            Exception? closing = null;
            using var meet = new Barrier(2);
            var closer = new Thread(() =>
            {
                meet.SignalAndWait();
                closing = Caught(loop.Close);
            });
            closer.Start();
            meet.SignalAndWait();
            var running = Caught(loop.RunForever);
            closer.Join();
            Assert.That(running, Is.Null.Or.TypeOf<LoopClosedException>(), $"round {round}");
            Assert.That(closing, running is null ? Is.Null.Or.TypeOf<LoopRunningException>() : Is.Null, $"round {round}");
        }

        static Exception? Caught(Action action)
        {
            try
            {
                action();
                return null;
            }
            catch (Exception error)
            {
                return error;
            }
        }
    }

    /// <summary>Does something when a callback becomes ready, as long as it may.</summary>
    private sealed class AtReady(Func<bool> may, Action act) : ILoopObserver
    {
        public void OnEvent(in LoopEvent happened)
        {
            if (happened.Kind == LoopEventKind.Ready && may())
            {
                act();
            }
        }
    }
}
