using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Futures behind a shield: rule 81.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class ShieldTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_tasks.test_shield_shortcut; rule 81: what is done needs no shield.</summary>
    [Test]
    public void AShieldOfWhatIsDone_IsTheFutureItself() => Run(() =>
    {
        var done = Loop.CreateFuture<int>();
        done.SetResult(1);
        Assert.That(Asyncio.Shield(done), Is.SameAs(done));
        var pending = Loop.CreateFuture<int>();
        Assert.That(Asyncio.Shield(pending), Is.Not.SameAs(pending));
        return Task.CompletedTask;
    });

    /// <summary>asyncio: test_tasks.test_shield_result, test_shield_exception, test_shield_cancel_inner; rule 81: one tick after the inner one.</summary>
    [TestCase("result")]
    [TestCase("exception")]
    [TestCase("cancel")]
    public void TheOutcome_IsThatOfTheInnerOne(string how)
    {
        var inner = Loop.CreateFuture<int>();
        var outer = Asyncio.Shield(inner);
        switch (how)
        {
            case "result":
                inner.SetResult(7);
                break;
            case "exception":
                inner.SetException(new FormatException());
                break;
            default:
                inner.Cancel();
                break;
        }

        Assert.That(outer.IsDone, Is.False);
        Iterate();
        Assert.That(outer.State, Is.EqualTo(inner.State));
        if (how == "exception")
        {
            Assert.That(inner.IsExceptionRetrieved, Is.True, "whoever looks at the outer one has seen it");
            Assert.That(outer.Exception, Is.SameAs(inner.Exception));
        }
    }

    /// <summary>asyncio: test_tasks.test_shield_cancel_outer, test_shield_effect; rule 81: the outer one's cancellation stays outside.</summary>
    [Test]
    public void CancellingTheOuterOne_LeavesTheInnerOneAlone() => Run(async () =>
    {
        var gate = Loop.CreateFuture<ValueTuple>();
        var inner = Asyncio.CreateTask(async () =>
        {
            await gate;
            Log.Add("inner went on");
            return 7;
        });
        var waiter = Asyncio.CreateTask(async () => await Asyncio.Shield(inner));
        await SettleAsync();
        waiter.Cancel();
        Assert.That(await Caught.IsCancelledAsync(async () => await waiter), Is.True);
        Assert.That((inner.IsDone, inner.CancelRequests), Is.EqualTo((false, 0)));
        gate.SetResult(default);
        Assert.That(await inner, Is.EqualTo(7));
        Assert.That(Log, Has.Count.EqualTo(1));
    });

    /// <summary>
    /// asyncio: test_tasks.test_shield_cancel_outer_exception; rule 81, as CPython 3.14 has it: a failure after the outer one was
    /// cancelled goes to the exception handler.
    /// </summary>
    [Test]
    public void AFailureAfterTheOuterOneWasCancelled_IsReported()
    {
        var inner = Loop.CreateFuture<int>();
        var outer = Asyncio.Shield(inner);
        outer.Cancel();
        Iterate();
        inner.SetException(new FormatException("late"));
        Iterate();
        var error = TakeError();
        Assert.That((error.Exception.Message, error.Message), Is.EqualTo(
            ("late", "A shielded future failed after everybody who waited for it was cancelled")));
        Assert.That(inner.IsExceptionRetrieved, Is.True, "not a second time at close");
    }

    /// <summary>asyncio: test_tasks.test_shield_duplicate_log_once: however many shields were around it.</summary>
    [Test]
    public void AFailureBehindSeveralShields_IsReportedOnce()
    {
        var inner = Loop.CreateFuture<int>();
        for (var i = 0; i < 3; i++)
        {
            Asyncio.Shield(inner).Cancel();
            Iterate();
        }

        inner.SetException(new FormatException("late"));
        Iterate();
        Assert.That(TakeError().Exception.Message, Is.EqualTo("late"));
    }

    /// <summary>After the outer one was cancelled, a result and a cancellation of the inner one are no matter.</summary>
    [Test]
    public void AResultAfterTheOuterOneWasCancelled_IsSilent([Values] bool cancelled)
    {
        var inner = Loop.CreateFuture<int>();
        var outer = Asyncio.Shield(inner);
        outer.Cancel();
        Iterate();
        _ = cancelled ? inner.Cancel() : inner.TrySetResult(1);
        Iterate(3);
        Assert.That(outer.IsCancelled, Is.True);
    }

    /// <summary>Inner failed and outer cancelled in one tick: the failure is not lost (A10): the loop reports it at close.</summary>
    [Test]
    public void AFailureInTheTickOfTheCancellation_IsReported()
    {
        var inner = Loop.CreateFuture<int>();
        var outer = Asyncio.Shield(inner);
        inner.SetException(new FormatException("same tick"));
        outer.Cancel();
        Iterate(2);
        Assert.That(inner.IsExceptionRetrieved, Is.False);
        Loop.Close();
        Assert.That(TakeError().Exception.Message, Is.EqualTo("same tick"));
    }

    /// <summary>asyncio: test_tasks.test_shield_gather.</summary>
    [Test]
    public void AShieldAroundAGather_KeepsItGoing()
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var gather = Asyncio.GatherAsync<int>(a, b);
        var outer = Asyncio.Shield(gather);
        Iterate();
        outer.Cancel();
        Iterate();
        Assert.That((outer.IsCancelled, gather.IsDone), Is.EqualTo((true, false)));
        a.SetResult(1);
        b.SetResult(2);
        Iterate();
        Assert.That(gather.Result, Is.EqualTo((int[])[1, 2]));
    }

    /// <summary>asyncio: test_tasks.test_gather_shield: cancelling a gather of shields cancels the shields only.</summary>
    [Test]
    public void AGatherOfShields_LeavesTheInnerOnesAlone()
    {
        var (a, b) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var (first, second) = (Asyncio.Shield(a), Asyncio.Shield(b));
        var gather = Asyncio.GatherAsync<int>(first, second);
        Iterate();
        gather.Cancel();
        Iterate();
        Assert.That(gather.Exception, Is.TypeOf<OperationCanceledException>());
        Assert.That((first.IsCancelled, second.IsCancelled, a.IsDone, b.IsDone), Is.EqualTo((true, true, false, false)));
        a.SetResult(1);
        b.SetResult(2);
        Iterate();
    }

    /// <summary>The shield of a body starts it as a task.</summary>
    [Test]
    public void AShieldOfABody_StartsATask() => Run(async () =>
    {
        var outer = Asyncio.Shield(async () =>
        {
            await Asyncio.YieldAsync();
            Log.Add("done");
            return 7;
        });
        await Asyncio.YieldAsync();
        outer.Cancel();
        await SettleAsync();
        Assert.That(outer.IsCancelled, Is.True);
        Assert.That(Log, Is.EqualTo((string[])["done"]));
    });

    /// <summary>asyncio: an outer future that somebody else has completed is an error of the callback, as of any future (rule 40).</summary>
    [Test]
    public void AShieldCompletedByHand_KeepsItsResult()
    {
        var inner = Loop.CreateFuture<int>();
        var outer = Asyncio.Shield(inner);
        outer.SetResult(1);
        inner.SetResult(2);
        Iterate(2);
        Assert.That(outer.Result, Is.EqualTo(1));
        Assert.That(TakeError().Exception, Is.TypeOf<InvalidStateException>());
    }
}
