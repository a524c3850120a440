using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Timers of the loop: rules 6 to 10 and 12.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TimerTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>
    /// Rule 6: due when the deadline is not later than now; an exact one does not spin.
    /// asyncio: test_base_events.test_time_and_call_at.
    /// </summary>
    [Test]
    public void ATimer_FiresAtItsDeadline_NeverBefore()
    {
        var when = Loop.Time + Milliseconds(10);
        Instant? fired = null;
        Loop.CallAt(when, () =>
        {
            fired = Loop.Time;
            Loop.Stop();
        });
        Loop.RunForever();
        Assert.That(fired, IsVirtual ? Is.EqualTo(when) : Is.GreaterThanOrEqualTo(when));
        Assert.That(Loop.Iteration, Is.EqualTo(1));
    }

    /// <summary>Rule 6 with integer time: one tick of 100 ns is never lost, however late it is.</summary>
    [Test]
    public void OneTick_IsADelay_EvenAfterAThousandYears()
    {
        if (IsVirtual)
        {
            Loop.CallLater(TimeSpan.FromDays(365_000), Loop.Stop);
            Loop.RunForever();
        }

        var start = Loop.Time;
        Loop.CallLater(TimeSpan.FromTicks(1), Loop.Stop);
        Loop.RunForever();
        Assert.That(Loop.Time - start, IsVirtual ? Is.EqualTo(TimeSpan.FromTicks(1)) : Is.GreaterThanOrEqualTo(TimeSpan.FromTicks(1)));
    }

    /// <summary>
    /// Rule 7: all due timers become ready in deadline order, before the first of them runs.
    /// asyncio: test_base_events.test__run_once_schedule_handle.
    /// </summary>
    [Test]
    public void DueTimers_BecomeReadyTogether_BeforeWhatTheyScheduleSoon()
    {
        var now = Loop.Time;
        Loop.CallAt(now - Milliseconds(1), () =>
        {
            Log.Add("early");
            Loop.CallSoon(() => Log.Add("soon"));
        });
        Loop.CallAt(now - Milliseconds(3), () => Log.Add("earliest"));
        Loop.CallAt(now, () => Log.Add("now"));
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["earliest", "early", "now", "soon"]));
    }

    /// <summary>Rule 7: a timer that falls due while a batch runs comes in the next iteration, after what the batch scheduled.</summary>
    [Test]
    public void ATimerThatFallsDueDuringABatch_ComesAfterWhatTheBatchScheduled()
    {
        Loop.CallSoon(() =>
        {
            Loop.CallAt(Loop.Time, () => Log.Add("timer"));
            Loop.CallSoon(() => Log.Add("soon"));
        });
        Iterate();
        Assert.That(Log, Is.Empty);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["soon", "timer"]));
    }

    /// <summary>
    /// Rule 8: the past, zero and negative delays are legal and ordered by deadline.
    /// asyncio: test_base_events.test_call_later_negative_delays.
    /// </summary>
    [Test]
    public void ZeroAndNegativeDelays_RunInTheNextIteration_ByDeadline_AfterCallSoon()
    {
        Loop.CallSoon(() =>
        {
            var now = Loop.Time;
            Loop.CallAt(now, () => Log.Add("0"));
            Loop.CallAt(now - TimeSpan.FromSeconds(5), () => Log.Add("-5"));
            Loop.CallLater(TimeSpan.FromSeconds(-10), () => Log.Add("-10"));
            Loop.CallSoon(() => Log.Add("soon"));
        });
        Iterate();
        Assert.That(Log, Is.Empty);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["soon", "-10", "-5", "0"]));
    }

    /// <summary>Rule 9, as this project has it: equal deadlines first in, first out, for any number.</summary>
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(8)]
    [TestCase(100)]
    public void EqualDeadlines_FireInCreationOrder(int count)
    {
        var when = Loop.Time + Milliseconds(2);
        Loop.CallAt(when + Milliseconds(2), Loop.Stop);
        for (var i = 0; i < count; i++)
        {
            var name = $"{i}";
            Loop.CallAt(when, () => Log.Add(name));
        }

        Loop.RunForever();
        Assert.That(Log, Is.EqualTo(Enumerable.Range(0, count).Select(i => $"{i}")));
    }

    /// <summary>Rule 10's visible effect: a cancelled timer wakes nobody. asyncio: test_base_events.test__run_once.</summary>
    [Test]
    public void ACancelledTimer_CausesNoIterationAndMovesNoTime()
    {
        var early = Loop.CallLater(Milliseconds(2), () => Log.Add("cancelled"));
        var end = Loop.Time + Milliseconds(20);
        Loop.CallAt(end, Loop.Stop);
        Assert.That(early.Cancel(), Is.True);
        Loop.RunForever();
        Assert.That(Log, Is.Empty);
        Assert.That(Loop.Iteration, Is.EqualTo(1));
        Assert.That(Loop.Time, IsVirtual ? Is.EqualTo(end) : Is.GreaterThanOrEqualTo(end));
    }

    /// <summary>
    /// Rule 10: CPython purges its heap at 101 with more than half cancelled; here none of that is visible.
    /// asyncio: test_base_events.test__run_once_cancelled_event_cleanup.
    /// </summary>
    [TestCase(100, 51)]
    [TestCase(101, 51)]
    [TestCase(102, 51)]
    [TestCase(1000, 999)]
    public void CancellingManyTimers_LeavesTheOthersInOrder(int count, int cancelled)
    {
        var start = Loop.Time;
        var handles = Enumerable.Range(0, count)
            .Select(i => Loop.CallAt(start - TimeSpan.FromTicks(i * 7 % 13), () => Log.Add($"{i * 7 % 13:D2}.{i:D4}")))
            .ToList();
        var survivors = new List<string>();
        for (var i = 0; i < count; i++)
        {
            if (i < cancelled)
            {
                handles[i].Cancel();
            }
            else
            {
                survivors.Add($"{i * 7 % 13:D2}.{i:D4}");
            }
        }

        Iterate();
        Assert.That(Log, Is.EqualTo(survivors.OrderBy(name => -int.Parse(name[..2], null)).ThenBy(name => name[3..], StringComparer.Ordinal)));
    }

    /// <summary>Rule 10: one that is in ready already is skipped when its turn comes.</summary>
    [Test]
    public void ADueTimer_CanBeCancelledByAnEarlierOneOfItsBatch()
    {
        TimerHandle? second = null;
        var when = Loop.Time;
        Loop.CallAt(when, () => Log.Add($"{second!.Cancel()} {second.IsCancelled} {second.IsPending}"));
        second = Loop.CallAt(when, () => Log.Add("cancelled"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["True True False"]));
    }

    /// <summary>Rules 10 and 11: cancelling after the run does nothing, twice is once.</summary>
    [Test]
    public void CancellingATimerThatHasRun_DoesNothing()
    {
        var handle = Loop.CallAt(Loop.Time, () => Log.Add("ran"));
        Assert.That(handle.IsPending, Is.True);
        Iterate();
        Assert.That((handle.Cancel(), handle.IsCancelled, handle.IsPending), Is.EqualTo((false, false, false)));
        var other = Loop.CallLater(TimeSpan.FromHours(1), () => { });
        other.Dispose();
        Assert.That((other.IsCancelled, other.Cancel()), Is.EqualTo((true, false)));
    }

    /// <summary>Rule 12: the deadline as requested, before and after it fired, also in the past.</summary>
    [Test]
    public void When_IsTheRequestedDeadline()
    {
        var when = Loop.Time - TimeSpan.FromDays(3);
        var handle = Loop.CallAt(when, () => { });
        Assert.That(handle.When, Is.EqualTo(when));
        Iterate();
        Assert.That(handle.When, Is.EqualTo(when));
    }

    [Test]
    public void ADelayForEver_IsRefused_AndSoIsOneBeyondTheTimeLine()
    {
        Assert.That(
            () => Loop.CallLater(Timeout.InfiniteTimeSpan, () => { }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("means never"));
        Loop.CallLater(TimeSpan.FromTicks(1), Loop.Stop);
        Loop.RunForever();
        Assert.That(() => Loop.CallLater(TimeSpan.MaxValue, () => { }), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ATimerCallback_GetsItsState()
    {
        Loop.CallLater(TimeSpan.Zero, state => Log.Add((string)state!), "later");
        Loop.CallAt(Loop.Time - Milliseconds(1), state => Log.Add((string)state!), "at");
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["at", "later"]));
    }
}
