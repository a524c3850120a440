namespace Sim.World;

/// <summary>A decision that did not take its default, with its place in the run.</summary>
/// <param name="Index">The number of the decision in its run, from 0.</param>
/// <param name="Value">The value taken, at least 1.</param>
/// <param name="Label">The label of <see cref="Decision.Label"/>, by which a replay recognises it.</param>
public readonly record struct Deviation(int Index, int Value, string Label);
