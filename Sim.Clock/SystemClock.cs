using System.Diagnostics;

#pragma warning disable RS0030 // The one file that stands on the machine's clocks, so that nobody else needs to.

namespace Sim.Clock;

/// <summary>
/// The clock of this machine: monotonic time from the performance counter, counted from the start of the process'
/// first use of it, and wall-clock time from the operating system. Safe on any thread.
/// </summary>
public sealed class SystemClock : IClock
{
    private static readonly long _origin = Stopwatch.GetTimestamp();

    private SystemClock()
    {
    }

    /// <summary>The one system clock: all loops on real time share its time line.</summary>
    public static SystemClock Instance { get; } = new();

    /// <inheritdoc/>
    public Instant Now
    {
        get
        {
            var elapsed = Stopwatch.GetTimestamp() - _origin;
            // Whole seconds and the rest apart: the product of the rest cannot overflow, and no double is involved.
            var (seconds, rest) = long.DivRem(elapsed, Stopwatch.Frequency);
            return new Instant((seconds * TimeSpan.TicksPerSecond) + (rest * TimeSpan.TicksPerSecond / Stopwatch.Frequency));
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public TimeZoneInfo LocalTimeZone => TimeZoneInfo.Local;
}
