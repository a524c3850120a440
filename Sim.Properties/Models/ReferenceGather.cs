using Sim.Core;

namespace Sim.Properties;

/// <summary>gather over new tasks (rules 61 to 65).</summary>
internal sealed class ReferenceGather : ReferenceFuture
{
    private readonly IReadOnlyList<ReferenceTask> _children;
    private bool _cancelRequested;
    private int _finished;

    public ReferenceGather(ReferenceLoop loop, IReadOnlyList<ReferenceTask> children)
        : base(loop)
    {
        _children = children;
        foreach (var child in children)
        {
            child.AddCallback(() => OnDone(child));
        }

        if (children.Count == 0)
        {
            TryFinish(FutureState.Succeeded);
        }
    }

    public override bool Cancel()
    {
        if (IsDone)
        {
            return false;
        }

        // Every child is asked, not only the first.
        var reached = _children.Aggregate(false, static (any, child) => child.Cancel() | any);
        _cancelRequested |= reached;
        return reached;
    }

    private void OnDone(ReferenceTask child)
    {
        _finished++;
        if (child.State != FutureState.Succeeded)
        {
            TryFinish(FutureState.Failed);
        }
        else if (_finished == _children.Count)
        {
            TryFinish(_cancelRequested ? FutureState.Failed : FutureState.Succeeded);
        }
    }
}
