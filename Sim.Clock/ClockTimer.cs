namespace Sim.Clock;

/// <summary>
/// A timer of <see cref="ClockTimeProvider"/>. <see cref="Change"/> and disposal may come from any thread; the callback
/// runs on the loop, in the execution context of the creator, as .NET's own timers do.
/// </summary>
internal sealed class ClockTimer(IClock clock, ITimerScheduler scheduler, TimerCallback callback, object? state)
    : TimerEntry, ITimer
{
    /// <summary>The longest time that .NET's timers accept: 0xFFFFFFFE milliseconds, about 49.7 days.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly ExecutionContext? _creator = ExecutionContext.Capture();
    private readonly Lock _gate = new();
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private Instant _due;
    private bool _armed;
    private bool _disposed;

    public override object? Subject => state;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckRange(dueTime, nameof(dueTime));
        CheckRange(period, nameof(period));
        lock (_gate)
        {
            if (_disposed)
            {
                return false;
            }

            _period = period;
            _armed = dueTime != Timeout.InfiniteTimeSpan;
            if (_armed)
            {
                _due = clock.Now + dueTime;
                scheduler.Arm(this, _due);
            }
            else
            {
                scheduler.Disarm(this);
            }

            return true;
        }
    }

    public override void Fire()
    {
        lock (_gate)
        {
            // Changed or disposed between falling due and this call: the new deadline counts, also while it is still on its
            // way to the queue from another thread.
            if (_disposed || !_armed || IsQueued || When != _due)
            {
                return;
            }

            // As in .NET, a period of zero means once, and the next turn is armed before the callback may change it.
            _armed = _period > TimeSpan.Zero;
            if (_armed)
            {
                _due = clock.Now + _period;
                scheduler.Arm(this, _due);
            }
        }

        if (_creator is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_creator, static timer => ((ClockTimer)timer!).Call(), this);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                scheduler.Disarm(this);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Call() => callback(state);

    private static void CheckRange(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan && (value < TimeSpan.Zero || value > _longest))
        {
            throw new ArgumentOutOfRangeException(
                name, value,
                $"A timer takes a time from 0 to {Durations.Format(_longest)}, or Timeout.InfiniteTimeSpan; got {Durations.Format(value)}.");
        }
    }
}
