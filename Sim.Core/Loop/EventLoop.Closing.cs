using Sim.Clock;

namespace Sim.Core;

/// <content>Closing: what is left is dropped, and nothing can be scheduled any more.</content>
public partial class EventLoop
{
    private bool _isClosing;
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
        if (!BeginClosing())
        {
            return;
        }

        // First: what other threads hand in from now on would never run.
        _inbox.Close();
        try
        {
            TellOfTasksInFullRun();
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

    // Either a run enters or the loop closes, whichever comes to the door first. False: somebody closes it already.
    private bool BeginClosing()
    {
        lock (_door)
        {
            if (IsRunning)
            {
                throw new LoopRunningException(
                    $"Cannot close {Options.Name} {Places.Here()}, while it runs: call Stop, let the run end, then close it.");
            }

            var isFirst = !_isClosing;
            _isClosing = true;
            return isFirst;
        }
    }

    // CPython's "Task was destroyed but it is pending". Not an error of the task, so it is a line and not for the handler;
    // who was asked to stop and did not, or never began, is not worth one.
    private void TellOfTasksInFullRun()
    {
        var left = Contexts.Where(static context => context.IsInFullRun).ToList();
        if (left.Count > 0)
        {
            var some = string.Join(", ", left.Take(3).Select(static context => $"{context.Name} {context.DescribeWait()}"));
            var more = left.Count > 3 ? $", and {left.Count - 3} more" : "";
            WriteLog($"{Time} {Options.Name} is closed in the middle of tasks that nobody asked to stop: {some}{more}. They never end now: "
                + "cancel them before, as Asyncio.Run and a Runner do.");
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
