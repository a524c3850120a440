using Sim.Clock;

namespace Sim.Core;

/// <summary>A callback that was scheduled for a time. Loop thread only.</summary>
public sealed class TimerHandle : TimerEntry, INamedWork, IDisposable
{
    private static readonly object _cancelled = new();

    private readonly EventLoop _loop;
    private Delegate? _callback;
    // Afterwards, if the callback failed, the name of its method, and the mark above if it was cancelled: there may be a million
    // timers, and a flag of its own would cost each of them a word.
    private object? _state;

    internal TimerHandle(EventLoop loop, Delegate callback, object? state, ExecutionContext? flow)
    {
        _loop = loop;
        _callback = callback;
        _state = state;
        Flow = flow;
    }

    /// <summary>Whether <see cref="Cancel"/> was called before the callback ran.</summary>
    public bool IsCancelled => ReferenceEquals(_state, _cancelled);

    /// <summary>Whether the callback still waits for its time or its turn.</summary>
    public bool IsPending => _callback is not null;

    string INamedWork.WorkName => _callback is { } callback
        ? (_state as INamedWork)?.WorkName ?? CodeNames.OfDelegate(_state as Delegate ?? callback)
        : _state as string ?? "timer";

    internal ExecutionContext? Flow { get; private set; }

    /// <summary>Keeps the callback from running, even if its time has come but not its turn, and lets go of it.</summary>
    /// <returns>Whether this call prevented it: false when it has run or was cancelled before.</returns>
    public bool Cancel()
    {
        if (_callback is null)
        {
            return false;
        }

        _loop.CheckThread();
        _loop.NoteUse(this, UseKind.Change);
        LetGo();
        _state = _cancelled;
        ((ITimerScheduler)_loop).Disarm(this);
        return true;
    }

    /// <summary>Cancels the callback.</summary>
    public void Dispose() => Cancel();

    /// <summary>Runs the callback unless it was cancelled. Called by the loop when the timer is due.</summary>
    public override void Fire()
    {
        _loop.NoteUse(this, UseKind.Change);
        if (_callback is { } callback)
        {
            var state = _state;
            LetGo();
            try
            {
                EventLoop.Invoke(callback, state);
            }
            catch when (KeepName(state as Delegate ?? callback))
            {
                throw;
            }
        }
    }

    // For the report of an exception, whose writer finds the callback gone. Never handles it.
    private bool KeepName(Delegate callback)
    {
        _state = CodeNames.OfDelegate(callback);
        return false;
    }

    private void LetGo()
    {
        _callback = null;
        _state = null;
        Flow = null;
    }
}
