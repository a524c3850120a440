namespace Sim.Testing;

/// <summary>A lane of a timeline: one task, or the loop with all that is no task.</summary>
/// <param name="Name">The name of the task; where several have the same, the second is <c>bob~2</c>. For the loop, <c>loop</c>.</param>
/// <param name="Kind">What it stands for.</param>
public sealed record TimelineLane(string Name, LaneKind Kind);
