using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Tasks that end together: rules 78 to 80.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TaskGroupTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_taskgroups.test_taskgroup_01, 02; rule 78: the group waits for all its tasks.</summary>
    [Test]
    public void AGroup_WaitsForItsTasks() => Run(async () =>
    {
        var (a, b) = await TaskGroup.RunAsync(async group =>
        {
            var first = group.CreateTask(() => ReturnAfterAsync(10, 42));
            var second = group.CreateTask(() => ReturnAfterAsync(5, 11));
            await Asyncio.YieldAsync();
            return (first, second);
        });
        Assert.That((a.Result, b.Result), Is.EqualTo((42, 11)));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_03; rule 78: a child cancelled by itself is no failure.</summary>
    [Test]
    public void AChildCancelledAlone_IsNoFailure() => Run(async () =>
    {
        await TaskGroup.RunAsync(async group =>
        {
            var first = group.CreateTask(SleepLongAsync);
            await Asyncio.SleepAsync(Soon);
            first.Cancel();
            var second = group.CreateTask(() => ReturnAfterAsync(5, 11));
            Assert.That(await second, Is.EqualTo(11));
            Assert.That(first.IsCancelled, Is.True);
        });
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>asyncio: test_taskgroups.test_cancel_children_on_child_error, test_taskgroup_05; rule 78: the first failure stops the others and the body.</summary>
    [Test]
    public void AFailure_CancelsTheOthers_AndTheBody() => Run(async () =>
    {
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
        {
            for (var i = 0; i < 3; i++)
            {
                var name = $"{i}";
                _ = group.CreateTask(() => FailAfterAsync(5, name));
            }

            _ = group.CreateTask(() => LogCancellationAsync("sibling"));
            await LogCancellationAsync("body");
            Log.Add("unreachable");
        }));
        if (IsVirtual)
        {
            Assert.That(Texts(error), Is.EqualTo((string[])["0", "1", "2"]), "rule 79: in the order in which they ended");
            Assert.That(error.Message, Is.EqualTo("3 failures in the task group of main, which ended at 0.005s in task main. (0) (1) (2)"));
        }

        Assert.That(Log, Is.EqualTo((string[])["sibling", "body"]));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>Rule 78: the children are cancelled in the order of their creation, where asyncio has the order of addresses.</summary>
    [Test]
    public void Children_AreCancelledInTheOrderOfCreation() => Run(async () =>
    {
        await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
        {
            for (var i = 0; i < 20; i++)
            {
                var name = $"{i}";
                _ = group.CreateTask(() => LogCancellationAsync(name));
            }

            await Asyncio.YieldAsync();
            throw new FormatException();
        }));
        Assert.That(Log, Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"{i}")));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_10; rule 79: one failure is a group as well.</summary>
    [Test]
    public void AFailureOfTheBody_CancelsTheChildren() => Run(async () =>
    {
        List<LoopTask> children = [];
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(group =>
        {
            children.Add(group.CreateTask(SleepLongAsync));
            children.Add(group.CreateTask(SleepLongAsync));
            throw new FormatException("body");
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["body"]));
        Assert.That(children.Select(child => child.IsCancelled), Is.EqualTo((bool[])[true, true]));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_19, test_taskgroup_20a; rule 79: the body's own failure is the last.</summary>
    [Test]
    public void FailuresOfAChildAndOfTheBody_BothCount() => Run(async () =>
    {
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(() => FailAfterAsync(5, "child"));
            await FailWhenCancelledAsync("body");
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["child", "body"]));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_context_manager_exit_raises.</summary>
    [Test]
    public void AFailureWhileTheBodyCleansUp_Counts() => Run(async () =>
    {
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
        {
            await using var database = new FailingResource();
            _ = group.CreateTask(() => FailAfterAsync(0, "child"));
            await SleepLongAsync();
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["child", "resource"]));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>Rule 80: a body that swallows the group's request runs on; the failure comes at the end.</summary>
    [Test]
    public void ABodyThatSwallowsTheRequest_RunsOn_AndTheFailureComesAtTheEnd() => Run(async () =>
    {
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(() => FailAfterAsync(0, "child"));
            await LogCancellationAsync("body", swallow: true);
            await Asyncio.SleepAsync(Soon);
            Log.Add("went on");
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["child"]));
        Assert.That(Log, Is.EqualTo((string[])["body", "went on"]));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_24; rule 78: children start children, the group waits for them too.</summary>
    [Test]
    public void Children_StartChildren() => Run(async () =>
    {
        await TaskGroup.RunAsync(group =>
        {
            _ = group.CreateTask(async () =>
            {
                await Asyncio.YieldAsync();
                _ = group.CreateTask(() => LogAfterAsync(10, "later"));
                _ = group.CreateTask(() => LogAfterAsync(1, "sooner"));
            });
            return Task.CompletedTask;
        });
        Assert.That(Log, Is.EqualTo((string[])["sooner", "later"]));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_25: what has two heads for every one that is cut off ends when one task fails.</summary>
    [Test]
    public void AHydra_EndsWithAFailure() => Run(async () =>
    {
        var heads = 0;
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(HydraAsync);
            _ = group.CreateTask(async () =>
            {
                while (heads < 10)
                {
                    await Asyncio.SleepAsync(Milliseconds(1.5));
                }

                throw new FormatException("hercules");
            });
            await SleepLongAsync();

            async Task HydraAsync()
            {
                heads++;
                await Asyncio.SleepAsync(Milliseconds(1));
                _ = group.CreateTask(HydraAsync);
                _ = group.CreateTask(HydraAsync);
            }
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["hercules"]));
        Assert.That(heads, Is.GreaterThanOrEqualTo(10));
        Assert.That(Asyncio.AllTasks(), Has.Count.EqualTo(1));
    });

    /// <summary>Rule 79: when which task sees what, counted in iterations from the one in which the child fails.</summary>
    [Test]
    public void TheIterations_OfAFailure() => Run(async () =>
    {
        var start = 0L;
        var main = Asyncio.CreateTask(async () =>
        {
            await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
            {
                _ = group.CreateTask(async () =>
                {
                    await Asyncio.YieldAsync();
                    await Asyncio.YieldAsync();
                    start = Loop.Iteration;
                    throw new FormatException();
                });
                _ = group.CreateTask(() => TickAsync("sibling"));
                await TickAsync("body");
            }));
            LogTick("left", start);
        });
        await main;
        Assert.That(Log, Is.EqualTo((string[])["sibling@2", "body@2", "left@4"]), "i4, i6, i6, i8");

        async Task TickAsync(string name)
        {
            try
            {
                await SleepLongAsync();
            }
            catch (OperationCanceledException)
            {
                LogTick(name, start);
                throw;
            }
        }
    });

    /// <summary>Rule 80, as CPython 3.14 has it: a group whose eager child has ended already takes two ticks to leave, not none.</summary>
    [Test]
    public void AnEagerChildThatHasEnded_StillTakes2() => Run(async () =>
        Assert.That(await TicksOf(async () => await TaskGroup.RunAsync(group =>
        {
            Assert.That(group.CreateTask(() => Task.FromResult(1), eager: true).IsDone, Is.True);
            return Task.CompletedTask;
        })), Is.EqualTo(2)));

    /// <summary>Rule 80; cpython#128550: an eager child that fails inside CreateTask does not cancel the body inside of that call.</summary>
    [Test]
    public void AnEagerChildThatFails_CancelsTheBodyATickLater() => Run(async () =>
    {
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
        {
            var child = group.CreateTask(() => Task.FromException(new FormatException("child")), eager: true);
            Assert.That((child.State, Asyncio.CurrentTask()!.CancelRequests), Is.EqualTo((FutureState.Failed, 0)));
            _ = group.CreateTask(() => LogCancellationAsync("sibling"), eager: true);
            await LogCancellationAsync("body");
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["child"]));
        Assert.That(Log, Is.EqualTo((string[])["sibling", "body"]));
    });

    /// <summary>asyncio: test_taskgroups.test_cancels_task_if_created_during_creation; rule 80; lazy and eager.</summary>
    [Test]
    public void AChildOfAChild_ThatFails_CancelsItsMaker([Values] bool eager) => Run(async () =>
    {
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(group =>
        {
            _ = group.CreateTask(
                async () =>
                {
                    _ = group.CreateTask(() => Task.FromException(new FormatException("third")), eager: eager);
                    await LogCancellationAsync("second", YieldTwiceAsync);
                },
                eager: eager);
            return Task.CompletedTask;
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["third"]));
        Assert.That(Log, Is.EqualTo((string[])["second"]));

        static async Task YieldTwiceAsync()
        {
            await Asyncio.YieldAsync();
            await Asyncio.YieldAsync();
        }
    });

    /// <summary>Rule 80, with the option of rule 17: a fatal exception leaves the group bare, after the tasks have ended.</summary>
    [Test]
    public void AFatalException_LeavesTheGroupBare([Values] bool ofTheBody)
    {
        using var loop = NewLoop(new LoopOptions { IsFatal = static error => error is FormatException });
        Exception? seen = null;
        var main = loop.CreateTask(async () => seen = await Caught.ByAsync<FormatException>(async () => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(() => LogCancellationAsync("sibling"));
            await Asyncio.YieldAsync();
            if (ofTheBody)
            {
                throw new FormatException("fatal");
            }

            _ = group.CreateTask(() => Task.FromException(new FormatException("fatal")));
            await SleepLongAsync();
        })));
        if (!ofTheBody)
        {
            Assert.That(() => loop.RunUntilComplete(main), Throws.TypeOf<FormatException>(), "it leaves the loop at once");
        }

        loop.RunUntilComplete(main);
        Assert.That(seen!.Message, Is.EqualTo("fatal"));
        Assert.That(Log, Is.EqualTo((string[])["sibling"]));
    }

    private static string[] Texts(TaskGroupException error) => [.. error.InnerExceptions.Select(inner => inner.Message)];

    private static Task SleepLongAsync() => Asyncio.SleepAsync(TimeSpan.FromHours(1)).AsTask();

    private static async Task<int> ReturnAfterAsync(double milliseconds, int result)
    {
        await Asyncio.SleepAsync(Milliseconds(milliseconds));
        return result;
    }

    private static async Task FailAfterAsync(double milliseconds, string text)
    {
        await Asyncio.SleepAsync(Milliseconds(milliseconds));
        throw new FormatException(text);
    }

    private static async Task FailWhenCancelledAsync(string text)
    {
        await Caught.IsCancelledAsync(SleepLongAsync);
        throw new FormatException(text);
    }

    private async Task LogAfterAsync(double milliseconds, string text)
    {
        await Asyncio.SleepAsync(Milliseconds(milliseconds));
        Log.Add(text);
    }

    private Task LogCancellationAsync(string name, bool swallow = false) => LogCancellationAsync(name, SleepLongAsync, swallow);

    private async Task LogCancellationAsync(string name, Func<Task> wait, bool swallow = false)
    {
        try
        {
            await wait();
        }
        catch (OperationCanceledException)
        {
            Log.Add(name);
            if (!swallow)
            {
                throw;
            }
        }
    }

    /// <summary>Something that cannot be closed.</summary>
    private sealed class FailingResource : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.FromException(new FormatException("resource"));
    }
}
