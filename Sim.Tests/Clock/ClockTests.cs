using NUnit.Framework;
using Sim.Clock;

namespace Sim.Tests;

public sealed class ClockTests
{
    [Test]
    public void VirtualTime_StartsAtZero_AndStandsStillUntilMoved()
    {
        var clock = new VirtualClock();
        Assert.That(clock.Now, Is.EqualTo(Instant.Zero));
        Assert.That(clock.UtcNow, Is.EqualTo(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        clock.AdvanceBy(TimeSpan.FromDays(366));
        Assert.That(clock.Now.SinceOrigin, Is.EqualTo(TimeSpan.FromDays(366)));
        Assert.That(clock.UtcNow, Is.EqualTo(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public void VirtualTime_OnlyMovesForward()
    {
        var clock = new VirtualClock();
        clock.AdvanceTo(new Instant(20_000_000));
        clock.AdvanceTo(new Instant(20_000_000));
        Assert.That(
            () => clock.AdvanceTo(new Instant(10_000_000)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(
                "Virtual time only moves forward: it is 2.000s and cannot go back to 1.000s. To set the wall clock back, call SetWallClock."));
        Assert.That(() => clock.AdvanceBy(TimeSpan.FromTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(clock.Now, Is.EqualTo(new Instant(20_000_000)), "a refused move moves nothing");
    }

    [Test]
    public void TheWallClock_IsSetApartFromMonotonicTime_EitherWay()
    {
        var clock = new VirtualClock();
        clock.AdvanceBy(TimeSpan.FromHours(1));
        var date = new DateTimeOffset(1999, 12, 31, 23, 0, 0, TimeSpan.FromHours(1));
        clock.SetWallClock(date);
        Assert.That(clock.UtcNow, Is.EqualTo(date));
        Assert.That(clock.UtcNow.Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(clock.Now.SinceOrigin, Is.EqualTo(TimeSpan.FromHours(1)), "deadlines stay");
        clock.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(clock.UtcNow, Is.EqualTo(date.AddSeconds(5)), "the wall clock goes on from there");
    }

    [Test]
    public void TheWallClock_StopsAtTheLastDateThereIs_WhileTimeGoesOn()
    {
        var clock = new VirtualClock();
        clock.AdvanceTo(Instant.MaxValue);
        Assert.That(clock.UtcNow.UtcTicks, Is.EqualTo(DateTime.MaxValue.Ticks));
    }

    [Test]
    public void TheEpoch_CanBeChosen()
    {
        var epoch = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);
        Assert.That(new VirtualClock(epoch).UtcNow, Is.EqualTo(epoch));
        Assert.That(((IClock)new VirtualClock(epoch)).LocalTimeZone, Is.EqualTo(TimeZoneInfo.Utc), "the machine's zone is no input");
    }

    /// <summary>Rule 95: monotonic, arbitrary origin.</summary>
    [Test]
    public void SystemTime_NeverGoesBack_AndGoesOn()
    {
        var clock = SystemClock.Instance;
        var start = clock.Now;
        var last = start;
        while (clock.Now == start)
        {
            Thread.Yield();
        }

        for (var i = 0; i < 100_000; i++)
        {
            var now = clock.Now;
            Assert.That(now >= last, Is.True);
            last = now;
        }

        Assert.That(last > start, Is.True);
    }

    [Test]
    public void SystemTime_IsOneTimeLineForAllThreads()
    {
        var before = SystemClock.Instance.Now;
        var elsewhere = Instant.Zero;
        var thread = new Thread(() => elsewhere = SystemClock.Instance.Now);
        thread.Start();
        thread.Join();
        Assert.That(elsewhere >= before && SystemClock.Instance.Now >= elsewhere, Is.True);
    }
}
