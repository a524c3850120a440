using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>What the compiler uses to await a <see cref="Future"/> without taking its result. Loop thread only.</summary>
public readonly struct FutureAwaiter : ICriticalNotifyCompletion, IEquatable<FutureAwaiter>
{
    private readonly Future _future;

    internal FutureAwaiter(Future future) => _future = future;

    /// <summary>Whether awaiting it takes no tick: it is done already (rule 46).</summary>
    /// <exception cref="LoopException">The wait could never end: on another loop's future, or a task's on itself (rule 50).</exception>
    public bool IsCompleted
    {
        get
        {
            // Refused here, at the await, because an exception from OnCompleted would be thrown on the thread pool.
            if (!_future.HasEnded)
            {
                TaskContext.CheckAwaitable(_future.Loop, _future);
            }

            return _future.HasEnded;
        }
    }

    /// <summary>Nothing, or the exception thrown.</summary>
    public void GetResult()
    {
        // Also when cancellation wins over the outcome: it has been awaited.
        _future.IsExceptionRetrieved |= _future.HasEnded;
        TaskContext.RunningOn(_future.Loop)?.EndWait(_future);
        _future.ThrowIfNotSucceeded();
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => Suspend(continuation, ExecutionContext.Capture());

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => Suspend(continuation, null);

    /// <inheritdoc/>
    public bool Equals(FutureAwaiter other) => ReferenceEquals(_future, other._future);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FutureAwaiter other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_future);

    /// <summary>Whether both await the same future.</summary>
    public static bool operator ==(FutureAwaiter left, FutureAwaiter right) => left.Equals(right);

    /// <summary>Whether they await different futures.</summary>
    public static bool operator !=(FutureAwaiter left, FutureAwaiter right) => !left.Equals(right);

    private void Suspend(Action continuation, ExecutionContext? flow)
    {
        var loop = _future.Loop;
        var task = TaskContext.RunningOn(loop);
        _future.AddCallback(new DoneCallback(continuation, null, (LoopContext?)task ?? loop.CallbackContext, flow));
        task?.BeginWait(_future, continuation);
    }
}
