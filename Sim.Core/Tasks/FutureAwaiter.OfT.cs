using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>What the compiler uses to await a <see cref="Future{T}"/>. Loop thread only.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct FutureAwaiter<T> : ICriticalNotifyCompletion, IEquatable<FutureAwaiter<T>>
{
    private readonly Future<T> _future;

    internal FutureAwaiter(Future<T> future) => _future = future;

    /// <inheritdoc cref="FutureAwaiter.IsCompleted"/>
    public bool IsCompleted => Untyped.IsCompleted;

    private FutureAwaiter Untyped => new(_future);

    /// <summary>The result, or the exception thrown.</summary>
    public T GetResult()
    {
        Untyped.GetResult();
        return _future.Result;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => Untyped.OnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => Untyped.UnsafeOnCompleted(continuation);

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
}
