namespace Sim.World;

/// <summary>A call in its place in a linearization.</summary>
/// <param name="Call">The call.</param>
/// <param name="State">The state of the model after it, as text.</param>
public sealed record LinearizedCall(Call Call, string State);
