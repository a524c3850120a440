using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Futures in the order of their completion: rule 68.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class AsCompletedTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_tasks.test_as_completed; rule 68: what comes out are the futures that went in.</summary>
    [Test]
    public void Futures_ComeInTheOrderOfTheirCompletion() => Run(async () =>
    {
        var (a, b, c) = (SleepTask(5), SleepTask(60), SleepTask(30));
        var order = new List<LoopTask>();
        await foreach (var done in Asyncio.AsCompleted([b, c, a]))
        {
            Assert.That(done.IsDone, Is.True);
            order.Add(done);
        }

        Assert.That(order, Is.EqualTo((LoopTask[])[a, c, b]));
    });

    /// <summary>Rule 68: what is done already comes first; here in argument order, where asyncio has the order of addresses.</summary>
    [Test]
    public void WhatIsDone_ComesFirst_InArgumentOrder() => Run(async () =>
    {
        var futures = Enumerable.Range(0, 5).Select(_ => Loop.CreateFuture<int>()).ToArray();
        futures[3].SetResult(0);
        futures[1].SetResult(0);
        futures[4].SetResult(0);
        Loop.CallSoon(() =>
        {
            futures[2].SetResult(0);
            futures[0].SetResult(0);
        });
        await foreach (var future in Asyncio.AsCompleted(futures))
        {
            Log.Add($"{Array.IndexOf(futures, future)}");
        }

        Assert.That(Log, Is.EqualTo((string[])["1", "3", "4", "2", "0"]));
    });

    /// <summary>asyncio: test_tasks.test_as_completed_with_timeout; rule 68: each that is missing is an error; nothing is cancelled.</summary>
    [Test]
    public void AfterTheTimeout_EachThatIsMissing_IsAnError() => Run(async () =>
    {
        // On real time it is done before: a busy machine may look only when both times are up.
        var a = SleepTask(5);
        if (!IsVirtual)
        {
            await a;
        }

        var (b, c) = (SleepTask(3_600_000, "b"), SleepTask(3_600_000, "c"));
        await using var stream = Asyncio.AsCompleted([a, b, c], Milliseconds(50)).GetAsyncEnumerator();
        Assert.That(await stream.MoveNextAsync(), Is.True);
        Assert.That(stream.Current, Is.SameAs(a));
        for (var i = 0; i < 2; i++)
        {
            var error = await Caught.ByAsync<TimeoutException>(async () => await stream.MoveNextAsync());
            Assert.That(error.Message, Does.Match(
                @"^The time for 3 futures was up at \d+\.\d+s in task main, after \d+\.\d+s; not done: task b, task c\.$"));
        }

        if (IsVirtual)
        {
            Assert.That(Loop.Time.SinceOrigin, Is.EqualTo(Milliseconds(50)));
        }

        Assert.That(await stream.MoveNextAsync(), Is.False);
        Assert.That((b.IsDone, c.IsDone), Is.EqualTo((false, false)));
        b.Cancel();
        c.Cancel();
    });

    /// <summary>Rule 68: what is over in time is not lost when it is fetched after the timeout.</summary>
    [Test]
    public void WhatWasDoneInTime_IsThereAfterTheTimeout() => Run(async () =>
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        a.SetResult(1);
        await using var stream = Asyncio.AsCompleted([b, a], Soon).GetAsyncEnumerator();
        await Asyncio.SleepAsync(Soon * 3);
        Assert.That(await stream.MoveNextAsync(), Is.True);
        Assert.That(stream.Current, Is.SameAs(a));
        await Caught.ByAsync<TimeoutException>(async () => await stream.MoveNextAsync());
        b.SetResult(2);
        await SettleAsync();
        Assert.That(await stream.MoveNextAsync(), Is.False, "what comes after the end of the time does not come back");
    });

    /// <summary>A completion whose callback stands in the ready queue when the time is up is late (CPython: _handle_timeout was first).</summary>
    [Test]
    public void ACompletionInTheTickOfTheTimeout_IsLate() => Run(async () =>
    {
        var a = Loop.CreateFuture<int>();
        await using var stream = Asyncio.AsCompleted([a], TimeSpan.Zero).GetAsyncEnumerator();
        // The timer is due in the next iteration, behind the callback that sets the future, before the callback of that.
        Loop.CallSoon(() => a.SetResult(1));
        await Caught.ByAsync<TimeoutException>(async () => await stream.MoveNextAsync());
        Assert.That(await stream.MoveNextAsync(), Is.False);
    });

    /// <summary>asyncio: test_tasks.test_as_completed_resume_iterator: a loop that was left is taken up where it was.</summary>
    [Test]
    public void AnIterationThatWasLeft_GoesOn() => Run(async () =>
    {
        var stream = Asyncio.AsCompleted(Enumerable.Range(0, 4).Select(number => Asyncio.CreateTask(() => Task.FromResult(number))));
        await foreach (var done in stream)
        {
            Log.Add($"{done.Result}");
            if (Log.Count == 2)
            {
                break;
            }
        }

        await foreach (var done in stream)
        {
            Log.Add($"then {done.Result}");
        }

        Assert.That(Log, Is.EqualTo((string[])["0", "1", "then 2", "then 3"]));
    });

    /// <summary>
    /// asyncio: test_tasks.test_as_completed_concurrent, test_as_completed_reverse_wait: several may draw from one stream; who asked
    /// first gets the first.
    /// </summary>
    [Test]
    public void SeveralTasks_DrawFromOneStream() => Run(async () =>
    {
        var futures = Enumerable.Range(0, 3).Select(_ => Loop.CreateFuture<int>()).ToArray();
        var stream = Asyncio.AsCompleted(futures);
        var takers = Enumerable.Range(0, 3).Select(taker => Asyncio.CreateTask(async () =>
        {
            await using var items = stream.GetAsyncEnumerator();
            await items.MoveNextAsync();
            Log.Add($"{taker} has {Array.IndexOf(futures, items.Current)}");
        })).ToArray();
        await Asyncio.YieldAsync();
        foreach (var index in (int[])[2, 0, 1])
        {
            futures[index].SetResult(index);
        }

        await Asyncio.WaitAsync(takers);
        Assert.That(Log, Is.EqualTo((string[])["0 has 2", "1 has 0", "2 has 1"]));
    });

    /// <summary>A taker that is cancelled after it was woken passes the wake-up on: the item is not lost to the others.</summary>
    [Test]
    public void ATakerCancelledInItsTick_PassesTheWakeUpOn() => Run(async () =>
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var stream = Asyncio.AsCompleted([a, b]);
        var (first, second) = (Taker("first"), Taker("second"));
        await Asyncio.YieldAsync();
        a.SetResult(1);
        await Asyncio.YieldAsync();
        first.Cancel();
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["second has 1"]));
        Assert.That(first.IsCancelled, Is.True);
        b.SetResult(2);

        LoopTask Taker(string name) => Asyncio.CreateTask(async () =>
        {
            await using var items = stream.GetAsyncEnumerator();
            await items.MoveNextAsync();
            Log.Add($"{name} has {items.Current.Result}");
        });
    });

    /// <summary>A token given to the enumerator ends its waits and leaves the futures alone.</summary>
    [Test]
    public void AToken_EndsTheWaitForTheNext() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var future = Loop.CreateFuture<int>();
        Loop.CallSoon(source.Cancel);
        var error = await Caught.ByAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Asyncio.AsCompleted([future]).WithCancellation(source.Token))
            {
                Log.Add("came");
            }
        });
        Assert.That((error.CancellationToken, future.IsDone, Log.Count), Is.EqualTo((source.Token, false, 0)));
    });

    /// <summary>Rule 68: failures come out as futures, and are not raised.</summary>
    [Test]
    public void AFailure_ComesOutAsItsFuture() => Run(async () =>
    {
        var (failed, cancelled) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        failed.SetException(new FormatException("mine"));
        cancelled.Cancel();
        await foreach (var future in Asyncio.AsCompleted([failed, cancelled, failed]))
        {
            Log.Add(future.IsCancelled ? "cancelled" : future.Exception!.Message);
        }

        Assert.That(Log, Is.EqualTo((string[])["mine", "cancelled"]), "a repetition counts once");
    });

    /// <summary>Of nothing comes nothing, at once, whatever the timeout.</summary>
    [Test]
    public void NoFutures_AreNoItems() => Run(async () =>
    {
        await using var stream = Asyncio.AsCompleted<Future<int>>([], TimeSpan.Zero).GetAsyncEnumerator();
        Assert.That(await TicksOf(async () => Assert.That(await stream.MoveNextAsync(), Is.False)), Is.Zero);
        Assert.That(() => stream.Current, Throws.InvalidOperationException);
    });

    private static LoopTask SleepTask(double milliseconds, string? name = null) =>
        Asyncio.CreateTask(() => Asyncio.SleepAsync(Milliseconds(milliseconds)), name);
}
