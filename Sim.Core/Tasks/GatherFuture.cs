namespace Sim.Core;

/// <summary>
/// The future that gather returns: done when all children are done, or with the first failure unless outcomes are asked
/// for. Results are in the order of the arguments; a child given twice is waited for once (rules 61 to 65).
/// </summary>
internal sealed class GatherFuture<TItem> : Future<TItem[]>, INamedWork
{
    private readonly Future[] _children;
    private readonly Func<Future, TItem> _take;
    private readonly bool _returnExceptions;
    private readonly int _distinct;
    private int _finished;
    private bool _cancelRequested;

    public GatherFuture(EventLoop loop, ReadOnlySpan<Future> children, bool returnExceptions, Func<Future, TItem> take)
        : base(loop)
    {
        _children = children.ToArray();
        loop.NoteCreated(_children);
        _returnExceptions = returnExceptions;
        _take = take;
        foreach (var child in _children)
        {
            Futures.Check(loop, child, "gather");
        }

        if (_children.Length == 0)
        {
            Succeed([]);
            return;
        }

        // First occurrences only, in argument order: a child that has seen this gather stands at an earlier place as well.
        Action<object?> childDone = OnChildDone;
        var alreadyDone = new List<Future>();
        foreach (var child in _children)
        {
            if (ReferenceEquals(child.LastGather, this))
            {
                continue;
            }

            child.LastGather = this;
            _distinct++;
            if (child.HasEnded)
            {
                alreadyDone.Add(child);
            }
            else
            {
                child.AddCallback(new DoneCallback(childDone, child, loop.CallbackContext, null));
            }
        }

        // Rule 62: what is done already counts at once, after all others are registered.
        foreach (var child in alreadyDone)
        {
            OnChildDone(child);
        }
    }

    string INamedWork.WorkName => "gather";

    /// <summary>Cancels every child that is not done; this future is done when they are (rule 64).</summary>
    public override bool Cancel()
    {
        Loop.CheckThread();
        Loop.NoteUse(_children, UseKind.Change);
        if (HasEnded)
        {
            return false;
        }

        return Futures.CancelThrough(this);
    }

    internal override IEnumerable<Future> Awaited => _children;

    internal override IReadOnlyList<Future> CancelledThrough => _children;

    internal override void NoteCancelRequest()
    {
        Loop.NoteUse(_children, UseKind.Change);
        _cancelRequested = true;
    }

    internal override string Describe() => $"gather of {Futures.Describe(_children)}";

    private void OnChildDone(object? done)
    {
        var child = (Future)done!;
        // A success counts, in any order; the first failure decides.
        Loop.NoteUse(_children, _returnExceptions || child.StateNow == FutureState.Succeeded ? UseKind.Count : UseKind.Decide);
        child.LastGather = null;
        _finished++;
        // With outcomes asked for, a failure is looked at when the list is made, not before: as long as another child is
        // pending, nobody has seen it.
        child.IsExceptionRetrieved |= HasEnded || !_returnExceptions;
        if (HasEnded)
        {
            return;
        }

        if (!_returnExceptions && child.StateNow != FutureState.Succeeded)
        {
            // A child's cancellation is a failure like another: this future has an exception and is not cancelled (rule 63). If a
            // token has cancelled them all, the exception carries it.
            Fail(child.ExceptionUnmarked ?? (_cancelRequested && CancelCause is not null ? CreateCancelled() : child.CreateCancelled()));
            return;
        }

        if (_finished < _distinct)
        {
            return;
        }

        Loop.NoteUse(_children, UseKind.Total);
        foreach (var each in _children)
        {
            each.IsExceptionRetrieved = true;
        }

        if (_cancelRequested)
        {
            Fail(CreateCancelled());
        }
        else
        {
            Succeed(Array.ConvertAll(_children, new Converter<Future, TItem>(_take)));
        }
    }
}
