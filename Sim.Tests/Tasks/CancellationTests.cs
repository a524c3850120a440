using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Cancellation: section F of the rules.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CancellationTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 52: never inline; false once done; the count rises.</summary>
    [Test]
    public void Cancel_IsNotDeliveredInline() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => SleepLongAsync("task"));
        await Asyncio.YieldAsync();
        Assert.That(task.Cancel(), Is.True);
        Assert.That((task.IsDone, task.CancelRequests, Log.Count), Is.EqualTo((false, 1, 0)));
        await SettleAsync();
        Assert.That((task.IsCancelled, task.Cancel(), task.CancelRequests), Is.EqualTo((true, false, 1)));
        Assert.That(Log, Is.EqualTo((string[])["task: cancelled"]));
    });

    /// <summary>Rule 54: a task that has not started never runs its body.</summary>
    [Test]
    public void CancellingATaskBeforeItsStart_KeepsItFromStarting() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() =>
        {
            Log.Add("ran");
            return Task.CompletedTask;
        });
        Assert.That(task.Cancel(), Is.True);
        var start = Loop.Iteration;
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            LogTick("cancelled", start);
        }

        Assert.That(Log, Is.EqualTo((string[])["cancelled@2"]), "the start's tick, and one for the awaiter");
    });

    /// <summary>Rule 55: a result that came in the same tick is lost; the cancellation wins.</summary>
    [TestCase("future")]
    [TestCase("sleep")]
    [TestCase("yield")]
    public void ACancellationAfterTheResult_AndBeforeTheStep_Wins(string waitsOn) => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(async () =>
        {
            await (waitsOn switch
            {
                "future" => AwaitAsync(future),
                "sleep" => Asyncio.SleepAsync(TimeSpan.FromTicks(1)),
                _ => Asyncio.YieldAsync(),
            });
            Log.Add("resumed with the result");
        });
        await Asyncio.YieldAsync();
        if (waitsOn == "sleep")
        {
            // In the tick of its timer, after it.
            var when = Loop.Time + TimeSpan.FromTicks(2);
            var fired = Loop.CreateFuture<int>();
            Loop.CallAt(Loop.Time + TimeSpan.FromTicks(1), () =>
            {
                task.Cancel();
                fired.SetResult(0);
            });
            await fired;
        }
        else
        {
            future.SetResult(7);
            task.Cancel();
        }

        await SettleAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That(Log, Is.Empty);

        static async ValueTask AwaitAsync(Future<int> future) => await future;
    });

    /// <summary>asyncio: test_tasks.test_cancel_current_task; rule 56: self-cancel: not at awaits that do not suspend, but at the first that does.</summary>
    [Test]
    public void ASelfCancel_IsDeliveredAtTheFirstRealSuspension([Values] bool yielding) => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            Asyncio.CurrentTask()!.Cancel();
            await Task.CompletedTask;
            var done = Loop.CreateFuture<int>();
            done.SetResult(0);
            await done;
            Log.Add("before");
            await (yielding ? Asyncio.YieldAsync() : Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            Log.Add("after");
        });
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["before"]));
        Assert.That(task.IsCancelled, Is.True);
    });

    /// <summary>asyncio: test_tasks.test_cancel_at_end; rule 56: a body that returns first ends cancelled; one that throws, with its exception.</summary>
    [Test]
    public void ASelfCancelAtTheEnd_CancelsTheResult_ButNotTheException() => Run(async () =>
    {
        var returning = Asyncio.CreateTask(() =>
        {
            Asyncio.CurrentTask()!.Cancel();
            return Task.FromResult(7);
        });
        var throwing = Asyncio.CreateTask(async () =>
        {
            await Asyncio.YieldAsync();
            Asyncio.CurrentTask()!.Cancel();
            throw new FormatException();
        });
        await SettleAsync();
        Assert.That(returning.IsCancelled, Is.True);
        Assert.That(throwing.Exception, Is.TypeOf<FormatException>());
    });

    /// <summary>Rule 57: two requests before the delivery are one delivery and a count of two.</summary>
    [Test]
    public void TwoRequests_AreOneDelivery() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            await SwallowAsync();
            Log.Add($"count {Asyncio.CurrentTask()!.CancelRequests}");
            await Asyncio.YieldAsync();
            await Asyncio.SleepAsync(Soon);
            Log.Add("went on");
        });
        await Asyncio.YieldAsync();
        task.Cancel();
        task.Cancel();
        await task;
        Assert.That(Log, Is.EqualTo((string[])["swallowed", "count 2", "went on"]));
    });

    /// <summary>Rule 57: a task that swallows goes on; a later request is delivered again.</summary>
    [Test]
    public void ALaterRequest_IsDeliveredAgain() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            await SwallowAsync();
            await SwallowAsync();
            return Asyncio.CurrentTask()!.CancelRequests;
        });
        await Asyncio.YieldAsync();
        task.Cancel();
        await Asyncio.YieldAsync();
        task.Cancel();
        Assert.That(await task, Is.EqualTo(2));
        Assert.That(Log, Is.EqualTo((string[])["swallowed", "swallowed"]));
    });

    /// <summary>Rule 58: cancelled is whose body ends with a cancellation, requested or not; who awaits it gets one.</summary>
    [Test]
    public void ABodyThatThrowsACancellation_MakesACancelledTask() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            await Asyncio.YieldAsync();
            throw new OperationCanceledException("of my own");
        });
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            Log.Add("cancelled");
        }

        Assert.That((task.IsCancelled, task.CancelRequests), Is.EqualTo((true, 0)));
        Assert.That(Log, Is.EqualTo((string[])["cancelled"]));
    });

    /// <summary>Rule 60, as this project has it: no messages; each awaiter gets a cancellation of its own.</summary>
    [Test]
    public void EveryAwaiter_GetsItsOwnException() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => SleepLongAsync("task"));
        await Asyncio.YieldAsync();
        task.Cancel();
        var errors = new List<Exception>();
        for (var i = 0; i < 2; i++)
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException error)
            {
                errors.Add(error);
            }
        }

        Assert.That(errors, Has.Count.EqualTo(2));
        Assert.That(errors[0], Is.Not.SameAs(errors[1]));
        Assert.That(errors[0].Message, Does.Match(@"^task SleepLongAsync ended as cancelled at \d+\.\d+s: it was asked to stop at \d+\.\d+s\.$"));
    });

    private async Task SwallowAsync()
    {
        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        }
        catch (OperationCanceledException)
        {
            Log.Add("swallowed");
        }
    }

    private async Task SleepLongAsync(string name)
    {
        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        }
        catch (OperationCanceledException)
        {
            Log.Add($"{name}: cancelled");
            throw;
        }
    }
}
