using NUnit.Framework;
using Samples;
using Sim.Clock;

namespace Sim.Tests;

/// <summary>The clock of one's own that the custom-clock lesson shows.</summary>
public class FastClockTests
{
    [Test]
    public void ToInner_IsTheFirstInstantThatIsNotEarly([Values(1, 2, 3, 10)] int speed, [Values(0, 1, 9, 10, 11, 12_345_678)] long ticks)
    {
        var inner = new VirtualClock();
        inner.AdvanceTo(new Instant(777));
        var clock = new FastClock(inner, speed);
        var when = new Instant(ticks);

        var due = clock.ToInner(when);

        inner.AdvanceTo(due);
        Assert.That(clock.Now, Is.GreaterThanOrEqualTo(when));
        Assert.That(clock.Now - when, Is.LessThan(TimeSpan.FromTicks(speed)));
    }

    [Test]
    public void BothTimeLines_RunAtItsSpeed()
    {
        var inner = new VirtualClock();
        var clock = new FastClock(inner, speed: 10);
        inner.AdvanceBy(TimeSpan.FromSeconds(6));
        Assert.That(clock.Now.SinceOrigin, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(clock.UtcNow, Is.EqualTo(VirtualClock.DefaultEpoch.AddMinutes(1)));
    }
}
