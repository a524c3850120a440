using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// What Kestrel begins on the thread pool, on its way to the loop. Where the loop waits for it, it waits until the thread of the
/// pool is done with it too: otherwise it would be a matter of luck on which of the two threads the rest is done when the loop is the
/// faster one. That the thread is done is seen by its execution context being put back. Any thread.
/// </summary>
internal sealed class PoolVisit
{
    private readonly object _gate = new();
    private readonly LoopDoor _door;
    private readonly PoolErrand? _errand;
    private readonly AsyncLocal<PoolVisit?>? _presence;
    private Action? _arrived;
    private int _thread;
    private bool _hasLeft;

    public PoolVisit(LoopDoor door, PoolErrand? errand)
    {
        (_door, _errand) = (door, errand);
        _presence = errand is null ? null : new AsyncLocal<PoolVisit?>(OnChanged);
    }

    /// <summary>Called by what Kestrel does first: the outermost method of the visit is on the stack, and no other async one.</summary>
    public void Begin()
    {
        if (_presence is null || _thread != 0 || _door.Loop.IsOnLoopThread)
        {
            return;
        }

        _thread = Environment.CurrentManagedThreadId;
        _presence.Value = this;
    }

    /// <summary>The visit has come to where it needs the loop.</summary>
    /// <param name="work">Goes on there.</param>
    public void Arrive(Action work)
    {
        lock (_gate)
        {
            if (_errand is not null && _thread != 0 && !_hasLeft)
            {
                _arrived = work;
                return;
            }
        }

        _door.Enter(work, _errand);
    }

    /// <summary>Nothing will come of it.</summary>
    public void Cancel() => _errand?.Cancel();

    private void OnChanged(AsyncLocalValueChangedArgs<PoolVisit?> change)
    {
        if (!ReferenceEquals(change.PreviousValue, this) || Environment.CurrentManagedThreadId != _thread || _hasLeft)
        {
            return;
        }

        Action? arrived;
        lock (_gate)
        {
            _hasLeft = true;
            arrived = _arrived;
            _arrived = null;
        }

        if (arrived is not null)
        {
            _door.Enter(arrived, _errand);
        }
    }
}
