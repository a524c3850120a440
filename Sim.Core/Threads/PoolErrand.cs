namespace Sim.Core;

/// <summary>
/// A piece of work that a library queues for all threads of the pool and that is known to come back soon. A loop whose work is
/// kept (<see cref="PoolCapture"/>) does nothing else until then, so that when it comes back is no matter of the machine.
/// </summary>
public sealed class PoolErrand
{
    private readonly object _gate;

    internal PoolErrand(string name, object gate) => (Name, _gate) = (name, gate);

    /// <summary>What it is.</summary>
    public string Name { get; }

    internal bool IsOver { get; private set; }

    internal Action? Callback { get; private set; }

    /// <summary>It has come back. Any thread; once.</summary>
    /// <param name="callback">Runs next on the loop, under no context.</param>
    /// <returns>False: the loop has given it up, and the callback does not run.</returns>
    public bool Return(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return End(callback);
    }

    /// <summary>It will not come back: nobody waits for it any more. Any thread; after it has come back it does nothing.</summary>
    public void Cancel() => End(null);

    internal void GiveUp() => IsOver = true;

    private bool End(Action? callback)
    {
        lock (_gate)
        {
            if (IsOver)
            {
                return false;
            }

            IsOver = true;
            Callback = callback;
            Monitor.PulseAll(_gate);
            return true;
        }
    }
}
