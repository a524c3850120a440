using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What an error says of when, who and why: whole texts, on virtual time.</summary>
public sealed class MessageTests() : LoopFixture(LoopKind.Virtual)
{
    [Test]
    public void ACancelledTask_SaysWhenAndByWhat() => Run(async () =>
    {
        var worker = Asyncio.CreateTask(() => Asyncio.SleepAsync(Milliseconds(9)), "worker");
        var outer = Asyncio.CreateTask(async () => await worker, "outer");
        var outermost = Asyncio.CreateTask(async () => await outer, "outermost");
        await Asyncio.SleepAsync(Milliseconds(1));
        worker.Cancel();
        await ExpectAsync<OperationCanceledException>(
            async () => await worker, "task worker ended as cancelled at 0.001s: it was asked to stop at 0.001s.");
        await ExpectAsync<OperationCanceledException>(
            async () => await outer,
            "task outer ended as cancelled at 0.001s, though nobody had asked it to stop. What it awaited was cancelled: "
            + "task worker ended as cancelled at 0.001s: it was asked to stop at 0.001s.");
        await ExpectAsync<OperationCanceledException>(
            async () => await outermost,
            "task outermost ended as cancelled at 0.001s, though nobody had asked it to stop. What it awaited was cancelled: the inner exceptions say what.");
    });

    [Test]
    public void AWaitThatIsCancelled_IsTheSubject_NotTheLock() => Run(async () =>
    {
        var gate = new AsyncLock("L");
        using var hold = await gate.AcquireAsync();
        string? text = null;
        var waiting = Asyncio.CreateTask(
            async () => text = (await Caught.ByAsync<OperationCanceledException>(async () => await gate.AcquireAsync())).Message, "waiting");
        await Asyncio.SleepAsync(Milliseconds(2));
        waiting.Cancel();
        await waiting;
        Assert.That(text, Is.EqualTo("The wait for lock 'L' (acquired by task main) was cancelled: task waiting was asked to stop at 0.002s."));
        var sleeping = Asyncio.CreateTask(
            async () => text = (await Caught.ByAsync<OperationCanceledException>(async () => await Asyncio.SleepAsync(Milliseconds(9)))).Message, "sleeping");
        await Asyncio.YieldAsync();
        sleeping.Cancel();
        await sleeping;
        Assert.That(text, Is.EqualTo("The sleep was cancelled: task sleeping was asked to stop at 0.002s."));
    });

    [Test]
    public void ATimeout_SaysHowLongItWas_AndWhatWasWaitedFor() => Run(async () =>
    {
        await Asyncio.SleepAsync(Milliseconds(1));
        await ExpectAsync<TimeoutException>(
            async () => await Asyncio.TimeoutAsync(Milliseconds(4), WaitAsync),
            "The time was up at 0.005s in task main: the deadline was 0.005s, 0.004s after the block began. "
            + "What was interrupted: task main waits on an item of queue 'mail' since 0.001s in WaitAsync.");

        async Task WaitAsync() => await new AsyncQueue<int>(name: "mail").GetAsync();
    });

    [Test]
    public void TheTimeOfOneFuture_IsSingular() => Run(async () =>
    {
        var future = Loop.CreateFuture("slow");
        await ExpectAsync<TimeoutException>(
            async () =>
            {
                await foreach (var done in Asyncio.AsCompleted([future], Milliseconds(3)))
                {
                    await done;
                }
            },
            "The time for 1 future was up at 0.003s in task main, after 0.003s; not done: future 'slow'.");
    });

    /// <summary>asyncio's lock is not re-entrant either (rule 82): the report says so.</summary>
    [Test]
    public void ALockThatIsTakenTwice_IsNamedInTheStallReport()
    {
        var gate = new AsyncLock("L");
        var main = Loop.CreateTask(
            async () =>
            {
                using var first = await gate.AcquireAsync();
                using var second = await gate.AcquireAsync();
            },
            "main");
        var stalled = Assert.Throws<StalledException>(() => Loop.RunUntilComplete(main))!;
        Assert.That(
            stalled.Message,
            Does.Contain("\n  main waits on lock 'L', which it has acquired itself (an AsyncLock is not re-entrant) since 0.000s"));
        Loop.CancelAllTasks();
    }

    [Test]
    public void ItemsWithoutAnOrder_NameTheQueueAndTheComparer() => Run(async () =>
    {
        var jobs = new AsyncPriorityQueue<(int, object)>(name: "jobs");
        jobs.PutNoWait((1, new object()));
        await ExpectAsync<LoopException>(
            async () => await jobs.PutAsync((1, new object())),
            "queue 'jobs' cannot tell at 0.000s in task main which of two items comes first: ValueTuple`2, or a part of it, has no order (IComparable). "
            + "Give the queue a comparer: its parameter 'comparer'.");
        Assert.That(jobs.Count, Is.EqualTo(1));
    });

    [Test]
    public void LoopsOfTheSameName_AreToldApart() => Run(async () =>
    {
        using var other = NewLoop(new LoopOptions());
        await ExpectAsync<LoopException>(
            async () => await other.CreateFuture("far"),
            "future 'far' belongs to another loop that is called loop too, but is awaited at 0.000s in task main of loop: "
            + "a task can only await futures of its own loop. Hand the result over with CallSoonThreadSafe.");
    });

    /// <summary>The default log has where in the code, and when it was, if that was earlier.</summary>
    [Test]
    public void WithoutAHandler_TheLogHasTheTrace()
    {
        Loop.ExceptionHandler = null;
        Run(async () =>
        {
            _ = Asyncio.CreateTask(FailAsync, "lost");
            await Asyncio.SleepAsync(Milliseconds(3));
        });
        Loop.Close();
        Assert.That(Logged, Has.Count.EqualTo(1));
        var lines = Logged[0].Split(Environment.NewLine);
        Assert.That(lines[0], Is.EqualTo(
            "0.003s in lost: The exception was never retrieved: nobody awaited it (it failed at 0.001s): FormatException: bad"));
        Assert.That(lines[1], Does.Contain(nameof(FailAsync)));

        static async Task FailAsync()
        {
            await Asyncio.SleepAsync(Milliseconds(1));
            throw new FormatException("bad");
        }
    }

    private static async Task ExpectAsync<TError>(Func<Task> body, string text)
        where TError : Exception =>
        Assert.That((await Caught.ByAsync<TError>(body)).Message, Is.EqualTo(text));
}
