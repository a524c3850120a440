using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Gathering: section G of the rules.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class GatherTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 61: wrapped in argument order, results in argument order, whoever is done first.</summary>
    [Test]
    public void Results_AreInArgumentOrder_AndTasksStartInIt() => Run(async () =>
    {
        var results = await Asyncio.GatherAsync(() => PartAsync(3), () => PartAsync(1), () => PartAsync(2));
        Assert.That(results, Is.EqualTo((int[])[3, 1, 2]));
        Assert.That(Log, Is.EqualTo((string[])["start 3", "start 1", "start 2", "end 1", "end 2", "end 3"]));

        async Task<int> PartAsync(int number)
        {
            Log.Add($"start {number}");
            await Asyncio.SleepAsync(Milliseconds(number * 15));
            Log.Add($"end {number}");
            return number;
        }
    });

    /// <summary>Rule 61: a duplicate is waited for once and stands at each of its places.</summary>
    [Test]
    public void ADuplicate_StandsAtEachOfItsPlaces() => Run(async () =>
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var gather = Asyncio.GatherAsync<int>(a, b, a);
        b.SetResult(2);
        await Asyncio.YieldAsync();
        Assert.That(gather.IsDone, Is.False);
        a.SetResult(1);
        Assert.That(await gather, Is.EqualTo((int[])[1, 2, 1]));
    });

    /// <summary>Rule 62: what is done already counts in the call itself.</summary>
    [Test]
    public void WhatIsDone_CountsAtOnce()
    {
        var (done, failed, pending) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        done.SetResult(1);
        failed.SetException(new FormatException());
        Loop.CallSoon(() =>
        {
            Assert.That(Asyncio.GatherAsync<int>(done, done).Result, Is.EqualTo((int[])[1, 1]));
            Assert.That(Asyncio.GatherAsync<int>(pending, failed).Exception, Is.TypeOf<FormatException>());
            Assert.That(Asyncio.GatherAsync<int>(pending, done).IsDone, Is.False);
        });
        Iterate();
    }

    /// <summary>asyncio: test_tasks.test_exception_marking; rule 63: the first failure is the outcome; the others go on; what they throw later is swallowed.</summary>
    [Test]
    public void TheFirstFailure_IsTheOutcome_AndTheOthersGoOn() => Run(async () =>
    {
        var first = Asyncio.CreateTask(() => FailAfterAsync(5, "first"));
        var hold = Loop.CreateFuture<int>();
        var second = Asyncio.CreateTask(() => FailWhenAsync(hold));
        var third = Asyncio.CreateTask(async () => await hold);
        try
        {
            await Asyncio.GatherAsync<int>(second, first, third);
        }
        catch (FormatException error)
        {
            Log.Add(error.Message);
        }

        Assert.That(Log, Is.EqualTo((string[])["first"]));
        Assert.That(second.IsDone || third.IsDone, Is.False);
        hold.SetResult(3);
        Assert.That(await third, Is.EqualTo(3));
        Assert.That(second.State, Is.EqualTo(FutureState.Failed), "and nothing is reported at close");

        static async Task<int> FailAfterAsync(double milliseconds, string text)
        {
            await Asyncio.SleepAsync(Milliseconds(milliseconds));
            throw new FormatException(text);
        }
    });

    private static async Task<int> FailWhenAsync(Future<int> held)
    {
        await held;
        throw new FormatException("second");
    }

    /// <summary>asyncio: test_tasks.test_one_cancellation; rule 63: a child's cancellation is a failure: the gather has an exception and is not cancelled; who awaits it ends cancelled.</summary>
    [Test]
    public void AChildsCancellation_IsAFailure() => Run(async () =>
    {
        var child = Loop.CreateFuture<int>();
        var gather = Asyncio.GatherAsync<int>(child, Loop.CreateFuture<int>());
        var waiter = Asyncio.CreateTask(async () => await gather);
        await Asyncio.YieldAsync();
        child.Cancel();
        await Asyncio.YieldAsync();
        Assert.That((gather.State, gather.IsCancelled), Is.EqualTo((FutureState.Failed, false)));
        Assert.That(gather.Exception, Is.TypeOf<OperationCanceledException>());
        await Asyncio.YieldAsync();
        Assert.That(waiter.IsCancelled, Is.True);
    });

    /// <summary>Rule 64: cancelling it cancels every child that is not done; it is done when all are.</summary>
    [Test]
    public void CancellingAGather_CancelsTheChildren_AndIsDoneWhenTheyAre() => Run(async () =>
    {
        var stubborn = Asyncio.CreateTask(async () =>
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }
            catch (OperationCanceledException)
            {
                await Asyncio.SleepAsync(Soon);
            }

            return 1;
        });
        var meek = Asyncio.CreateTask(async () =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            return 2;
        });
        var outcomes = Asyncio.GatherOutcomesAsync<int>(stubborn, meek);
        await Asyncio.YieldAsync();
        Assert.That(outcomes.Cancel(), Is.True);
        Assert.That(outcomes.IsDone, Is.False, "not at once");
        while (!outcomes.IsDone)
        {
            await Asyncio.SleepAsync(Soon);
        }

        Assert.That((stubborn.Result, meek.IsCancelled), Is.EqualTo((1, true)));
        Assert.That(outcomes.Exception, Is.TypeOf<OperationCanceledException>(), "even with outcomes");
        Assert.That(outcomes.IsCancelled, Is.False);
        Assert.That(outcomes.Cancel(), Is.False);
    });

    /// <summary>Rule 64: even if every child swallowed it.</summary>
    [Test]
    public void ACancelledGather_IsCancelled_EvenIfEveryChildSwallowedIt() => Run(async () =>
    {
        var gather = Asyncio.GatherAsync(SwallowAsync, SwallowAsync);
        await Asyncio.YieldAsync();
        gather.Cancel();
        await SettleAsync();
        Assert.That(gather.Exception, Is.TypeOf<OperationCanceledException>());

        static async Task<int> SwallowAsync()
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }
            catch (OperationCanceledException)
            {
                return 1;
            }

            return 2;
        }
    });

    /// <summary>Rule 64: once it is done, cancelling it does nothing to the children; nor when no child could be cancelled.</summary>
    [Test]
    public void CancellingADoneGather_LeavesTheChildrenAlone() => Run(async () =>
    {
        var (failed, pending) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        failed.SetException(new FormatException());
        var gather = Asyncio.GatherAsync<int>(failed, pending);
        Assert.That(gather.Exception, Is.Not.Null);
        Assert.That(gather.Cancel(), Is.False);
        Assert.That(pending.IsDone, Is.False);

        var late = Loop.CreateFuture<int>();
        var other = Asyncio.GatherAsync<int>(late);
        late.SetResult(7);
        Assert.That(other.Cancel(), Is.False, "the one child is done, though the gather has not noticed");
        Assert.That(await other, Is.EqualTo((int[])[7]));
    });

    /// <summary>Rule 65: without children a list without results.</summary>
    [Test]
    public void AGatherOfNothing_IsDone() => Run(async () =>
    {
        Assert.That(await Asyncio.GatherAsync<int>(Array.Empty<Future<int>>()), Is.Empty);
        Assert.That(await Asyncio.GatherOutcomesAsync<int>(Array.Empty<Future<int>>()), Is.Empty);
    });

    /// <summary>As return_exceptions=True: failures and cancellations stand among the results.</summary>
    [Test]
    public void Outcomes_AreValues() => Run(async () =>
    {
        var (a, b, c) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var gather = Asyncio.GatherOutcomesAsync<int>(a, b, c);
        c.Cancel();
        b.SetException(new FormatException("mine"));
        a.SetResult(7);
        var outcomes = await gather;
        Assert.That(outcomes.Select(outcome => outcome.ToString()), Is.EqualTo(
            (string[])["7", "FormatException: mine", "OperationCanceledException: a future was cancelled."]));
        Assert.That((outcomes[0].IsSuccess, outcomes[0].Result, outcomes[1].IsSuccess), Is.EqualTo((true, 7, false)));
        Assert.That(() => outcomes[1].Result, Throws.TypeOf<InvalidStateException>());
    });

    [Test]
    public void BclTasksThatHaveBegun_AreGatheredToo() => Run(async () =>
    {
        Assert.That(await Asyncio.GatherAsync(PartAsync(2), PartAsync(1), Task.FromResult(3)), Is.EqualTo((int[])[2, 1, 3]));
        await Asyncio.GatherAsync(Task.Delay(Soon, Loop.TimeProvider), Task.CompletedTask);
        try
        {
            await Asyncio.GatherAsync(Task.FromException<int>(new FormatException()), PartAsync(1));
            Assert.Fail("no exception");
        }
        catch (FormatException)
        {
            Log.Add("failed");
        }


        static async Task<int> PartAsync(int number)
        {
            await Asyncio.SleepAsync(Milliseconds(number));
            return number;
        }
    });

    /// <summary>asyncio: test_tasks.test_issue46672: an argument that is none fails the call and nothing else.</summary>
    [Test]
    public void FuturesOfDifferentLoops_AreRefused()
    {
        using var other = NewLoop(new LoopOptions { Name = "other" });
        var (near, far) = (Loop.CreateFuture<int>(), other.CreateFuture<int>());
        Assert.That(
            () => Asyncio.GatherAsync<int>(near, far),
            Throws.TypeOf<LoopException>().With.Message.EqualTo(
                "a future belongs to other, not to loop: all futures to gather outside of any loop must be of one loop. "
                + "Hand the result of the other over with CallSoonThreadSafe."));
        Assert.That(() => Asyncio.GatherAsync<int>(near, null!), Throws.ArgumentException);
    }
}
