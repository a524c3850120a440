namespace Sim.Core;

/// <summary>
/// A callback handed in through a thread-safe door. Running and cancelling exclude each other: the lock is held while
/// the callback runs, and is reentrant, so that a callback may cancel itself (rule 22).
/// </summary>
internal sealed class ThreadSafeCall(Delegate callback, object? state) : INamedWork
{
    private Delegate? _callback = callback;

    // Afterwards, if the callback failed or was cancelled, the name of its method.
    private object? _state = state;

    /// <summary>For the ready queue.</summary>
    public static Action<object?> Runner { get; } = static call => ((ThreadSafeCall)call!).Run();

    public string WorkName
    {
        get
        {
            // Nobody else can see this object: it is its own lock, and spares every call the allocation of one.
            lock (this)
            {
                return _callback is { } callback ? NameOf(callback, _state) : _state as string ?? "callback";
            }
        }
    }

    public bool IsPending => Volatile.Read(ref _callback) is not null;

    public bool Cancel()
    {
        lock (this)
        {
            return _callback is { } callback && LetGo(NameOf(callback, _state));
        }
    }

    private static string NameOf(Delegate callback, object? state) =>
        (state as INamedWork)?.WorkName ?? CodeNames.OfDelegate(state as Delegate ?? callback);

    private void Run()
    {
        lock (this)
        {
            if (_callback is not { } callback)
            {
                return;
            }

            var state = _state;
            LetGo(null);
            try
            {
                EventLoop.Invoke(callback, state);
            }
            catch when (KeepName(callback, state))
            {
                throw;
            }
        }
    }

    private bool LetGo(string? name)
    {
        _callback = null;
        _state = name;
        return true;
    }

    // For the report of an exception, whose writer finds the callback gone. Never handles it.
    private bool KeepName(Delegate callback, object? state)
    {
        _state = NameOf(callback, state);
        return false;
    }
}
