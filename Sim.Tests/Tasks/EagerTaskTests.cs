using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Tasks whose first step runs inside of their creation: rules 88 and 89.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class EagerTaskTests(LoopKind kind) : LoopFixture(kind)
{
    private static readonly AsyncLocal<string?> _local = new();

    /// <summary>
    /// asyncio: test_tasks.test_eager_start_true; rule 88: it runs inside CreateTask, as itself, and if it ends there it is done;
    /// its callbacks come through the ready queue all the same.
    /// </summary>
    [Test]
    public void ATaskThatDoesNotWait_IsDoneOnReturn() => Run(async () =>
    {
        var main = Asyncio.CurrentTask();
        ILoopTask? inside = null;
        var task = Asyncio.CreateTask(
            () =>
            {
                inside = Asyncio.CurrentTask();
                return Task.FromResult(7);
            },
            eager: true);
        Assert.That((task.IsDone, task.Result), Is.EqualTo((true, 7)));
        Assert.That(inside, Is.SameAs(task));
        Assert.That(Asyncio.CurrentTask(), Is.SameAs(main));
        Assert.That(Asyncio.AllTasks(), Does.Not.Contain(task));
        task.AddDoneCallback(_ => Log.Add("callback"));
        Assert.That(Log, Is.Empty);
        await Asyncio.YieldAsync();
        Assert.That(Log, Has.Count.EqualTo(1));
        Assert.That(await TicksOf(async () => await Asyncio.CreateTask(() => Task.FromResult(1), eager: true)), Is.Zero);
    });

    /// <summary>Rule 88: how it ends inside of its creation is how a task ends.</summary>
    [TestCase("throws", FutureState.Failed)]
    [TestCase("fails", FutureState.Failed)]
    [TestCase("is cancelled", FutureState.Cancelled)]
    [TestCase("cancels itself", FutureState.Cancelled)]
    public void ATaskThatFailsAtOnce_IsAFailedTask(string how, FutureState state) => Run(() =>
    {
        var task = Asyncio.CreateTask(
            () =>
            {
                switch (how)
                {
                    case "throws":
                        throw new FormatException();
                    case "fails":
                        return Task.FromException(new FormatException());
                    case "is cancelled":
                        return Task.FromException(new OperationCanceledException());
                    default:
                        Asyncio.CurrentTask()!.Cancel();
                        return Task.CompletedTask;
                }
            },
            eager: true);
        Assert.That(task.State, Is.EqualTo(state));
        if (state == FutureState.Failed)
        {
            Assert.That(task.Exception, Is.TypeOf<FormatException>());
        }

        return Task.CompletedTask;
    });

    /// <summary>asyncio: test_eager_task_factory.test_block_after_eager_step; rule 88: once it waits it is a task like any other.</summary>
    [Test]
    public void ATaskThatWaits_GoesOnAsAnyOther() => Run(async () =>
    {
        var task = Asyncio.CreateTask(
            async () =>
            {
                Log.Add("first step");
                await Asyncio.SleepAsync(Soon);
                Log.Add(Asyncio.CurrentTask()!.Name);
                return "finished";
            },
            "eager",
            eager: true);
        Log.Add("created");
        Assert.That(task.IsDone, Is.False);
        Assert.That(await task, Is.EqualTo("finished"));
        Assert.That(Log, Is.EqualTo((string[])["first step", "created", "eager"]));
    });

    /// <summary>asyncio: test_eager_task_factory.test_cancellation_after_eager_step_blocks, and before it has waited at all.</summary>
    [Test]
    public void ATaskThatWaits_CanBeCancelled() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => Asyncio.SleepAsync(TimeSpan.FromHours(1)), eager: true);
        Assert.That(task.Cancel(), Is.True);
        Assert.That(task.CancelRequests, Is.EqualTo(1));
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>asyncio: test_eager_task_factory.test_await_future_during_eager_step: its wait is its own, not its maker's.</summary>
    [Test]
    public void TheWaitOfAFirstStep_IsThatOfTheTask() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(async () => await future, eager: true);
        var other = Asyncio.CreateTask(
            async () =>
            {
                await Asyncio.CreateTask(async () => await Asyncio.SleepAsync(Soon), eager: true);
                Log.Add("nested");
            },
            eager: true);
        Loop.CallSoon(() => future.SetResult(3));
        Assert.That(await task, Is.EqualTo(3));
        await other;
        Assert.That(Log, Is.EqualTo((string[])["nested"]));
    });

    /// <summary>asyncio: test_eager_task_factory.test_context_vars; rule 88: the first step has a copy of its maker's context.</summary>
    [Test]
    public void TheFirstStep_RunsInACopyOfTheContext() => Run(async () =>
    {
        _local.Value = "main";
        var task = Asyncio.CreateTask(
            async () =>
            {
                Log.Add(_local.Value!);
                _local.Value = "task";
                await Asyncio.YieldAsync();
                Log.Add(_local.Value!);
            },
            eager: true);
        Log.Add(_local.Value!);
        await task;
        Log.Add(_local.Value!);
        Assert.That(Log, Is.EqualTo((string[])["main", "main", "task", "main"]));
    });

    /// <summary>Rule 88: on a loop that does not run there is no step to take: it starts as a lazy one.</summary>
    [Test]
    public void OnALoopThatDoesNotRun_ItIsLazy()
    {
        var task = Loop.CreateTask(
            () =>
            {
                Log.Add("ran");
                return Task.CompletedTask;
            },
            eager: true);
        Assert.That(Log, Is.Empty);
        Loop.RunUntilComplete(task);
        Assert.That(Log, Has.Count.EqualTo(1));
    }

    /// <summary>Rule 88: made in a plain callback it runs as a task, and the callback goes on as a callback.</summary>
    [Test]
    public void InACallback_ItRunsAsATask()
    {
        Loop.CallSoon(() =>
        {
            _ = Asyncio.CreateTask(
                () =>
                {
                    Log.Add(Asyncio.CurrentTask()!.Name);
                    return Task.CompletedTask;
                },
                "eager",
                eager: true);
            Log.Add(Asyncio.CurrentTask()?.Name ?? "callback");
        });
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["eager", "callback"]));
    }

    /// <summary>Rule 89: a gather of eager tasks that are done takes no tick.</summary>
    [Test]
    public void AGatherOfEagerTasks_Takes0() => Run(async () =>
    {
        Loop.SetTaskFactory(LoopTaskFactory.Eager);
        Assert.That(await TicksOf(async () => await Asyncio.GatherAsync(() => Task.FromResult(1), () => Task.FromResult(2))), Is.Zero);
    });

    /// <summary>asyncio: test_eager_task_factory.test_recursive_taskgroups.</summary>
    [Test]
    public void GroupsInGroups_OfEagerTasks([Values] bool eager) => Run(async () =>
    {
        Loop.SetTaskFactory(eager ? LoopTaskFactory.Eager : null);
        var started = 0;
        await RecurseAsync(5, 4);
        Assert.That(started, Is.EqualTo(1 + 5 + 25 + 125 + 625));

        async Task RecurseAsync(int width, int depth)
        {
            started++;
            if (depth > 0)
            {
                await TaskGroup.RunAsync(group =>
                {
                    for (var i = 0; i < width; i++)
                    {
                        _ = group.CreateTask(() => RecurseAsync(width, depth - 1));
                    }

                    return Task.CompletedTask;
                });
            }
        }
    });
}
