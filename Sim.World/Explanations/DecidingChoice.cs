namespace Sim.World;

/// <summary>A decision other than an order that alone decides: all other decisions before it are the same in both runs.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Label">Who decided for what.</param>
/// <param name="Number">Which of the decisions with this label, from 1.</param>
/// <param name="WhereItFails">The value with which it fails.</param>
/// <param name="WhereItHolds">The value with which it holds.</param>
/// <param name="Place">So many steps had begun when it was made, in both runs.</param>
public sealed record DecidingChoice(DecisionKind Kind, string Label, int Number, int WhereItFails, int WhereItHolds, int Place);
