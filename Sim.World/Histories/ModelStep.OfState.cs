namespace Sim.World;

/// <summary>What an operation without a result does in a state: it leads to another state, waits, or throws.</summary>
/// <typeparam name="TState">A state.</typeparam>
public readonly record struct ModelStep<TState>
{
    private ModelStep(TState? state, ModelStep? otherwise) => (State, Otherwise) = (state, otherwise);

    /// <summary>The next state; the default if it waits or throws.</summary>
    public TState? State { get; }

    /// <summary>What it does instead; null if it returns.</summary>
    public ModelStep? Otherwise { get; }

    /// <summary>It returns, and this is the next state.</summary>
    public static implicit operator ModelStep<TState>(TState state) => new(state, null);

    /// <summary>It waits or throws.</summary>
    public static implicit operator ModelStep<TState>(ModelStep otherwise) => new(default, otherwise);
}
