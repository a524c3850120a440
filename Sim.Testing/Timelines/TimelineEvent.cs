using Sim.World;

namespace Sim.Testing;

/// <summary>An event of a trace in its lane.</summary>
/// <param name="Lane">The number of the lane, from 0. As a rule that of the step during which it happens.</param>
/// <param name="Happened">The event.</param>
public readonly record struct TimelineEvent(int Lane, TraceEvent Happened);
