using NUnit.Framework;
using Sim.Clock;

namespace Sim.Tests;

public sealed class InstantTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);

    [Test]
    public void AddingAndTakingAwayALength_AreInverse()
    {
        var point = new Instant(17);
        foreach (var ticks in (long[])[0, 1, -1, 17, TimeSpan.TicksPerDay, -TimeSpan.TicksPerDay])
        {
            var length = TimeSpan.FromTicks(ticks);
            Assert.That(point + length - length, Is.EqualTo(point));
            Assert.That(point + length - point, Is.EqualTo(length));
        }
    }

    [Test]
    public void Comparisons_FollowTheTicks()
    {
        var (early, late) = (new Instant(-1), new Instant(1));
        Assert.Multiple(() =>
        {
            Assert.That(early < late && late > early && early <= late && late >= early, Is.True);
            Assert.That(late < early || early > late || late <= early || early >= late, Is.False);
            Assert.That(early.CompareTo(late), Is.Negative);
            Assert.That(Instant.Zero.CompareTo(default), Is.Zero);
            Assert.That(Instant.MaxValue.Ticks, Is.EqualTo(long.MaxValue));
        });
    }

    [Test]
    public void LeavingTheTimeLineAtTheEnd_IsRefused_AndTheTextSaysWhatToDo()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ = Instant.MaxValue + _tick)!;
        Assert.That(error.Message, Does.StartWith(
            "0.0000001s from 922337203685.4775807s lies outside the time line (about 29,000 years either way). "
            + "To wait for ever, await something that is never completed instead of a long delay."));
    }

    [Test]
    public void LeavingTheTimeLine_IsRefusedInEveryDirection()
    {
        var first = new Instant(long.MinValue);
        Assert.Multiple(() =>
        {
            Assert.That(() => first - _tick, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => first + -_tick, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Instant.MaxValue - -_tick, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Instant.Zero - TimeSpan.MinValue, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(Instant.Zero + TimeSpan.MaxValue, Is.EqualTo(Instant.MaxValue));
            Assert.That(Instant.Zero + TimeSpan.MinValue, Is.EqualTo(first));
            Assert.That(new Instant(-1) - TimeSpan.MinValue, Is.EqualTo(Instant.MaxValue));
        });
    }

    [Test]
    public void TheDifferenceOfInstantsTooFarApart_IsRefused()
    {
        Assert.That(
            () => Instant.MaxValue - new Instant(-1),
            Throws.TypeOf<OverflowException>().With.Message.Contains("longer than a TimeSpan"));
    }

    [TestCase(0, "0.000s")]
    [TestCase(1, "0.0000001s")]
    [TestCase(10_000, "0.001s")]
    [TestCase(15_000_000, "1.500s")]
    [TestCase(15_000_010, "1.500001s")]
    [TestCase(-15_000_000, "-1.500s")]
    [TestCase(36_000_000_000, "3600.000s")]
    [TestCase(long.MinValue, "-922337203685.4775808s")]
    public void TheTextForm_IsSecondsWithAsManyDigitsAsMatter(long ticks, string text)
    {
        Assert.That(new Instant(ticks).ToString(), Is.EqualTo(text));
        Assert.That(Durations.Format(TimeSpan.FromTicks(ticks)), Is.EqualTo(text));
    }
}
