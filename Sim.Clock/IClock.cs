namespace Sim.Clock;

/// <summary>
/// Tells the time and nothing else: time moves in a poller. Two time lines are kept apart, because they answer
/// different questions: <see cref="Now"/> for deadlines, <see cref="UtcNow"/> for dates. Safe on any thread.
/// </summary>
public interface IClock
{
    /// <summary>Monotonic time: never goes back, origin arbitrary. Deadlines are instants of this line.</summary>
    Instant Now { get; }

    /// <summary>Wall-clock time: a date that may jump either way when the wall clock is set.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>The time zone of the wall clock: UTC unless the clock knows better.</summary>
    TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
