namespace Sim.Clock;

/// <summary>
/// A point on a loop's monotonic time line, in 100 ns ticks from an arbitrary origin. A point is not a length:
/// the difference of two instants is a <see cref="TimeSpan"/>. Immutable; safe on any thread.
/// </summary>
/// <param name="Ticks">100 ns ticks since the origin of the clock that produced the instant.</param>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>The origin of the time line.</summary>
    public static Instant Zero => default;

    /// <summary>The last instant there is, about 29,000 years after the origin.</summary>
    public static Instant MaxValue => new(long.MaxValue);

    /// <summary>The time passed since the origin.</summary>
    public TimeSpan SinceOrigin => TimeSpan.FromTicks(Ticks);

    /// <summary>The instant <paramref name="length"/> later (earlier when negative).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside the time line.</exception>
    public static Instant operator +(Instant point, TimeSpan length)
    {
        var sum = unchecked(point.Ticks + length.Ticks);
        var overflowed = ((point.Ticks ^ sum) & (length.Ticks ^ sum)) < 0;
        return overflowed ? throw OutsideTimeLine(point, length) : new Instant(sum);
    }

    /// <summary>The instant <paramref name="length"/> earlier.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside the time line.</exception>
    public static Instant operator -(Instant point, TimeSpan length)
    {
        var difference = unchecked(point.Ticks - length.Ticks);
        var overflowed = ((point.Ticks ^ length.Ticks) & (point.Ticks ^ difference)) < 0;
        return overflowed ? throw OutsideTimeLine(point, length) : new Instant(difference);
    }

    /// <summary>The length from <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <exception cref="OverflowException">It is longer than a <see cref="TimeSpan"/> can be, about 29,000 years.</exception>
    public static TimeSpan operator -(Instant to, Instant from)
    {
        var difference = unchecked(to.Ticks - from.Ticks);
        return ((to.Ticks ^ from.Ticks) & (to.Ticks ^ difference)) < 0
            ? throw new OverflowException($"From {from} to {to} is longer than a TimeSpan can be, about 29,000 years.")
            : TimeSpan.FromTicks(difference);
    }

    /// <summary>Whether the left instant comes first.</summary>
    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    /// <summary>Whether the left instant comes last.</summary>
    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    /// <summary>Whether the left instant does not come after the right one.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    /// <summary>Whether the left instant does not come before the right one.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    /// <summary>The instant as time since the origin, for example <c>1.500s</c>.</summary>
    public override string ToString() => Durations.Format(SinceOrigin);

    private static ArgumentOutOfRangeException OutsideTimeLine(Instant point, TimeSpan length) => new(
        nameof(length), length,
        $"{Durations.Format(length)} from {point} lies outside the time line (about 29,000 years either way). "
        + "To wait for ever, await something that is never completed instead of a long delay.");
}
