using System.Diagnostics.CodeAnalysis;

namespace Sim.World;

/// <summary>
/// What an operation does in a state: <c>(next state, result)</c>, or <see cref="ModelStep.Waits"/>, or
/// <see cref="ModelStep.Throws{TException}"/>.
/// </summary>
/// <typeparam name="TState">A state.</typeparam>
/// <typeparam name="TResult">What it returns.</typeparam>
[SuppressMessage("Usage", "CA2225", Justification = "A pair says it; a method would say less.")]
public readonly record struct ModelStep<TState, TResult>
{
    private ModelStep(TState? state, TResult? result, ModelStep? otherwise) => (State, Result, Otherwise) = (state, result, otherwise);

    /// <summary>The next state; the default if it waits or throws.</summary>
    public TState? State { get; }

    /// <summary>What it returns; the default if it waits or throws.</summary>
    public TResult? Result { get; }

    /// <summary>What it does instead; null if it returns.</summary>
    public ModelStep? Otherwise { get; }

    /// <summary>It returns.</summary>
    public static implicit operator ModelStep<TState, TResult>((TState State, TResult Result) pair) => new(pair.State, pair.Result, null);

    /// <summary>It waits or throws.</summary>
    public static implicit operator ModelStep<TState, TResult>(ModelStep otherwise) => new(default, default, otherwise);
}
