namespace Sim.World;

/// <summary>A decision that did not take its default.</summary>
/// <param name="Index">The number of the decision in its run, from 0.</param>
/// <param name="Value">The value taken, at least 1.</param>
/// <param name="Key">What a replay knows it by; the default if the run had no records.</param>
public readonly record struct Deviation(int Index, int Value, DecisionKey Key);
