namespace Sim.World;

/// <summary>
/// What a decision is known by: names, and not its place in the run. It is the same in every run in which the decision comes
/// up, and as a rule still after an edit elsewhere. No two decisions of a run that deviate have the same.
/// </summary>
/// <param name="Kind">What is decided.</param>
/// <param name="Step">
/// For an order, the step that runs. For a draw, who draws, and the manieth of his draws of this label it is. For time, the
/// step that has just run. For a cost, the step that is about to run.
/// </param>
/// <param name="Turn">For an order, the oldest ready step: whose turn it was.</param>
/// <param name="Label">For a draw, what for; else empty.</param>
public readonly record struct DecisionKey(DecisionKind Kind, StepKey Step, StepKey Turn, string Label);
