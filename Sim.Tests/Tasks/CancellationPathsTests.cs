using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The ways that a cancellation can take through futures, tasks and gathers: rules 52, 55 to 58, 64.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CancellationPathsTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>
    /// asyncio: test_tasks.test_cancel_inner_future, test_cancel_both_task_and_inner_future; rule 58: also without a request the task of a
    /// cancelled future ends cancelled.
    /// </summary>
    [Test]
    public void ACancelledFuture_CancelsItsTask([Values] bool taskToo) => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(async () => await future);
        await Asyncio.YieldAsync();
        future.Cancel();
        if (taskToo)
        {
            task.Cancel();
        }

        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That((task.IsCancelled, task.CancelRequests), Is.EqualTo((true, taskToo ? 1 : 0)));
    });

    /// <summary>asyncio: test_tasks.test_cancel_task_catching, test_cancel_task_ignoring, test_task_cancel_waiter_future; rules 52, 57.</summary>
    [Test]
    public void ARequest_CancelsWhatTheTaskWaitsOnNow([Values] bool goesOn) => Run(async () =>
    {
        var (first, second, third) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var task = Asyncio.CreateTask(async () =>
        {
            await first;
            await Caught.IsCancelledAsync(async () => await second);
            return goesOn ? await third : 42;
        });
        await Asyncio.YieldAsync();
        first.SetResult(1);
        await Asyncio.YieldAsync();
        task.Cancel();
        Assert.That((first.IsCancelled, second.IsCancelled, third.IsDone), Is.EqualTo((false, true, false)), "at once, not at the next step");
        await Asyncio.YieldAsync();
        third.SetResult(42);
        Assert.That(await task, Is.EqualTo(42));
        Assert.That(task.IsCancelled, Is.False);
    });

    /// <summary>asyncio: test_tasks.test_cancel_awaited_task: a task asks itself, then awaits another: that one is cancelled with it.</summary>
    [Test]
    public void ATaskThatAskedItself_TakesTheNextOneItAwaitsWithIt() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        LoopTask<int>? nested = null;
        var task = Asyncio.CreateTask(async () =>
        {
            nested = Asyncio.CreateTask(async () => await future);
            await Asyncio.YieldAsync();
            Asyncio.CurrentTask()!.Cancel();
            await nested;
        });
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That((task.IsCancelled, nested!.IsCancelled, future.IsCancelled), Is.EqualTo((true, true, true)));
    });

    /// <summary>asyncio: test_tasks.test_baseexception_during_cancel; rule 17: a fatal exception on the way out leaves the loop and is the task's.</summary>
    [Test]
    public void AFatalExceptionDuringACancellation_IsTheTasks()
    {
        using var loop = NewLoop(new LoopOptions { IsFatal = static error => error is FormatException });
        var task = loop.CreateTask(async () =>
        {
            await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            throw new FormatException("fatal");
        });
        Turn();
        task.Cancel();
        Assert.That(task.IsDone, Is.False);
        Assert.That(Turn, Throws.TypeOf<FormatException>());
        Assert.That((task.State, task.Exception!.Message), Is.EqualTo((FutureState.Failed, "fatal")));

        void Turn()
        {
            loop.Stop();
            loop.RunForever();
        }
    }

    /// <summary>asyncio: test_tasks.test_current_task_with_interleaving_tasks; rule 51.</summary>
    [Test]
    public void TheCurrentTask_ChangesWithTheSteps() => Run(async () =>
    {
        var (first, second) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var one = Asyncio.CreateTask(
            async () =>
            {
                Log.Add(Asyncio.CurrentTask()!.Name);
                await first;
                Log.Add(Asyncio.CurrentTask()!.Name);
                second.SetResult(1);
            },
            "one");
        var two = Asyncio.CreateTask(
            async () =>
            {
                Log.Add(Asyncio.CurrentTask()!.Name);
                first.SetResult(1);
                await second;
                Log.Add(Asyncio.CurrentTask()!.Name);
            },
            "two");
        await Asyncio.WaitAsync([one, two]);
        Log.Add(Asyncio.CurrentTask()!.Name);
        Assert.That(Log, Is.EqualTo((string[])["one", "two", "one", "two", "main"]));
    });

    /// <summary>asyncio: test_tasks.test_cancel_gather_1; rule 64: a gather whose children have all ended refuses to be cancelled.</summary>
    [Test]
    public void AGatherWhoseChildrenHaveEnded_RefusesToBeCancelled() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var child = Asyncio.CreateTask(async () => await future);
        var gather = Asyncio.GatherAsync<int>(child);
        await Asyncio.YieldAsync();
        bool? cancelled = null;
        child.AddDoneCallback(_ => cancelled = gather.Cancel());
        future.SetResult(42);
        Assert.That(await gather, Is.EqualTo((int[])[42]));
        Assert.That(cancelled, Is.False);
    });

    /// <summary>asyncio: test_tasks.test_cancel_gather_2; rule 64: a task that gathers outcomes again and again still ends when cancelled.</summary>
    [Test]
    public void ALoopThatGathersOutcomes_CanBeCancelled() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            while (true)
            {
                await Asyncio.GatherOutcomesAsync<ValueTuple>(Asyncio.CreateTask(() => Asyncio.SleepAsync(Milliseconds(1))));
            }
        });
        await Asyncio.SleepAsync(Milliseconds(10));
        task.Cancel();
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
    });

    /// <summary>asyncio: test_tasks.test_cancellation_broadcast; rules 52, 64: through the task, the gather and its children to what they wait on.</summary>
    [Test]
    public void ARequest_GoesThroughAGather_ToEveryChild() => Run(async () =>
    {
        var waited = Loop.CreateFuture<int>();
        var (one, two) = (Asyncio.CreateTask(InnerAsync), Asyncio.CreateTask(InnerAsync));
        Future<int[]>? gather = null;
        var outer = Asyncio.CreateTask(async () =>
        {
            gather = Asyncio.GatherAsync<int>(one, two);
            await gather;
            Log.Add("outer went on");
        });
        await Asyncio.YieldAsync();
        Assert.That(outer.Cancel(), Is.True);
        Assert.That(await Caught.IsCancelledAsync(async () => await outer), Is.True);
        Assert.That((gather!.Cancel(), waited.IsCancelled, one.IsCancelled, two.IsCancelled), Is.EqualTo((false, true, true, true)));
        Assert.That(Log, Is.Empty);

        async Task<int> InnerAsync()
        {
            var result = await waited;
            Log.Add("inner went on");
            return result;
        }
    });
}
