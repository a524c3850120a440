using System.Runtime.InteropServices;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// The poller of virtual time: waiting for a deadline is setting the clock to it. When there is nothing left to wait
/// for it says so (<see cref="PollOutcome.Stalled"/>) instead of sleeping for ever. Loop thread only, except
/// <see cref="Wake"/>.
/// </summary>
public sealed class VirtualPoller : IPoller
{
    /// <summary>In milliseconds.</summary>
    private const int LongestNap = 20;

    private readonly VirtualClock _clock;
    private readonly int _patience;
    private readonly WakeSignal _wake;
    private bool _disposed;

    /// <summary>A poller that moves <paramref name="clock"/>, and is the only one to do so.</summary>
    /// <param name="clock">The clock of the loop.</param>
    /// <param name="patience">
    /// Real time to wait for a <see cref="Wake"/> before a stall is reported: work that has left the loop for another
    /// thread gets that long to come back and be noticed. Virtual time stands still meanwhile. Zero, the default,
    /// waits for nobody and costs nothing.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is negative or longer than 24 days.</exception>
    public VirtualPoller(VirtualClock clock, TimeSpan patience = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (patience < TimeSpan.Zero || patience > TimeSpan.FromMilliseconds(int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(
                nameof(patience), patience,
                $"The patience before a stall is real time from zero to 24 days; {Durations.Format(patience)} is not.");
        }

        _clock = clock;
        _patience = PollTimeout.Milliseconds(patience.Ticks);
        _wake = new WakeSignal(canSleep: _patience > 0);
    }

    /// <inheritdoc/>
    public PollOutcome Poll(Instant? deadline, List<PollEvent> ready)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_wake.Take()) return PollOutcome.Continue;
        if (deadline is { } when)
        {
            if (when > _clock.Now) _clock.AdvanceTo(when);
            return PollOutcome.Continue;
        }

        return _patience > 0 && WokenInTime() ? PollOutcome.Continue : PollOutcome.Stalled;
    }

    /// <summary>Lets virtual time pass without waiting for anything: work takes it. Timers due by then fire at the next poll.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public void PassTime(TimeSpan length) => _clock.AdvanceBy(length);

    /// <inheritdoc/>
    public void Wake() => _wake.Set();

    /// <summary>Refuses: there is no handle to wait for in virtual time.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Register(SafeHandle handle, PollInterest interest, object token) => throw new NotSupportedException(
        $"A {nameof(VirtualPoller)} cannot watch a {handle?.GetType().Name ?? nameof(SafeHandle)}: a real handle becomes "
        + "ready in real time, which would make the run different every time. In a simulation take connections from a "
        + "VirtualNetwork; to use real handles, run the loop on real time.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _wake.Dispose();
    }

    // In short naps: whoever is stopped by a debugger meanwhile loses one of them, and not all the patience.
    private bool WokenInTime()
    {
        for (var left = _patience; left > 0; left -= LongestNap)
        {
            if (_wake.Sleep(Math.Min(left, LongestNap)) && _wake.Take()) return true;
        }

        return _wake.Take();
    }
}
