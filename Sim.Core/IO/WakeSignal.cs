namespace Sim.Core;

/// <summary>
/// The wake of a poller that sleeps in plain .NET. Set from any thread without ever blocking it, also when that thread
/// runs a loop that refuses to be blocked; taken and slept for on the loop thread. Several sets count as one.
/// </summary>
internal sealed class WakeSignal(bool canSleep) : IDisposable
{
    // Setting an event costs more than all the rest: who never sleeps has none.
    private readonly AutoResetEvent? _event = canSleep ? new(initialState: false) : null;
    private int _set;

    /// <summary>Whether it is set and not yet taken.</summary>
    public bool IsSet => Volatile.Read(ref _set) != 0;

    /// <summary>Sets it; true for the first of several. Does nothing to a sleeper after <see cref="Dispose"/>.</summary>
    public bool Set()
    {
        if (Interlocked.Exchange(ref _set, 1) != 0) return false;
        try
        {
            _event?.Set();
        }
        catch (ObjectDisposedException)
        {
            // Nobody sleeps any more.
        }

        return true;
    }

    /// <summary>Takes it; true if it was set.</summary>
    // Looking before exchanging keeps the interlocked instruction out of the polls that nobody has woken.
    public bool Take() => IsSet && Interlocked.Exchange(ref _set, 0) != 0;

    /// <summary>
    /// Sleeps until it is set, at most so many milliseconds. True when a set ended the sleep, which may be one that has
    /// been taken already: look with <see cref="Take"/>, and sleep again.
    /// </summary>
    public bool Sleep(int milliseconds)
    {
        // The context of the last step may still be current, and would take the sleep for a blocking wait of its code.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return _event!.WaitOne(milliseconds);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose() => _event?.Dispose();
}
