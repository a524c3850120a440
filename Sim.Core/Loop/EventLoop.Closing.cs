using Sim.Clock;

namespace Sim.Core;

/// <content>Closing: what is left is dropped, and nothing can be scheduled any more.</content>
public partial class EventLoop
{
    private Instant _closedAt;

    /// <summary>Raised once, when the loop is about to close: the last moment to report what is left.</summary>
    internal event Action? Closing;

    /// <summary>
    /// Drops what is ready or waits for its time, without running it, and disposes the poller. A second call does nothing.
    /// Afterwards every scheduling call raises <see cref="LoopClosedException"/> (rule 19).
    /// </summary>
    /// <exception cref="LoopRunningException">The loop is running.</exception>
    public void Close()
    {
        if (IsRunning)
        {
            throw new LoopRunningException($"Cannot close {Options.Name} {Places.Here()}, while it runs: call Stop, let the run end, then close it.");
        }

        if (!IsClosed)
        {
            try
            {
                Closing?.Invoke();
            }
            finally
            {
                lock (_door)
                {
                    IsClosed = true;
                    _closedAt = Time;
                    _timers.Clear();
                }

                _ready.Clear();
                _watches.Clear();
                _poller.Dispose();
            }
        }
    }

    /// <summary>Closes the loop.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the loop; a derived loop lets go of what it added.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
    }
}
