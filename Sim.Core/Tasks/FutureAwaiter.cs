using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>What the compiler uses to await a <see cref="Future{T}"/>. Loop thread only.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct FutureAwaiter<T> : ICriticalNotifyCompletion, IEquatable<FutureAwaiter<T>>
{
    private readonly Future<T> _future;

    internal FutureAwaiter(Future<T> future) => _future = future;

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

    /// <summary>The result, or the exception thrown.</summary>
    public T GetResult()
    {
        // Also when cancellation wins over the outcome: it has been awaited.
        _future.IsExceptionRetrieved |= _future.HasEnded;
        TaskContext.RunningOn(_future.Loop)?.EndWait(_future);
        return _future.Result;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => Suspend(continuation, ExecutionContext.Capture());

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => Suspend(continuation, null);

    /// <inheritdoc/>
    public bool Equals(FutureAwaiter<T> other) => ReferenceEquals(_future, other._future);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FutureAwaiter<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_future);

    /// <summary>Whether both await the same future.</summary>
    public static bool operator ==(FutureAwaiter<T> left, FutureAwaiter<T> right) => left.Equals(right);

    /// <summary>Whether they await different futures.</summary>
    public static bool operator !=(FutureAwaiter<T> left, FutureAwaiter<T> right) => !left.Equals(right);

    private void Suspend(Action continuation, ExecutionContext? flow)
    {
        var loop = _future.Loop;
        var task = TaskContext.RunningOn(loop);
        _future.AddCallback(new DoneCallback(continuation, null, (LoopContext?)task ?? loop.CallbackContext, flow));
        task?.BeginWait(_future, continuation);
    }
}
