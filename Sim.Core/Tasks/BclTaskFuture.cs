namespace Sim.Core;

/// <summary>
/// A BCL task seen as a future, so that gather and its kin take it. Cancelling it does not reach the BCL task, which has
/// no such thing.
/// </summary>
internal sealed class BclTaskFuture<T> : Future<T>, INamedWork
{
    private readonly Task _task;

    public BclTaskFuture(EventLoop loop, Task task)
        : base(loop)
    {
        ArgumentNullException.ThrowIfNull(task);
        _task = task;
        if (task.IsCompleted)
        {
            TakeOutcome();
            return;
        }

        // Registered under the callback context, so that the completion is a callback of its own.
        var caller = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(loop.CallbackContext);
        try
        {
            task.GetAwaiter().UnsafeOnCompleted(TakeOutcome);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(caller);
        }
    }

    string INamedWork.WorkName => "task completion";

    internal override string Describe() => "a BCL task";

    private void TakeOutcome()
    {
        if (HasEnded)
        {
            // Cancelled meanwhile, with everybody who waited: a failure of the call itself must not be lost.
            if (_task.Exception is { } late)
            {
                Loop.CallExceptionHandler(new LoopError(
                    "A call failed after nobody waited for it any more", UnretrievedErrors.FirstOf(late, Loop, Describe()), Loop.Time, Describe()));
            }

            return;
        }

        if (_task.IsFaulted)
        {
            Fail(UnretrievedErrors.FirstOf(_task.Exception!, Loop, Describe()));
        }
        else if (_task.IsCanceled)
        {
            Finish(FutureState.Cancelled);
        }
        else
        {
            Succeed(_task is Task<T> typed ? typed.GetAwaiter().GetResult() : default!);
        }
    }
}
