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
        if (IsDone)
        {
            return;
        }

        if (_task.IsFaulted)
        {
            Fail(_task.Exception!.InnerExceptions[0]);
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
