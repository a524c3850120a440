using System.Runtime.InteropServices;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// The poller for platforms without a backend of their own: it waits for deadlines and for <see cref="Wake"/>, in plain .NET,
/// to the millisecond, and watches no handles. Sockets need none there: the platform runs their operations (completion ports
/// on Windows), and what is over wakes the loop. Loop thread only, except <see cref="Wake"/>.
/// </summary>
public sealed class CompletionPoller : IPoller
{
    private readonly IClock _clock;
    private readonly WakeSignal _wake = new(canSleep: true);
    private bool _disposed;

    /// <summary>A poller whose deadlines are instants of <paramref name="clock"/>.</summary>
    /// <param name="clock">A clock that runs in real time.</param>
    public CompletionPoller(IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
    }

    /// <inheritdoc/>
    public bool UsesCompletions => true;

    /// <inheritdoc/>
    public PollOutcome Poll(Instant? deadline, List<PollEvent> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        ObjectDisposedException.ThrowIf(_disposed, this);
        // A sleep may end for a wake that was taken before it, or when a piece of a long wait is over: the clock knows.
        while (!_wake.Take())
        {
            var remaining = PollTimeout.Remaining(_clock, deadline);
            if (remaining == 0) break;
            _wake.Sleep(PollTimeout.Milliseconds(remaining));
        }

        return PollOutcome.Continue;
    }

    /// <inheritdoc/>
    public void Wake() => _wake.Set();

    /// <summary>Refuses: where sockets go by completions, nothing tells of a handle that it is ready.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Register(SafeHandle handle, PollInterest interest, object token) => throw new NotSupportedException(
        $"A {nameof(CompletionPoller)} cannot watch a {handle?.GetType().Name ?? nameof(SafeHandle)}: it learns of operations that "
        + "are over, not of handles that are ready. Take connections from a SocketNetwork, which works with every poller; read what "
        + "is no socket on another thread and hand the data to the loop. For readers and writers of sockets make the loop with a "
        + $"{nameof(SelectPoller)}.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _wake.Dispose();
    }
}
