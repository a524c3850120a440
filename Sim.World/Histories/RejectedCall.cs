namespace Sim.World;

/// <summary>A call that cannot come next, and why.</summary>
/// <param name="Call">The call.</param>
/// <param name="Reason">What the model says it would do instead: <c>would return 1</c>.</param>
public sealed record RejectedCall(Call Call, string Reason);
