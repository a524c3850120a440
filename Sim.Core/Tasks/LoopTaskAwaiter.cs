using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>What the compiler uses to await a <see cref="LoopTask"/>, which has no result. Loop thread only.</summary>
public readonly record struct LoopTaskAwaiter : ICriticalNotifyCompletion
{
    private readonly FutureAwaiter<ValueTuple> _awaiter;

    internal LoopTaskAwaiter(FutureAwaiter<ValueTuple> awaiter) => _awaiter = awaiter;

    /// <inheritdoc cref="FutureAwaiter{T}.IsCompleted"/>
    public bool IsCompleted => _awaiter.IsCompleted;

    /// <summary>Nothing, or the exception thrown.</summary>
    public void GetResult() => _awaiter.GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _awaiter.OnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _awaiter.UnsafeOnCompleted(continuation);
}
