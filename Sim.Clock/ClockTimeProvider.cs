namespace Sim.Clock;

/// <summary>
/// The bridge to the .NET world: a <see cref="TimeProvider"/> that reads an <see cref="IClock"/> and puts its timers into
/// a loop's timer queue. <c>Task.Delay(t, provider)</c>, <c>new CancellationTokenSource(t, provider)</c>,
/// <c>PeriodicTimer</c>, <c>WaitAsync</c> and libraries that take a provider run on it. A callback reads its own due
/// time, equal deadlines fire in creation order, and a timer stays alive although nobody holds it.
/// </summary>
/// <param name="clock">Where the time comes from.</param>
/// <param name="scheduler">Where the timers wait.</param>
public sealed class ClockTimeProvider(IClock clock, ITimerScheduler scheduler) : TimeProvider
{
    /// <summary>Timestamps are the 100 ns ticks of <see cref="IClock.Now"/>.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.UtcNow;

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.Now.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(clock, scheduler, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
