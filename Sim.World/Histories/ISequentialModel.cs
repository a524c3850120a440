namespace Sim.World;

/// <summary>
/// What an object does when it is used by one task at a time: the specification that concurrent use is held against. A pure
/// function of state and operation; states are values, never changed.
/// </summary>
/// <typeparam name="TState">A state.</typeparam>
/// <typeparam name="TOperation">An operation with its arguments.</typeparam>
public interface ISequentialModel<TState, in TOperation>
{
    /// <summary>The state at the beginning.</summary>
    TState Initial { get; }

    /// <summary>How states are told apart, so that none is looked into twice. Sequences are compared item by item.</summary>
    IEqualityComparer<TState> States => ValueEquality.Of<TState>();

    /// <summary>What an operation does in a state.</summary>
    ModelStep<TState, object?> Apply(TState state, TOperation operation);

    /// <summary>
    /// To which part of the object an operation belongs, such as the key of a map; each part has a state of its own and is checked
    /// alone, which is much faster (Horn and Kroening, "Faster linearizability checking via P-compositionality", FORTE 2015).
    /// </summary>
    object? PartOf(TOperation operation) => null;

    /// <summary>
    /// Whether an operation that ended with this exception may have taken effect all the same, at once or later: the reply was lost,
    /// for example. By default it has done what <see cref="Apply"/> says; one that was cancelled has done nothing.
    /// </summary>
    bool MayHaveTakenEffect(TOperation operation, Exception error) => false;
}
