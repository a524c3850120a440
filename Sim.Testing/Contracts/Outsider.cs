namespace Sim.Testing;

/// <summary>
/// Another thread, like any that calls into a loop from outside. It acts once per <see cref="Go"/>, on its own time,
/// so that over many rounds the act strikes before, at and in the wait of the thread that said go.
/// </summary>
internal sealed class Outsider
{
    private readonly object _gate = new();
    private readonly Thread _thread;
    private int _allowed;
    private Exception? _thrown;
    private int _done;

    public Outsider(int rounds, Action act)
    {
        _thread = new Thread(() => Work(rounds, act)) { IsBackground = true, Name = "outsider of the contract" };
        _thread.Start();
    }

    /// <summary>How many times it has acted or begun to act. What it did before is visible to who reads this.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Lets it act once more.</summary>
    public void Go()
    {
        lock (_gate)
        {
            _allowed++;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for it to end; what it ran into is a violation.</summary>
    public void Join()
    {
        _thread.Join();
        if (_thrown is not null)
        {
            throw new ContractViolationException(
                $"another thread ran into {_thrown.GetType().Name}: {_thrown.Message}", _thrown);
        }
    }

    private void Work(int rounds, Action act)
    {
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                AwaitGo(round);
                Interlocked.Increment(ref _done);
                act();
            }
        }
#pragma warning disable CA1031 // Unhandled here, it would end the process; Join reports it.
        catch (Exception exception)
        {
            _thrown = exception;
        }
#pragma warning restore CA1031
    }

    private void AwaitGo(int round)
    {
        lock (_gate)
        {
            while (_allowed <= round) Monitor.Wait(_gate);
        }
    }
}
