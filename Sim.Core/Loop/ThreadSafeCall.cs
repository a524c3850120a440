namespace Sim.Core;

/// <summary>
/// A callback handed in through a thread-safe door. Running and cancelling exclude each other: the lock is held while
/// the callback runs, and is reentrant, so that a callback may cancel itself (rule 22).
/// </summary>
internal sealed class ThreadSafeCall(Delegate callback, object? state) : INamedWork
{
    private readonly object _gate = new();
    private Delegate? _callback = callback;
    private object? _state = state;
    private readonly string _name = (state as INamedWork)?.WorkName ?? CodeNames.OfDelegate(state as Delegate ?? callback);

    /// <summary>For the ready queue.</summary>
    public static Action<object?> Runner { get; } = static call => ((ThreadSafeCall)call!).Run();

    public string WorkName => _name;

    public bool IsPending => Volatile.Read(ref _callback) is not null;

    public bool Cancel()
    {
        lock (_gate)
        {
            var pending = _callback is not null;
            _callback = null;
            _state = null;
            return pending;
        }
    }

    private void Run()
    {
        lock (_gate)
        {
            if (_callback is { } pending)
            {
                var argument = _state;
                _callback = null;
                _state = null;
                EventLoop.Invoke(pending, argument);
            }
        }
    }
}
