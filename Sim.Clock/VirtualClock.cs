namespace Sim.Clock;

/// <summary>
/// A clock whose time is a variable. Monotonic time only moves forward, and only when told to (by a poller, see
/// invariant A2); wall-clock time follows it from a fixed epoch and can be set apart from it. One thread writes;
/// a read from another thread sees a whole value, perhaps not the newest.
/// </summary>
public sealed class VirtualClock : IClock
{
    /// <summary>The date at which virtual time starts unless another is given: 2000-01-01T00:00:00Z.</summary>
    public static DateTimeOffset DefaultEpoch { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _now;
    private long _wallOffset;

    /// <summary>A clock at the origin, its wall clock at <see cref="DefaultEpoch"/>.</summary>
    public VirtualClock()
        : this(DefaultEpoch)
    {
    }

    /// <summary>A clock at the origin, its wall clock at <paramref name="epoch"/>.</summary>
    public VirtualClock(DateTimeOffset epoch) => _wallOffset = epoch.UtcTicks;

    /// <inheritdoc/>
    public Instant Now => new(Volatile.Read(ref _now));

    /// <inheritdoc/>
    public DateTimeOffset UtcNow
    {
        get
        {
            var ticks = Int128.Clamp((Int128)_now + _wallOffset, 0, DateTime.MaxValue.Ticks);
            return new DateTimeOffset((long)ticks, TimeSpan.Zero);
        }
    }

    /// <summary>Moves monotonic time, and wall-clock time with it, to <paramref name="target"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="target"/> lies in the past.</exception>
    public void AdvanceTo(Instant target)
    {
        if (target < Now)
        {
            throw new ArgumentOutOfRangeException(
                nameof(target), target,
                $"Virtual time only moves forward: it is {Now} and cannot go back to {target}. "
                + $"To set the wall clock back, call {nameof(SetWallClock)}.");
        }

        Volatile.Write(ref _now, target.Ticks);
    }

    /// <summary>Moves monotonic time, and wall-clock time with it, by <paramref name="length"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public void AdvanceBy(TimeSpan length) => AdvanceTo(Now + length);

    /// <summary>Sets the wall clock, as an operator or a time server would: monotonic time and deadlines stay.</summary>
    public void SetWallClock(DateTimeOffset date) => _wallOffset = date.UtcTicks - _now;
}
