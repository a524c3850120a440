using System.Collections.Immutable;

namespace Sim.World;

/// <summary>How far the calls on one part of an object can be put into an order that the model explains.</summary>
/// <param name="Part">Which part (<see cref="ISequentialModel{TState, TOperation}.PartOf"/>); null for the whole object.</param>
/// <param name="History">The calls on it.</param>
/// <param name="Order">The order; the longest beginning of one, if there is none for all.</param>
/// <param name="Rejected">Of the calls that may come next, why each cannot; empty if the order is complete.</param>
/// <param name="State">The state after <paramref name="Order"/>, as text.</param>
/// <param name="Configurations">How many different configurations were looked into: what has come, and the state.</param>
public sealed record Linearization(
    object? Part,
    History History,
    ImmutableArray<LinearizedCall> Order,
    ImmutableArray<RejectedCall> Rejected,
    string State,
    long Configurations)
{
    /// <summary>Whether all calls that have a response, and of the others those that must, stand in the order.</summary>
    public bool IsComplete => Rejected.IsEmpty;
}
