using Sim.Core;

namespace Sim.Properties;

/// <summary>A future of the reference loop (rules 37 to 41).</summary>
internal class ReferenceFuture(ReferenceLoop loop)
{
    private List<Action> _callbacks = [];

    public FutureState State { get; private set; }

    public bool IsDone => State != FutureState.Pending;

    protected ReferenceLoop Loop { get; } = loop;

    public void AddCallback(Action callback)
    {
        if (IsDone)
        {
            Loop.CallSoon(callback);
        }
        else
        {
            _callbacks.Add(callback);
        }
    }

    public bool TryFinish(FutureState state)
    {
        if (IsDone)
        {
            return false;
        }

        State = state;
        _callbacks.ForEach(callback => Loop.CallSoon(callback));
        _callbacks = [];
        return true;
    }

    public virtual bool Cancel() => TryFinish(FutureState.Cancelled);
}
