using FsCheck;
using FsCheck.Fluent;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Generates delays: lengths of time in whole ticks of 100 ns, never negative, most of them a round number of milliseconds, some a
/// tick beside another, few of them long. They shrink towards none. In <c>[SimProperty]</c> every <see cref="TimeSpan"/> is one.
/// </summary>
public static class DelayArbitraries
{
    private static readonly long[] _units =
    [
        TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerMillisecond * 10,
        TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute, TimeSpan.TicksPerHour,
    ];

    /// <summary>Delays of any length up to a few hours.</summary>
    public static Arbitrary<TimeSpan> Delays() => Arb.From(Generator(), Shrink);

    /// <summary>Delays of at most a length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Arbitrary<TimeSpan> UpTo(TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, TimeSpan.Zero);
        return Arb.From(Generator().Select(delay => new TimeSpan(delay.Ticks % (longest.Ticks + 1))), Shrink);
    }

    /// <summary>None, then round ones, then half of it: each candidate is shorter.</summary>
    public static IEnumerable<TimeSpan> Shrink(TimeSpan delay)
    {
        IEnumerable<long> candidates = [0, .. _units.Reverse().Select(unit => delay.Ticks / unit * unit), delay.Ticks / 2, delay.Ticks - 1];
        return candidates.Where(ticks => ticks >= 0 && ticks < delay.Ticks).Distinct().Select(static ticks => new TimeSpan(ticks));
    }

    // Tame first: none, then milliseconds; the larger the sample, the longer they may be.
    private static Gen<TimeSpan> Generator() => Gen.Sized(size =>
    {
        var count = Gen.Choose(1, 10);
        var units = Gen.GrowingElements(_units);
        var round = from unit in units.Resize(Math.Clamp(size / 20, 1, _units.Length)) from number in count select number * unit;
        var beside = from ticks in round from side in Gen.Elements(-1L, 1L) select ticks + side;
        return Gen.Frequency((2, Gen.Constant(0L)), (6, round), (1, beside)).Select(static ticks => new TimeSpan(ticks));
    });
}
