using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What is refused: with a type of its own, and a text that names the task and the time.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class MisuseTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_tasks.test_task_awaits_on_itself; rule 50.</summary>
    [Test]
    public void AwaitingItself_IsRefused() => Run(async () =>
    {
        LoopTask<ValueTuple>? self = null;
        self = Asyncio.CreateTask(async () => await self!, "narcissus");
        await ExpectAsync<LoopException>(
            async () => await self,
            "Task narcissus awaits itself at 0.000s in task narcissus: it would wait for ever.");
    });

    /// <summary>asyncio: test_tasks.test_other_loop_future; rule 50; through each of the combinators.</summary>
    [Test]
    public void AFutureOfAnotherLoop_IsRefused() => Run(async () =>
    {
        using var other = NewLoop(new LoopOptions { Name = "other" });
        var far = other.CreateFuture<int>();
        await ExpectAsync<LoopException>(
            async () => await far,
            "a future belongs to other, but is awaited at 0.000s in task main of loop: a task can only await futures of its own loop. "
            + "Hand the result over with CallSoonThreadSafe.");
        foreach (var (use, call) in ((string, Func<Task>)[])
        [
            ("wait for", async () => await Asyncio.WaitAsync([Loop.CreateFuture<int>(), far])),
            ("await as completed", () => Task.FromResult(Asyncio.AsCompleted([Loop.CreateFuture<int>(), far]))),
            ("gather", async () => await Asyncio.GatherAsync<int>(Loop.CreateFuture<int>(), far)),
            ("gather", async () => await Asyncio.GatherAsync<int>(far, Loop.CreateFuture<int>())),
        ])
        {
            await ExpectAsync<LoopException>(
                call,
                $"a future belongs to other, not to loop: all futures to {use} at 0.000s in task main must be of one loop. "
                + "Hand the result of the other over with CallSoonThreadSafe.");
        }

        await Caught.ByAsync<LoopException>(async () => await Asyncio.WaitForAsync(far, Soon));
        await Caught.ByAsync<LoopException>(async () => await Asyncio.Shield(far));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_21, test_timeouts.test_no_task: both need a task.</summary>
    [Test]
    public void ATimeoutOrAGroup_OutsideOfATask_IsRefused()
    {
        var texts = new List<string>();
        Loop.CallSoon(() =>
        {
            foreach (var call in (Func<ValueTask>[])
            [
                () => Asyncio.TimeoutAsync(Soon, _ => Task.CompletedTask),
                () => TaskGroup.RunAsync(_ => Task.CompletedTask),
            ])
            {
                var outcome = call().AsTask();
                Assert.That(outcome.Exception!.InnerException, Is.TypeOf<LoopException>());
                texts.Add(Dated(outcome.Exception.InnerException!.Message));
            }
        });
        Iterate();
        Assert.That(texts, Is.EqualTo((string[])
        [
            "A timeout asks its task to stop, and there is no task at 0.000s in a callback: use it inside an async method that runs as a task.",
            "A task group belongs to a task, and there is none at 0.000s in a callback: use it inside an async method that runs as a task.",
        ]));
    }

    /// <summary>asyncio: test_taskgroups.test_taskgroup_22, 23; rule 80: a group that has ended takes no tasks, and starts none.</summary>
    [Test]
    public void AGroupThatHasEnded_TakesNoTasks() => Run(async () =>
    {
        TaskGroup? seen = null;
        await TaskGroup.RunAsync(group =>
        {
            seen = group;
            return Task.CompletedTask;
        });
        await ExpectAsync<LoopException>(
            () => Do(() => seen!.CreateTask(FailAsync)),
            "The task group of main has ended: at 0.000s in task main it takes no more tasks. Start them before its body returns.");
        Assert.That(Asyncio.AllTasks(), Has.Count.EqualTo(1));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_no_create_task_after_failure; rule 80: nor does one that is shutting down.</summary>
    [Test]
    public void AGroupThatShutsDown_TakesNoTasks([Values] bool cancelled) => Run(async () =>
    {
        Func<Task> group = async () => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(
                async () =>
                {
                    await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));
                    await ExpectAsync<LoopException>(
                        () => Do(() => group.CreateTask(FailAsync)),
                        "The task group of main is shutting down: at 0.000s in task child it takes no more tasks, because one has failed or it was cancelled.");
                    Log.Add("refused");
                },
                "child");
            await Asyncio.YieldAsync();
            if (!cancelled)
            {
                throw new FormatException();
            }

            group.Cancel();
        });
        if (cancelled)
        {
            await group();
        }
        else
        {
            await Caught.ByAsync<TaskGroupException>(group);
        }

        Assert.That(Log, Is.EqualTo((string[])["refused"]));
    });

    /// <summary>asyncio: test_timeouts.test_cannot_reschedule_after_expire, test_nested_timeouts; rule 76.</summary>
    [Test]
    public void ReschedulingTooLate_IsRefused() => Run(async () =>
    {
        TimeoutScope? seen = null;
        await Asyncio.TimeoutAsync(null, scope =>
        {
            seen = scope;
            return Task.CompletedTask;
        });
        await ExpectAsync<LoopException>(
            () => RescheduleAsync(seen!),
            "The block of this timeout of task main was left: at 0.000s in task main there is nothing to reschedule.");
        await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(TimeSpan.Zero, async scope =>
        {
            seen = scope;
            await Caught.IsCancelledAsync(async () => await Asyncio.YieldAsync());
            await ExpectAsync<LoopException>(
                () => RescheduleAsync(scope),
                "The timeout of task main has expired: at 0.000s in task main it is too late to reschedule it.");
            throw new OperationCanceledException();
        }));
        await ExpectAsync<LoopException>(
            () => RescheduleAsync(seen!),
            "The timeout of task main has expired: at 0.000s in task main it is too late to reschedule it.");

        static Task RescheduleAsync(TimeoutScope scope)
        {
            scope.Reschedule(null);
            return Task.CompletedTask;
        }
    });

    /// <summary>Rule 40; a task's outcome is its body's.</summary>
    [Test]
    public void CompletingTwice_IsRefused() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        future.SetResult(1);
        await ExpectAsync<InvalidStateException>(
            () => Do(() => future.SetResult(2)),
            "a future has a result already, and is completed again at 0.000s in task main: a future is completed once. Where two may race to complete it, use TrySetResult.");
        var task = Asyncio.CreateTask(() => Task.FromResult(1), "job");
        foreach (var set in (Action[])[() => task.SetResult(2), () => task.SetException(new FormatException()), () => task.TrySetResult(2)])
        {
            await ExpectAsync<LoopException>(
                () => Do(set),
                "The outcome of task job is that of its body: it cannot be set from outside, as was tried at 0.000s in task main.");
        }

        Assert.That(await task, Is.EqualTo(1));
    });

    /// <summary>Rule 40: the outcome before there is one.</summary>
    [Test]
    public void AskingTooEarly_IsRefused() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => Task.FromResult(1), "job");
        await ExpectAsync<InvalidStateException>(
            () => Task.FromResult(task.Result),
            "task job is not done at 0.000s in task main: await it before asking for its outcome.");
    });

    /// <summary>asyncio: test_tasks.test_wait_errors; rule 66.</summary>
    [Test]
    public void WaitingForNothing_IsRefused() => Run(async () =>
    {
        await ExpectAsync<ArgumentException>(
            async () => await Asyncio.WaitAsync(Array.Empty<Future<int>>()),
            "There is nothing to wait for at 0.000s in task main: the list of futures is empty. (Parameter 'futures')");
        await ExpectAsync<ArgumentException>(
            async () => await Asyncio.WaitAsync((Future<int>[])[null!]),
            "One of the futures to wait for at 0.000s in task main is null.");
        Assert.That(() => Asyncio.WaitAsync((IEnumerable<Future<int>>)null!), Throws.ArgumentNullException);
    });

    /// <summary>Rule 18: two runs at once, and one that is inside of another; the first goes on unharmed.</summary>
    [Test]
    public void TwoRunsAtOnce_AreRefused() => Run(async () =>
    {
        var loop = Loop;
        var pending = Loop.CreateFuture<int>();
        using var other = NewLoop(new LoopOptions { Name = "other" });
        foreach (var second in (Action[])
        [
            () => loop.RunUntilComplete(pending), loop.RunForever, () => other.RunUntilComplete(() => Task.CompletedTask), () => Asyncio.Run(() => Task.CompletedTask),
        ])
        {
            var error = await Caught.ByAsync<LoopRunningException>(() => Do(second));
            Assert.That(Dated(error.Message), Does.Contain("at 0.000s in task main"));
        }

        pending.SetResult(1);
        Assert.That(await pending, Is.EqualTo(1));
    });

    /// <summary>Rule 19: after its end a loop takes nothing more.</summary>
    [Test]
    public void UseAfterClose_IsRefused()
    {
        using var loop = NewLoop(new LoopOptions { Name = "past" });
        var future = loop.CreateFuture<int>();
        loop.Close();
        foreach (var use in (Action[])
        [
            () => loop.CreateTask(() => Task.CompletedTask), () => loop.CreateFuture<int>(), () => future.AddDoneCallback(_ => { }),
            () => loop.RunUntilComplete(future), () => loop.CallSoon(() => { }),
        ])
        {
            Assert.That(() => use(), Throws.TypeOf<LoopClosedException>().With.Message.Contains("past"));
        }
    }

    /// <summary>Outside of a loop there is none to act on, and each call says so.</summary>
    [Test]
    public void OutsideOfALoop_EachCallSaysSo()
    {
        foreach (var use in (Action[])
        [
            () => Asyncio.CreateTask(() => Task.CompletedTask), () => Asyncio.SleepAsync(Soon).AsTask(), () => Asyncio.CurrentTask(), () => Asyncio.CaptureCallGraph(),
            () => Asyncio.WaitAsync([Loop.CreateFuture<int>()]).AsTask(), () => Asyncio.AsCompleted([Loop.CreateFuture<int>()]),
        ])
        {
            Assert.That(() => use(), Throws.TypeOf<NoRunningLoopException>());
        }
    }

    /// <summary>A body that returns null is named.</summary>
    [Test]
    public void ABodyWithoutATask_IsRefused() => Run(async () =>
    {
        await ExpectAsync<LoopException>(
            async () => await Asyncio.CreateTask(() => (Task)null!, "job"),
            "The body of task job returned null instead of a Task at 0.000s in task job: make it an async method.");
        await ExpectAsync<LoopException>(
            async () => await Asyncio.TimeoutAsync(Soon, _ => null!),
            "The body of a timeout returned null instead of a Task at 0.000s in task main: make it an async method.");
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(_ => null!));
        Assert.That(Dated(error.InnerExceptions[0].Message), Is.EqualTo(
            "The body of a task group returned null instead of a Task at 0.000s in task main: make it an async method."));
    });

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static Task FailAsync() => throw new AssertionException("it was started");

    private async Task ExpectAsync<TError>(Func<Task> body, string text)
        where TError : Exception
    {
        var error = await Caught.ByAsync<TError>(body);
        Assert.That(Dated(error.Message), Is.EqualTo(text));
    }

    // On real time every moment is the first.
    private string Dated(string text) =>
        IsVirtual ? text : System.Text.RegularExpressions.Regex.Replace(text, @"at \d+\.\d+s", "at 0.000s");
}
