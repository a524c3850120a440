using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Tasks: rules 45 to 51, and 20.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TaskTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 45: the first step in the next iteration, never inline, in the order of creation.</summary>
    [Test]
    public void ATask_StartsInTheNextIteration_InTheOrderOfCreation() => Run(async () =>
    {
        var start = Loop.Iteration;
        foreach (var name in (string[])["a", "b", "c"])
        {
            _ = Asyncio.CreateTask(() =>
            {
                LogTick(name, start);
                return Task.CompletedTask;
            });
        }

        Assert.That(Log, Is.Empty);
        await Asyncio.YieldAsync();
        Assert.That(Log, Is.EqualTo((string[])["a@1", "b@1", "c@1"]));
    });

    /// <summary>Rule 46: a direct await takes no tick, however deep; nor does awaiting what is done.</summary>
    [TestCase(1)]
    [TestCase(50)]
    [TestCase(1000)]
    public void NestedAsyncCalls_TakeNoTicks(int depth) => Run(async () =>
    {
        var ticks = await TicksOf(() => NestedAsync(depth));
        Assert.That(ticks, Is.EqualTo(1), "the one yield at the bottom");
        Assert.That(await TicksOf(() => NestedValueAsync(depth).AsTask()), Is.EqualTo(1));
        var done = Asyncio.CreateTask(() => Task.CompletedTask);
        await done;
        Assert.That(await TicksOf(async () => await done), Is.Zero);

        static async Task NestedAsync(int depth)
        {
            if (depth == 0)
            {
                await Asyncio.YieldAsync();
            }
            else
            {
                await NestedAsync(depth - 1);
            }
        }

        static async ValueTask NestedValueAsync(int depth)
        {
            if (depth == 0)
            {
                await Asyncio.YieldAsync();
            }
            else
            {
                await NestedValueAsync(depth - 1);
            }
        }
    });

    /// <summary>Rule 48: k nested tasks cost k ticks.</summary>
    [TestCase(1)]
    [TestCase(5)]
    public void NestedTasks_CostATickEach_OnTheWayBack(int depth) => Run(async () =>
    {
        var gate = Loop.CreateFuture<int>();
        long set = 0;
        Future<int> chain = gate;
        for (var i = 0; i < depth; i++)
        {
            var inner = chain;
            chain = Asyncio.CreateTask(async () => await inner);
        }

        await Asyncio.YieldAsync();
        Loop.CallSoon(() =>
        {
            set = Loop.Iteration;
            gate.SetResult(7);
        });
        Assert.That(await chain, Is.EqualTo(7));
        Assert.That(Loop.Iteration - set, Is.EqualTo(depth + 1));
    });

    /// <summary>Rule 49: yielding tasks take turns.</summary>
    [Test]
    public void YieldingTasks_TakeTurns() => Run(async () =>
    {
        var start = Loop.Iteration;
        var tasks = new List<LoopTask>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            tasks.Add(Asyncio.CreateTask(() => TurnsAsync(name)));
        }

        foreach (var task in tasks)
        {
            await task;
        }

        Assert.That(Log, Is.EqualTo((string[])["a@1", "b@1", "c@1", "a@2", "b@2", "c@2", "a@3", "b@3", "c@3"]));

        async Task TurnsAsync(string name)
        {
            for (var i = 0; i < 3; i++)
            {
                LogTick(name, start);
                await Asyncio.YieldAsync();
            }
        }
    });

    /// <summary>Rule 50: a task that awaits itself is refused, and named.</summary>
    [Test]
    public void AwaitingItself_IsRefused()
    {
        LoopTask<ValueTuple>? self = null;
        self = Loop.CreateTask(async () => await self!, "narcissus");
        Assert.That(
            () => Loop.RunUntilComplete(self),
            Throws.TypeOf<LoopException>().With.Message.Match("^Task narcissus awaits itself at .*s in task narcissus: it would wait for ever.$"));
    }

    /// <summary>Rule 51: the current task is set during its steps.</summary>
    [Test]
    public void TheCurrentTask_IsTheOneThatRuns() => Run(async () =>
    {
        var main = Asyncio.CurrentTask()!;
        ILoopTask? seen = null;
        var child = Asyncio.CreateTask(async () =>
        {
            seen = Asyncio.CurrentTask();
            await Asyncio.YieldAsync();
            Assert.That(Asyncio.CurrentTask(), Is.SameAs(seen));
        });
        await child;
        Assert.That(seen, Is.SameAs(child));
        Assert.That(Asyncio.CurrentTask(), Is.SameAs(main));
    });

    /// <summary>Rule 51: still so where the context was given up.</summary>
    [Test]
    public void TheCurrentTask_SurvivesConfigureAwaitFalse() => Run(async () =>
    {
        var main = Asyncio.CurrentTask();
        var thread = Environment.CurrentManagedThreadId;
        var other = Asyncio.CreateTask(async () => await Asyncio.SleepAsync(Milliseconds(20)));
        await WithoutContextAsync();
        Assert.That(Asyncio.CurrentTask(), Is.SameAs(main));
        await other;

        async Task WithoutContextAsync()
        {
            await Task.Delay(Milliseconds(5), Loop.TimeProvider).ConfigureAwait(false);
            Assert.That(SynchronizationContext.Current, Is.Null);
            Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
            Assert.That(Asyncio.CurrentTask(), Is.SameAs(main));
            await Task.Delay(Milliseconds(5), Loop.TimeProvider).ConfigureAwait(false);
            await Asyncio.SleepAsync(Soon);
            Assert.That(SynchronizationContext.Current, Is.Not.Null, "what the loop resumes runs under its task again");
            Assert.That(Asyncio.CurrentTask(), Is.SameAs(main));
        }
    });

    /// <summary>Rule 51, as this project has it: the loop holds its tasks strongly, in the order of creation.</summary>
    [Test]
    public void TasksThatNobodyHolds_StayAlive_AndAreListedInOrder() => Run(async () =>
    {
        Create();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        await Asyncio.YieldAsync();
        Assert.That(Asyncio.AllTasks().Select(task => task.Name), Is.EqualTo((string[])["main", "WorkAsync", "WorkAsync-2", "named", "WorkAsync-3"]));
        while (Log.Count < 4)
        {
            await Asyncio.SleepAsync(Soon);
        }

        await SettleAsync();
        Assert.That(Asyncio.AllTasks(), Has.Count.EqualTo(1));
        Assert.That(Log, Has.Count.EqualTo(4));

        void Create()
        {
            _ = Asyncio.CreateTask(() => WorkAsync(1));
            _ = Asyncio.CreateTask(async () => await WorkAsync(2));
            _ = Asyncio.CreateTask(() => WorkAsync(3), "named");
            _ = Asyncio.CreateTask(() => WorkAsync(4));
        }

        async Task WorkAsync(int number)
        {
            await Asyncio.SleepAsync(Soon);
            Log.Add($"{number}");
        }
    });

    [Test]
    public void ATask_EndsAsItsBodyEnds() => Run(async () =>
    {
        var result = Asyncio.CreateTask(() => Task.FromResult(7));
        var failed = Asyncio.CreateTask(async () =>
        {
            await Asyncio.YieldAsync();
            throw new FormatException("mine");
        }, "failing");
        var thrown = Asyncio.CreateTask(() => throw new FormatException("not async"));
        var cancelled = Asyncio.CreateTask(() => Task.FromCanceled(new CancellationToken(true)));
        var nothing = Asyncio.CreateTask(() => null!, "nothing");
        await SettleAsync();
        Assert.Multiple(() =>
        {
            Assert.That(result.Result, Is.EqualTo(7));
            Assert.That(failed.Exception!.Message, Is.EqualTo("mine"));
            Assert.That(thrown.Exception!.Message, Is.EqualTo("not async"));
            Assert.That(cancelled.IsCancelled, Is.True);
            Assert.That(nothing.Exception!.Message, Does.Contain("task nothing returned null").IgnoreCase);
            Assert.That(failed.ToString(), Is.EqualTo("failing (failed)"));
            Assert.That(() => result.SetResult(8), Throws.TypeOf<LoopException>().With.Message.Contains("cannot be set from outside"));
        });
    });

    /// <summary>
    /// Rule 20: at exit the rest is cancelled in the order of creation and waited for; errors are reported; the loop is closed.
    /// asyncio: test_runners.test_asyncio_run_cancels_hanging_tasks, test_runners.test_asyncio_run_reports_hanging_tasks_errors.
    /// </summary>
    [Test]
    public void AsyncioRun_CancelsTheRest_ReportsItsErrors_AndClosesTheLoop()
    {
        var result = Asyncio.Run(
            async () =>
            {
                foreach (var name in (string[])["a", "b"])
                {
                    _ = Asyncio.CreateTask(() => HangAsync(name), name);
                }

                _ = Asyncio.CreateTask(() => FailAsync(), "c");
                await Asyncio.SleepAsync(Soon);
                return 7;
            },
            () => Loop);
        Assert.That(result, Is.EqualTo(7));
        Assert.That(Log, Is.EqualTo((string[])["a cancelled", "b cancelled", "c cancelled", "a cleaned up", "b cleaned up"]));
        Assert.That(Loop.IsClosed, Is.True);
        var error = TakeError();
        Assert.That((error.Task, error.Exception.Message), Is.EqualTo(("c", "at the end")));

        async Task HangAsync(string name)
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }
            finally
            {
                Log.Add($"{name} cancelled");
                await Asyncio.SleepAsync(Soon);
                Log.Add($"{name} cleaned up");
            }
        }

        async Task FailAsync()
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }
            catch (OperationCanceledException)
            {
                Log.Add("c cancelled");
                throw new FormatException("at the end");
            }
        }
    }

    /// <summary>Rule 20: also when the main coroutine fails; its exception is the caller's, not the handler's.</summary>
    [Test]
    public void AsyncioRun_ThrowsWhatMainThrew_AfterTheCleanup()
    {
        Assert.That(
            () => Asyncio.Run(
                async () =>
                {
                    _ = Asyncio.CreateTask(async () =>
                    {
                        try
                        {
                            await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                        }
                        finally
                        {
                            Log.Add("cleaned up");
                        }
                    });
                    await Asyncio.YieldAsync();
                    throw new FormatException("main");
                },
                () => Loop),
            Throws.TypeOf<FormatException>());
        Assert.That(Log, Is.EqualTo((string[])["cleaned up"]));
    }

    /// <summary>The end of a task comes back to the loop whatever context its body has set.</summary>
    [Test]
    public void ABodyThatChangesTheContext_StillEndsOnTheLoop([Values] bool none)
    {
        var onLoop = false;
        var task = Loop.CreateTask(() =>
        {
            SynchronizationContext.SetSynchronizationContext(none ? null : new SynchronizationContext());
            return SleepAsync();
        });
        task.AddDoneCallback(_ => onLoop = Loop.IsOnLoopThread);
        Loop.RunUntilComplete(task);
        Assert.That((task.IsDone, onLoop), Is.EqualTo((true, true)));

        async Task SleepAsync() => await Asyncio.SleepAsync(Soon);
    }

    /// <summary>Rule 20 where it cannot be kept: a task that waits for something that nobody completes is named.</summary>
    [Test]
    public void AsyncioRun_NamesTasksThatDoNotEnd()
    {
        var never = new TaskCompletionSource();
        using var loop = Asyncio.NewVirtualEventLoop();
        loop.ExceptionHandler = error => Log.Add(error.ToString());
        Asyncio.Run(
            async () =>
            {
                _ = Asyncio.CreateTask(() => StuckAsync(never.Task));
                await Asyncio.YieldAsync();
            },
            () => loop);
        Assert.That(Log, Has.Count.EqualTo(1));
        Assert.That(Log[0], Does.Contain("in shutdown: Tasks did not end when cancelled")
            .And.Contain("StuckAsync waits on a Task that nobody of the loop completes in "));

        static async Task StuckAsync(Task never) => await never;
    }
}
