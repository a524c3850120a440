using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What .NET offers with a <see cref="TimeProvider"/>, on the loop's.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TimeProviderTests(LoopKind kind) : LoopFixture(kind)
{
    private TimeProvider Time => Loop.TimeProvider;

    [Test]
    public void TaskDelay_TakesItsTime() => Run(async () =>
    {
        var start = Time.GetTimestamp();
        await Task.Delay(Milliseconds(20), Time);
        AssertPassed(start, Milliseconds(20));
    });

    [Test]
    public void ATokenSource_CancelsAfterItsDelay() => Run(async () =>
    {
        var start = Time.GetTimestamp();
        using var source = new CancellationTokenSource(Milliseconds(20), Time);
        Assert.That(await CancelledAsync(Task.Delay(Timeout.InfiniteTimeSpan, Time, source.Token)), Is.True);
        AssertPassed(start, Milliseconds(20));
    });

    [Test]
    public void CancelAfter_MovesTheDeadline() => Run(async () =>
    {
        var start = Time.GetTimestamp();
        using var source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Time);
        source.CancelAfter(TimeSpan.FromHours(1));
        source.CancelAfter(Milliseconds(10));
        Assert.That(await CancelledAsync(Task.Delay(Timeout.InfiniteTimeSpan, Time, source.Token)), Is.True);
        AssertPassed(start, Milliseconds(10));
    });

    [Test]
    public void APeriodicTimer_TicksAtEveryMultiple() => Run(async () =>
    {
        var start = Time.GetTimestamp();
        using var timer = new PeriodicTimer(Milliseconds(10), Time);
        for (var turn = 1; turn <= 5; turn++)
        {
            Assert.That(await timer.WaitForNextTickAsync(), Is.True);
            Assert.That(Time.GetElapsedTime(start), Is.GreaterThanOrEqualTo(turn * Milliseconds(10)));
        }

        AssertPassed(start, Milliseconds(50));
        timer.Dispose();
        Assert.That(await timer.WaitForNextTickAsync(), Is.False);
    });

    [Test]
    public void WaitAsync_GivesUpAfterItsTime_OrTakesTheResult() => Run(async () =>
    {
        var never = new TaskCompletionSource<int>();
        var start = Time.GetTimestamp();
        try
        {
            await never.Task.WaitAsync(Milliseconds(10), Time);
            Assert.Fail("no timeout");
        }
        catch (TimeoutException)
        {
            AssertPassed(start, Milliseconds(10));
        }

        var soon = never.Task.WaitAsync(TimeSpan.FromHours(1), Time);
        Loop.CallLater(Milliseconds(5), () => never.SetResult(7));
        Assert.That(await soon, Is.EqualTo(7));
    });

    [Test]
    public void ATimer_IsChanged_Stopped_AndDisposed() => Run(async () =>
    {
        var timer = Time.CreateTimer(_ => Log.Add("fired"), null, Milliseconds(10), Timeout.InfiniteTimeSpan);
        Assert.That(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), Is.True);
        await Asyncio.SleepAsync(Milliseconds(20));
        Assert.That(Log, Is.Empty, "stopped");
        timer.Change(Milliseconds(10), Timeout.InfiniteTimeSpan);
        await Asyncio.SleepAsync(Milliseconds(30));
        Assert.That(Log, Is.EqualTo((string[])["fired"]), "once: there is no period");
        timer.Change(Milliseconds(10), Timeout.InfiniteTimeSpan);
        await timer.DisposeAsync();
        timer.Dispose();
        Assert.That(timer.Change(TimeSpan.Zero, TimeSpan.Zero), Is.False, "disposed");
        await Asyncio.SleepAsync(Milliseconds(20));
        Assert.That(Log, Has.Count.EqualTo(1));
    });

    [Test]
    public void ATimerOfItsCallback_CanBeChangedAndDisposed() => Run(async () =>
    {
        ITimer? timer = null;
        var turns = 0;
        using (timer = Time.CreateTimer(Turn, null, TimeSpan.Zero, Milliseconds(5)))
        {
            while (turns < 3)
            {
                await Asyncio.SleepAsync(Milliseconds(5));
            }

            await Asyncio.SleepAsync(Milliseconds(20));
            Assert.That(turns, Is.EqualTo(3));
        }

        void Turn(object? state)
        {
            if (++turns == 3)
            {
                timer!.Dispose();
            }
        }
    });

    [Test]
    public void APeriodOfZero_MeansOnce_AsInDotNet() => Run(async () =>
    {
        using var timer = Time.CreateTimer(_ => Log.Add("fired"), null, TimeSpan.Zero, TimeSpan.Zero);
        await Asyncio.SleepAsync(Milliseconds(20));
        Assert.That(Log, Has.Count.EqualTo(1));
    });

    [Test]
    public void ACallback_ReadsItsOwnDueTime() => Run(async () =>
    {
        var due = Loop.Time + Milliseconds(10);
        Instant? read = null;
        using var timer = Time.CreateTimer(_ => read = new Instant(Time.GetTimestamp()), null, Milliseconds(10), Timeout.InfiniteTimeSpan);
        await Asyncio.SleepAsync(Milliseconds(30));
        Assert.That(read, IsVirtual ? Is.EqualTo(due) : Is.GreaterThanOrEqualTo(due));
    });

    /// <summary>Invariant A6 across the three doors to the timer queue.</summary>
    [Test]
    public void EqualDeadlines_FireInCreationOrder_WhoeverMadeThem() => Run(async () =>
    {
        var due = Loop.Time + Milliseconds(20);
        using var first = Time.CreateTimer(_ => Log.Add("provider"), null, Milliseconds(20), Timeout.InfiniteTimeSpan);
        Loop.CallAt(due, () => Log.Add("loop"));
        using var third = Time.CreateTimer(_ => Log.Add("provider again"), null, Milliseconds(20), Timeout.InfiniteTimeSpan);
        await Asyncio.SleepAsync(Milliseconds(60));
        // On real time the provider's deadlines lie a little later than that of CallAt.
        Assert.That(Log, IsVirtual
            ? Is.EqualTo((string[])["provider", "loop", "provider again"])
            : Is.EquivalentTo((string[])["provider", "loop", "provider again"]));
    });

    [Test]
    public void AnUnrootedTimer_SurvivesTheCollector() => Run(async () =>
    {
        MakeUnrooted();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        await Asyncio.SleepAsync(Milliseconds(30));
        Assert.That(Log, Is.EqualTo((string[])["fired"]));

        void MakeUnrooted() => Time.CreateTimer(_ => Log.Add("fired"), null, Milliseconds(10), Timeout.InfiniteTimeSpan);
    });

    [Test]
    public void ACallback_RunsInTheExecutionContextOfItsCreator_AndLeaksNothing() => Run(async () =>
    {
        var local = new AsyncLocal<string> { Value = "creator" };
        using var timer = Time.CreateTimer(
            _ =>
            {
                Log.Add(local.Value!);
                local.Value = "callback";
            },
            null, Milliseconds(5), Milliseconds(5));
        local.Value = "later";
        while (Log.Count < 2)
        {
            await Asyncio.SleepAsync(Milliseconds(5));
        }

        Assert.That(Log.Distinct(), Is.EqualTo((string[])["creator"]));
        Assert.That(local.Value, Is.EqualTo("later"));
    });

    [Test]
    public void ACallbackThatThrows_IsReported_AndTheTimerGoesOn() => Run(async () =>
    {
        using var timer = Time.CreateTimer(_ => throw new FormatException("bad"), null, Milliseconds(5), Milliseconds(5));
        var errors = TakeErrors();
        while (errors.Count < 2)
        {
            await Asyncio.SleepAsync(Milliseconds(5));
            errors.AddRange(TakeErrors());
        }

        timer.Dispose();
        Assert.That(errors[0].Exception.Message, Is.EqualTo("bad"));
        Assert.That(errors[0].Task, Is.EqualTo("timer"));
    });

    [Test]
    public void TimesOutOfRange_AreRefusedAsInDotNet()
    {
        var longest = Milliseconds(uint.MaxValue - 1);
        Assert.Multiple(() =>
        {
            Assert.That(() => Time.CreateTimer(_ => { }, null, Milliseconds(-2), TimeSpan.Zero), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Time.CreateTimer(_ => { }, null, TimeSpan.Zero, longest + Milliseconds(1)), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Time.CreateTimer(_ => { }, null, longest, longest), Throws.Nothing);
        });
    }

    [Test]
    public void Timestamps_CountTicksOfTheLoopsClock()
    {
        Assert.That(Time.TimestampFrequency, Is.EqualTo(TimeSpan.TicksPerSecond));
        var before = Loop.Time;
        var stamp = Time.GetTimestamp();
        Assert.That(stamp, Is.InRange(before.Ticks, Loop.Time.Ticks));
        if (IsVirtual)
        {
            Assert.That(Time.GetUtcNow(), Is.EqualTo(VirtualClock.DefaultEpoch));
            Assert.That(Time.LocalTimeZone, Is.EqualTo(TimeZoneInfo.Utc));
        }
        else
        {
            Assert.That(Time.LocalTimeZone, Is.EqualTo(TimeZoneInfo.Local));
        }
    }

    /// <summary>
    /// With a scheduler, or simply in one batch, a timer may be postponed when its callback is in the ready queue already.
    /// </summary>
    [Test]
    public void ATimerPostponedBetweenFallingDueAndFiring_FiresAtItsNewDeadlineOnly() => Run(async () =>
    {
        ITimer? late = null;
        using var early = Time.CreateTimer(_ => late!.Change(Milliseconds(20), Timeout.InfiniteTimeSpan), null, Soon, Timeout.InfiniteTimeSpan);
        var fired = new List<TimeSpan>();
        var start = Time.GetTimestamp();
        using (late = Time.CreateTimer(_ => fired.Add(Time.GetElapsedTime(start)), null, Soon, Timeout.InfiniteTimeSpan))
        {
            await Asyncio.SleepAsync(Milliseconds(100));
        }

        Assert.That(fired, Has.Count.EqualTo(1).Or.Count.EqualTo(IsVirtual ? 1 : 2), "on real time it may fall due first");
        Assert.That(fired[^1], Is.GreaterThanOrEqualTo(Milliseconds(25)));
    });

    private static async Task<bool> CancelledAsync(Task task)
    {
        try
        {
            await task;
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private void AssertPassed(long start, TimeSpan length)
    {
        var passed = Time.GetElapsedTime(start);
        Assert.That(passed, IsVirtual ? Is.EqualTo(length) : Is.GreaterThanOrEqualTo(length));
    }
}
