using Sim.Clock;

namespace Samples;

#region custom-clock
/// <summary>A clock of our own: time runs faster than the clock underneath, from zero on.</summary>
public sealed class FastClock(IClock inner, int speed) : IClock
{
    private readonly Instant _innerStart = inner.Now;
    private readonly DateTimeOffset _utcStart = inner.UtcNow;

    /// <inheritdoc/>
    public Instant Now => new((inner.Now - _innerStart).Ticks * speed);

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => _utcStart + Now.SinceOrigin;

    /// <inheritdoc/>
    public TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    /// <summary>The first instant of the clock underneath at which this one reads <paramref name="when"/> or later.</summary>
    public Instant ToInner(Instant when)
    {
        var (ticks, rest) = Math.DivRem(when.SinceOrigin.Ticks, speed);
        return _innerStart + TimeSpan.FromTicks(rest > 0 ? ticks + 1 : ticks);
    }
}
#endregion
