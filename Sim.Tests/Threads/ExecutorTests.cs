using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// Work in executors: rule 24. On the virtual loop it runs in a <see cref="VirtualExecutor"/>, on the real one in the pool.
/// </summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class ExecutorTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 24; asyncio: test_events.test_run_in_executor, test_futures.test_copy_state.</summary>
    [Test]
    public void WorkInAnExecutor_GivesItsResult_AndItsFailure() => Run(async () =>
    {
        var thread = Environment.CurrentManagedThreadId;
        Assert.That(await Loop.RunInExecutorAsync(() => Environment.CurrentManagedThreadId == thread), Is.EqualTo(IsVirtual));
        await Loop.RunInExecutorAsync(() => Log.Add("action"));
        Assert.That(Log, Is.EqualTo((string[])["action"]));
        var failing = Loop.RunInExecutorAsync<int>(() => throw new FormatException("mine"));
        Assert.That(await Catch(failing), Is.TypeOf<FormatException>().With.Message.EqualTo("mine"));
    });

    /// <summary>
    /// Rule 24: the outcome is a thread-safe call, then the awaiting task's step: two iterations after the end of the work.
    /// </summary>
    [Test]
    public void TheAwaitingTask_GoesOnTwoIterationsAfterTheWorkHasEnded() => Run(async () =>
    {
        var executor = new ByHand();
        var work = Loop.RunInExecutorAsync(() => Loop.Iteration, executor);
        await Asyncio.YieldAsync();
        Loop.CallSoon(executor.RunNext);
        var ended = await work;
        Assert.That(Loop.Iteration - ended, Is.EqualTo(2));
    });

    /// <summary>
    /// Rules 22 and 24, from a thread of the pool: its outcome ends the wait of one iteration and is taken in it, and the task goes on in
    /// the next, however long the work takes.
    /// </summary>
    [TestCase(0)]
    [TestCase(3)]
    public void OnRealTime_WorkTakesTwoTicks_HoweverLongItTakes(int milliseconds)
    {
        if (!IsVirtual)
        {
            Run(async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    Assert.That(await TicksOf(async () => await Loop.RunInExecutorAsync(() => Spin(milliseconds))), Is.EqualTo(2));
                }
            });
        }

        static void Spin(int milliseconds)
        {
            using var never = new ManualResetEventSlim();
            never.Wait(milliseconds);
        }
    }

    /// <summary>Rule 24, the whole way on virtual time: submitted, run in the next iteration, two more for the outcome.</summary>
    [Test]
    public void OnVirtualTime_WorkTakesThreeTicks()
    {
        if (IsVirtual)
        {
            Run(async () => Assert.That(await TicksOf(async () => await Loop.RunInExecutorAsync(() => 1)), Is.EqualTo(3)));
        }
    }

    /// <summary>
    /// Rule 24: cancelled before it began, work never runs; asyncio: test_events.test_run_in_executor_cancel,
    /// test_futures.test_wrap_future_cancel.
    /// </summary>
    [Test]
    public void CancellingTheFuture_KeepsWorkFromStarting()
    {
        var executor = new ByHand();
        var work = Loop.RunInExecutorAsync(() => Log.Add("ran"), executor);
        Assert.That(work.Cancel(), Is.True);
        executor.RunNext();
        Iterate(3);
        Assert.That((work.IsCancelled, Log.Count), Is.EqualTo((true, 0)));
    }

    /// <summary>Rule 24: work that runs goes on, and its result is dropped, as the loop's closing drops it.</summary>
    [Test]
    public void CancellingTheFuture_OfWorkThatRuns_LetsItGoOn() => Run(async () =>
    {
        var executor = new ByHand();
        Future<int>? work = null;
        work = Loop.RunInExecutorAsync(() =>
        {
            work!.Cancel();
            Log.Add("went on");
            return 1;
        }, executor);
        executor.RunNext();
        Assert.That(await Catch(work), Is.InstanceOf<OperationCanceledException>());
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["went on"]));
    });

    /// <summary>
    /// Rules 24 and 55: the work has ended, but its outcome is still on the way: the cancellation wins.
    /// asyncio: test_futures.test_wrap_future_cancel2.
    /// </summary>
    [Test]
    public void CancellingTheFuture_BetweenTheEndOfTheWorkAndItsOutcome_Wins()
    {
        var executor = new ByHand();
        var work = Loop.RunInExecutorAsync(() =>
        {
            Log.Add("ran");
            return 42;
        }, executor);
        executor.RunNext();
        Assert.That((work.IsDone, work.Cancel()), Is.EqualTo((false, true)));
        Iterate(3);
        Assert.That((work.IsCancelled, Log.Count), Is.EqualTo((true, 1)));
    }

    /// <summary>
    /// Rule 24 and invariant A10: a failure that comes too late for those who waited reaches the exception handler.
    /// </summary>
    [Test]
    public void AFailureThatNobodyWaitsForAnyMore_IsReported() => Run(async () =>
    {
        var executor = new ByHand();
        Future<ValueTuple>? work = null;
        work = Loop.RunInExecutorAsync(FailsLate, executor);
        executor.RunNext();
        await SettleAsync();
        var error = TakeError();
        Assert.That((error.Task, error.Exception.Message), Is.EqualTo(("FailsLate", "late")));
        Assert.That(error.Message, Is.EqualTo("Work in an executor failed after nobody waited for it any more"));

        void FailsLate()
        {
            work!.Cancel();
            throw new FormatException("late");
        }
    });

    /// <summary>
    /// Rules 19 and 24: closing does not wait; what fails after that is logged, what had failed before is reported.
    /// </summary>
    [Test]
    public void AFailureAroundTheClose_IsNotLost()
    {
        var lines = new List<string>();
        var executor = new ByHand();
        var loop = NewLoop(new LoopOptions { Name = "short-lived", Log = lines.Add });
        loop.RunInExecutorAsync(FailsBefore, executor);
        loop.RunInExecutorAsync(FailsAfter, executor);
        loop.RunInExecutorAsync(() => Log.Add("ran"), executor);
        executor.RunNext();
        loop.Close();
        Assert.That(TakeError().Task, Is.EqualTo("FailsBefore"));
        executor.RunNext();
        executor.RunNext();
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(lines[0], Does.EndWith("in FailsAfter: Work in an executor failed after nobody waited for it any more: FormatException: after"));
        Assert.That(Log, Is.EqualTo((string[])["ran"]));

        static void FailsBefore() => throw new FormatException("before");

        static void FailsAfter() => throw new FormatException("after");
    }

    /// <summary>Rule 19: close shuts the executor down without waiting; asyncio: test_base_events.test_close.</summary>
    [Test]
    public void Close_DoesNotWaitForWork()
    {
        using var gate = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var loop = NewLoop(new LoopOptions());
        loop.RunInExecutorAsync(() =>
        {
            gate.Wait();
            ended.Set();
        }, new ThreadPoolExecutor());
        loop.Close();
        Assert.That(ended.IsSet, Is.False);
        gate.Set();
        ended.Wait();
        Assert.That(() => loop.RunInExecutorAsync(() => 1), Throws.TypeOf<LoopClosedException>());
    }

    /// <summary>
    /// A cancellation that the work itself throws is one: what is behind it is kept, and it is no failure to report. asyncio:
    /// test_futures.test_copy_state.
    /// </summary>
    [Test]
    public void WorkThatEndsCancelled_CancelsItsFuture() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var work = Loop.RunInExecutorAsync(() => source.Token.ThrowIfCancellationRequested());
        var error = await Catch(work);
        Assert.That((work.IsCancelled, ((OperationCanceledException)error!).CancellationToken), Is.EqualTo((true, source.Token)));
    });

    /// <summary>A coroutine in an executor would run up to its first await only: refused, as asyncio's debug mode does.</summary>
    [Test]
    public void ACoroutine_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Loop.RunInExecutorAsync(CoroutineAsync))!;
        Assert.That(error.Message, Does.StartWith("CoroutineAsync is a coroutine, given to an executor outside of any loop: only what stands before"));
        Assert.That(() => Loop.RunInExecutorAsync(() => ValueTask.CompletedTask), Throws.ArgumentException);
        Assert.That(() => Loop.RunInExecutorAsync(() => ValueTask.FromResult(1)), Throws.ArgumentException);

        static async Task CoroutineAsync() => await Asyncio.YieldAsync();
    }

    /// <summary>What an executor refuses, the caller is told, and nothing is waited for.</summary>
    [Test]
    public void AnExecutorThatRefuses_IsHeardByTheCaller() => Run(async () =>
    {
        Loop.SetDefaultExecutor(new Full());
        Assert.That(() => Loop.RunInExecutorAsync(() => 1), Throws.TypeOf<FormatException>().With.Message.EqualTo("full"));
        await Loop.ShutdownDefaultExecutorAsync();
    });

    /// <summary>The outcome of work is its own: nobody else sets it.</summary>
    [Test]
    public void TheOutcomeOfWork_CannotBeSetFromOutside()
    {
        var work = Loop.RunInExecutorAsync(Work, new ByHand());
        Assert.That(() => work.SetResult(1), Throws.TypeOf<InvalidStateException>().With.Message.Contains("of work Work is what it returns"));

        static int Work() => 1;
    }

    /// <summary>asyncio: test_threads.test_to_thread_contextvars; run_in_executor does not take the context along.</summary>
    [Test]
    public void ToThread_TakesTheContextAlong_RunInExecutorDoesNot()
    {
        // Set inside of the run: what was there before a run is the context of the loop itself.
        Run(async () =>
        {
            var local = new AsyncLocal<string?> { Value = "caller" };
            Assert.That(await Asyncio.ToThreadAsync(() => local.Value), Is.EqualTo("caller"));
            Assert.That(await Loop.RunInExecutorAsync(() => local.Value), Is.Null);
            await Asyncio.ToThreadAsync(() => local.Value = "changed");
            Assert.That(local.Value, Is.EqualTo("caller"));
        });
    }

    /// <summary>asyncio: test_threads.test_to_thread_raises, test_to_thread_once.</summary>
    [Test]
    public void ToThread_RunsOnce_AndPassesTheFailureOn() => Run(async () =>
    {
        await Asyncio.ToThreadAsync(() => Log.Add("once"));
        Assert.That(Log, Is.EqualTo((string[])["once"]));
        Assert.That(await Catch(Asyncio.ToThreadAsync<int>(() => throw new FormatException("mine"))), Is.TypeOf<FormatException>());
    });

    /// <summary>
    /// Rules 24 and 25 for many: what is done, what fails and what is cancelled on the way, all of it comes to an end.
    /// </summary>
    [Test]
    public void ManyPiecesOfWork_AllComeToAnEnd()
    {
        var (done, failed, cancelled) = (0, 0, 0);
        Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                var works = Enumerable.Range(0, 150).Select(i => Loop.RunInExecutorAsync(() => i % 3 == 0 ? throw new FormatException("late") : i)).ToList();
                await Asyncio.YieldAsync();
                for (var i = 0; i < works.Count; i += 2)
                {
                    works[i].Cancel();
                }

                foreach (var work in works)
                {
                    var error = await Catch(work);
                    _ = error is null ? done++ : error is FormatException ? failed++ : cancelled++;
                }
            }

            await Loop.ShutdownDefaultExecutorAsync();
        });
        var late = TakeErrors();
        Assert.That(late.Select(error => error.Exception), Has.All.TypeOf<FormatException>(), "failures of what was cancelled while it ran");
        Assert.That(late, Has.Count.LessThanOrEqualTo(cancelled));
        Assert.That(done + failed + cancelled, Is.EqualTo(3000));
        Assert.That((done >= 1000, failed >= 500), Is.EqualTo((true, true)), "the odd ones nobody cancels");
    }

    private static async Task<Exception?> Catch<T>(Future<T> future)
    {
        try
        {
            await future;
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private sealed class Full : IExecutor
    {
        public void Submit(Action work) => throw new FormatException("full");
    }
}
