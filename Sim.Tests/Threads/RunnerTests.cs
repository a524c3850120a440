using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Running many coroutines on one loop and tidying up: rules 20 and 21.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class RunnerTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 21: one loop for all runs, made when first needed. asyncio: test_runners.test_run, test_get_loop.</summary>
    [Test]
    public void ARunner_RunsManyTimesOnOneLoop()
    {
        var made = 0;
        using var runner = new Runner(() =>
        {
            made++;
            return NewLoop(new LoopOptions());
        });
        Assert.That(made, Is.Zero);
        EventLoop? first = null;
        runner.Run(() =>
        {
            first = Asyncio.GetRunningLoop();
            return Task.CompletedTask;
        });
        Assert.That(runner.Run(() => Task.FromResult(Asyncio.GetRunningLoop())), Is.SameAs(first));
        Assert.That((made, runner.Loop), Is.EqualTo((1, first)));
    }

    /// <summary>Rule 21: what one run leaves goes on in the next.</summary>
    [Test]
    public void TasksThatARunLeaves_GoOnInTheNext()
    {
        using var runner = NewRunner();
        LoopTask? left = null;
        runner.Run(() =>
        {
            left = Asyncio.CreateTask(SettleAsync);
            return Task.CompletedTask;
        });
        Assert.That(left!.IsDone, Is.False);
        runner.Run(async () => await left!);
        Assert.That(left.State, Is.EqualTo(FutureState.Succeeded));
    }

    /// <summary>
    /// Rules 21 and 90: every run starts in the context of the first use, whatever the caller has set since. In asyncio a run also
    /// sees what the one before has set; an async method of C# gives the context back. asyncio: test_runners.test_run_keeps_context.
    /// </summary>
    [Test]
    public void EveryRun_StartsInTheContextOfTheFirstUse()
    {
        var local = new AsyncLocal<string> { Value = "first use" };
        using var runner = NewRunner();
        runner.Run(() => SetAsync("run 1"));
        local.Value = "later";
        runner.Run(() => SetAsync("run 2"));
        Assert.That(Log, Is.EqualTo((string[])["first use", "first use"]));
        Assert.That(local.Value, Is.EqualTo("later"));

        async Task SetAsync(string value)
        {
            Log.Add(local.Value!);
            local.Value = value;
            await Asyncio.YieldAsync();
            Assert.That(local.Value, Is.EqualTo(value));
        }
    }

    /// <summary>
    /// Rule 20: what is left is cancelled in the order of creation and waited for. asyncio:
    /// test_runners.test_asyncio_run_cancels_hanging_tasks.
    /// </summary>
    [Test]
    public void Dispose_CancelsWhatIsLeft_InTheOrderOfCreation()
    {
        using (var runner = NewRunner())
        {
            runner.Run(async () =>
            {
                foreach (var name in (string[])["a", "b", "c"])
                {
                    _ = Asyncio.CreateTask(() => HangAsync(name), name);
                }

                await Asyncio.YieldAsync();
            });
            Assert.That(Log, Is.Empty);
        }

        Assert.That(Log, Is.EqualTo((string[])["a stops", "b stops", "c stops"]));

        async Task HangAsync(string name)
        {
            try
            {
                await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
            }
            finally
            {
                await Asyncio.YieldAsync();
                Log.Add($"{name} stops");
            }
        }
    }

    /// <summary>
    /// Rule 20: errors of what was left are told. asyncio: test_runners.test_asyncio_run_reports_hanging_tasks_errors.
    /// </summary>
    [Test]
    public void Dispose_ReportsTheErrorsOfWhatIsLeft()
    {
        using (var runner = NewRunner())
        {
            runner.Run(async () =>
            {
                _ = Asyncio.CreateTask(FailWhenStoppedAsync, "hanging");
                await Asyncio.YieldAsync();
            });
        }

        var error = TakeError();
        Assert.That((error.Task, error.Exception.GetType()), Is.EqualTo(("hanging", typeof(FormatException))));

        static async Task FailWhenStoppedAsync()
        {
            try
            {
                await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
            }
            catch (OperationCanceledException)
            {
                throw new FormatException("mine");
            }
        }
    }

    /// <summary>Rule 20: the default executor's work is waited for, also by Asyncio.Run; a task's end may still use it.</summary>
    [Test]
    public void TheEndOfARun_WaitsForTheDefaultExecutor([Values] bool once)
    {
        if (once)
        {
            Asyncio.Run(WorkAsync, () => NewLoop(new LoopOptions()));
        }
        else
        {
            using var runner = NewRunner();
            runner.Run(WorkAsync);
        }

        Assert.That(Log, Is.EqualTo((string[])["worked", "worked for who stops"]));

        async Task WorkAsync()
        {
            _ = Asyncio.CreateTask(StopLateAsync);
            await Asyncio.YieldAsync();
            _ = Asyncio.ToThreadAsync(() => Log.Add("worked"));
        }

        async Task StopLateAsync()
        {
            try
            {
                await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
            }
            finally
            {
                _ = Asyncio.GetRunningLoop().RunInExecutorAsync(() =>
                {
                    // The pool has no order of its own.
                    SpinWait.SpinUntil(() => Log.Count == 1);
                    Log.Add("worked for who stops");
                });
            }
        }
    }

    /// <summary>
    /// Rule 20, as at the first Ctrl-C: main is asked to stop, and that it did shows the token. asyncio:
    /// test_runners.test_interrupt_call_soon, test_interrupt_wait.
    /// </summary>
    [Test]
    public void TheToken_AsksMainToStop([Values("before", "inside", "other thread")] string when)
    {
        using var source = new CancellationTokenSource();
        using var runner = NewRunner();
        if (when == "before")
        {
            source.Cancel();
        }

        var error = Assert.Catch<OperationCanceledException>(() => runner.Run(
            async () =>
            {
                if (when == "inside")
                {
                    Asyncio.GetRunningLoop().CallSoon(source.Cancel);
                }
                else if (when == "other thread")
                {
                    OnOtherThread(source.Cancel);
                }

                await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
            },
            source.Token))!;
        Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(error.Message, Does.Match(@"^Task main was asked to stop by the token of its run, and ended as cancelled at \d+\.\d+s\.$"));
        runner.Run(() => Task.CompletedTask);
    }

    /// <summary>
    /// Rule 20: main that ends otherwise ends so. asyncio: test_runners.test_interrupt_cancelled_task has the first half.
    /// </summary>
    [Test]
    public void TheToken_IsNotToBlame_WhereMainEndsOtherwise()
    {
        using var source = new CancellationTokenSource();
        using var runner = NewRunner();
        Assert.That(
            runner.Run(
                async () =>
                {
                    source.Cancel();
                    try
                    {
                        await Asyncio.YieldAsync();
                        await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                    }
                    catch (OperationCanceledException)
                    {
                        Log.Add("goes on");
                    }

                    return 7;
                },
                source.Token),
            Is.EqualTo(7));
        Assert.That(Log, Is.EqualTo((string[])["goes on"]));
    }

    /// <summary>
    /// Rule 20: main that was cancelled by somebody else too is not the token's. asyncio:
    /// test_runners.test_interrupt_cancelled_task.
    /// </summary>
    [Test]
    public void TheToken_IsNotToBlame_WhereMainWasCancelledByOthersToo()
    {
        using var source = new CancellationTokenSource();
        using var runner = NewRunner();
        var error = Assert.Catch<OperationCanceledException>(() => runner.Run(
            async () =>
            {
                Asyncio.CurrentTask()!.Cancel();
                source.Cancel();
                await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
            },
            source.Token))!;
        Assert.That(error.CancellationToken, Is.Not.EqualTo(source.Token));
        using var quiet = new CancellationTokenSource();
        var alone = Assert.Catch<OperationCanceledException>(() => runner.Run(
            () => throw new OperationCanceledException("by itself"), quiet.Token))!;
        Assert.That((alone.CancellationToken, alone.InnerException?.Message), Is.EqualTo((CancellationToken.None, "by itself")));
    }

    /// <summary>
    /// Rule 18: no runner inside of a running loop. asyncio: test_runners.test_recursive_run,
    /// test_asyncio_run_from_running_loop.
    /// </summary>
    [Test]
    public void InsideOfARunningLoop_ARunnerIsRefused()
    {
        using var runner = NewRunner();
        runner.Run(() =>
        {
            Assert.That(() => runner.Run(() => Task.CompletedTask), Throws.TypeOf<LoopRunningException>().With.Message.Match(
                @"^A runner cannot be run at \S+ in task main of loop, which runs on this thread: await the coroutine instead\.$"));
            Assert.That(runner.Dispose, Throws.TypeOf<LoopRunningException>().With.Message.Contains("cannot be closed"));
            using var other = NewRunner();
            Assert.That(() => other.Run(() => Task.CompletedTask), Throws.TypeOf<LoopRunningException>());
            return Task.CompletedTask;
        });
    }

    /// <summary>Rule 18: nor is a runner closed, or used, while another thread runs its loop; it stays as it is.</summary>
    [Test]
    public void WhileAnotherThreadRunsIt_ARunnerIsNeitherUsedNorClosed()
    {
        using var runner = NewRunner();
        runner.Run(() =>
        {
            Assert.That(OnOtherThread(runner.Dispose), Is.TypeOf<LoopRunningException>().With.Message.Contains("while loop runs on another thread"));
            Assert.That(OnOtherThread(() => runner.Run(() => Task.CompletedTask)), Is.TypeOf<ForeignThreadException>());
            return Task.CompletedTask;
        });
        Assert.That(runner.Run(() => Task.FromResult(7)), Is.EqualTo(7));
    }

    /// <summary>Where the context does not flow there is none to keep, and the runner runs all the same.</summary>
    [Test]
    public void WhereTheContextDoesNotFlow_ARunnerRuns()
    {
        var local = new AsyncLocal<string?> { Value = "outside" };
        using (ExecutionContext.SuppressFlow())
        {
            using var runner = NewRunner();
            runner.Run(async () =>
            {
                local.Value = "inside";
                await Asyncio.YieldAsync();
                Log.Add(local.Value);
            });
        }

        Assert.That((Log.Single(), local.Value), Is.EqualTo(("inside", "outside")));
    }

    /// <summary>asyncio: test_runners.test_run_uses_closed_runner and its kin: closed is closed, twice does nothing.</summary>
    [Test]
    public async Task AClosedRunner_IsRefused()
    {
        var runner = NewRunner();
        var loop = runner.Loop;
        await runner.DisposeAsync();
        runner.Dispose();
        Assert.That(loop.IsClosed, Is.True);
        Assert.That(() => runner.Run(() => Task.CompletedTask), Throws.TypeOf<LoopClosedException>().With.Message.EqualTo(
            "A runner was used outside of any loop after it was closed: it has no loop any more. Make a new Runner."));
        Assert.That(() => runner.Loop, Throws.TypeOf<LoopClosedException>());
        NewRunner().Dispose();
    }

    /// <summary>The first failure is what the caller sees; one of the shutdown goes to the handler.</summary>
    [Test]
    public void AFailureOfTheShutdown_DoesNotHideThatOfMain()
    {
        var options = new LoopOptions { IsFatal = error => error is InvalidTimeZoneException };
        Assert.That(
            () =>
            {
                using var runner = new Runner(() => NewLoop(options));
                runner.Run(async () =>
                {
                    _ = Asyncio.CreateTask(FailWhenStoppedAsync);
                    await Asyncio.YieldAsync();
                    throw new FormatException("first");
                });
            },
            Throws.TypeOf<FormatException>());
        Assert.That(TakeError().Message, Is.EqualTo("The shutdown after a failure failed too"));

        static async Task FailWhenStoppedAsync()
        {
            try
            {
                await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
            }
            catch (OperationCanceledException)
            {
                throw new InvalidTimeZoneException("second");
            }
        }
    }

    private Runner NewRunner() => new(() => NewLoop(new LoopOptions()));
}
