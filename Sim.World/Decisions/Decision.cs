namespace Sim.World;

/// <summary>One thing that could have gone otherwise, and how it went.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Bound">How many values were possible, at least 2.</param>
/// <param name="Value">Which was taken; 0 is the default: first in first out, no surprise.</param>
/// <param name="Label">For an order, the task or callback that was taken; for a draw, who drew for what.</param>
/// <param name="DefaultLabel">The label that value 0 would have had: whose turn it was.</param>
public readonly record struct Decision(DecisionKind Kind, int Bound, int Value, string Label, string DefaultLabel);
