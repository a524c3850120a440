namespace Sim.Core;

/// <summary>
/// The future that shield returns: it takes over the outcome of the inner one, and its own cancellation does not reach
/// the inner one (rule 81).
/// </summary>
internal sealed class ShieldFuture<T> : Future<T>, INamedWork
{
    private static readonly Action<object?> _innerDone = static shield => ((ShieldFuture<T>)shield!).TakeOutcome();
    private static readonly Action<object?> _outerDone = static shield => ((ShieldFuture<T>)shield!).LetGo();
    private static readonly Action<object?> _reportLateFailure = static inner => ReportLateFailure((Future<T>)inner!);
    private static readonly Action<object?> _placeHolder = static shield => ((ShieldFuture<T>)shield!).Loop.NoteUse(shield, UseKind.Look);

    private readonly Future<T> _inner;

    public ShieldFuture(Future<T> inner)
        : base(inner.Loop)
    {
        _inner = inner;
        if (TaskContext.RunningOn(Loop) is not null)
        {
            // CPython 3.14 keeps its call graph by a callback here. Ours needs none, but the turn that it takes is part of
            // the number of iterations that a program can count.
            inner.AddCallback(new DoneCallback(_placeHolder, this, Loop.CallbackContext, null));
        }

        inner.AddCallback(new DoneCallback(_innerDone, this, Loop.CallbackContext, null));
        AddCallback(new DoneCallback(_outerDone, this, Loop.CallbackContext, null));
    }

    string INamedWork.WorkName => "shield";

    internal override IEnumerable<Future> Awaited => [_inner];

    // In a loop: shields around shields may be more than the thread has stack for.
    internal override string Describe()
    {
        var (inner, shields) = (_inner, 1);
        while (inner is ShieldFuture<T> shield)
        {
            inner = shield._inner;
            shields++;
        }

        return shields == 1 ? $"a shield around {inner.Describe()}" : $"{shields} shields around {inner.Describe()}";
    }

    private void TakeOutcome()
    {
        Loop.NoteUse(this, UseKind.Change);
        if (WasCancelled)
        {
            return;
        }

        if (_inner.WasCancelled)
        {
            Cancel();
        }
        else if (_inner.ExceptionUnmarked is { } failure)
        {
            _inner.IsExceptionRetrieved = true;
            SetException(failure);
        }
        else
        {
            // Checked, as in asyncio: who has completed this future himself meanwhile is told that it is done already.
            SetResult(_inner.Result);
        }
    }

    // Nobody listens any more: a failure of the inner one is reported, once however many shields were around it.
    private void LetGo()
    {
        if (!_inner.HasEnded)
        {
            _inner.RemoveCallback(_innerDone, this);
            _inner.RemoveCallback(_reportLateFailure, _inner);
            _inner.AddCallback(new DoneCallback(_reportLateFailure, _inner, Loop.CallbackContext, null));
        }
    }

    private static void ReportLateFailure(Future<T> inner)
    {
        if (inner.ExceptionUnmarked is { } failure)
        {
            inner.IsExceptionRetrieved = true;
            var error = new LoopError(
                "A shielded future failed after everybody who waited for it was cancelled", failure, inner.Loop.Time, inner.Describe());
            inner.Loop.CallExceptionHandler(error, inner.FailureFlow);
        }
    }
}
