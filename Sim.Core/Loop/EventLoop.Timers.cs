using Sim.Clock;

namespace Sim.Core;

/// <content>Timers: callbacks at a time, and the timers of the <see cref="TimeProvider"/>.</content>
public partial class EventLoop
{
    /// <summary>
    /// Runs <paramref name="callback"/> after <paramref name="delay"/>. Zero and negative delays are legal: the callback
    /// runs in the next iteration, after what is ready by then, ordered by deadline (rule 8).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The deadline lies outside the time line, or the delay is <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public TimerHandle CallLater(TimeSpan delay, Action callback) => CallLaterCore(delay, callback, null);

    /// <inheritdoc cref="CallLater(TimeSpan, Action)"/>
    public TimerHandle CallLater(TimeSpan delay, Action<object?> callback, object? state) => CallLaterCore(delay, callback, state);

    /// <summary>Runs <paramref name="callback"/> at <paramref name="when"/> on the loop's time line; equal times first in, first out.</summary>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public TimerHandle CallAt(Instant when, Action callback) => CallAtCore(when, callback, null);

    /// <inheritdoc cref="CallAt(Instant, Action)"/>
    public TimerHandle CallAt(Instant when, Action<object?> callback, object? state) => CallAtCore(when, callback, state);

    void ITimerScheduler.Arm(TimerEntry entry, Instant when)
    {
        if (!IsOnLoopThread)
        {
            ArmFromOutside(entry, when);
            return;
        }

        _timers.Remove(entry);
        _timers.Add(entry, when);
        NoteArmed(entry, when);
    }

    void ITimerScheduler.Disarm(TimerEntry entry)
    {
        if (IsOnLoopThread)
        {
            _timers.Remove(entry);
        }
        else
        {
            ArmFromOutside(entry, null);
        }
    }

    // While no thread runs the loop, whoever holds the door may touch the timers: threads that the loop does not know
    // (a token source disposed on the thread pool) come at any time, also between two runs and while it is closed.
    private void ArmFromOutside(TimerEntry entry, Instant? when)
    {
        lock (_door)
        {
            if (IsRunning)
            {
                PostLetter(ArmRequest.Carrier, new ArmRequest(this, entry, when), null, null);
                return;
            }

            if (when is not null)
            {
                CheckOpen();
            }

            _timers.Remove(entry);
            if (when is { } deadline)
            {
                _timers.Add(entry, deadline);
            }
        }
    }

    private static readonly Action<object?> _fireTimer = static entry => ((TimerEntry)entry!).Fire();

    private TimerHandle CallLaterCore(TimeSpan delay, Delegate callback, object? state)
    {
        if (delay == Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                nameof(delay), delay, "Timeout.InfiniteTimeSpan means never: a callback for never need not be scheduled.");
        }

        return CallAtCore(Time + delay, callback, state);
    }

    private TimerHandle CallAtCore(Instant when, Delegate callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        CheckThread();
        CheckCallback(callback);
        var handle = new TimerHandle(this, callback, state, CaptureFlow());
        if (_threadId == 0)
        {
            ArmFromOutside(handle, when);
        }
        else
        {
            _timers.Add(handle, when);
            NoteArmed(handle, when);
        }

        return handle;
    }

    /// <summary>A timer set or stopped from another thread, on its way to the loop.</summary>
    private sealed record ArmRequest(EventLoop Loop, TimerEntry Entry, Instant? When) : INamedWork
    {
        public static Action<object?> Carrier { get; } = static request => ((ArmRequest)request!).Carry();

        public string WorkName => "timer";

        private void Carry()
        {
            if (When is { } when)
            {
                ((ITimerScheduler)Loop).Arm(Entry, when);
            }
            else
            {
                ((ITimerScheduler)Loop).Disarm(Entry);
            }
        }
    }
}
