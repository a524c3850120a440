using Sim.Clock;

namespace Sim.World;

/// <summary>One line of a trace: who did what when.</summary>
/// <param name="Time">Virtual time.</param>
/// <param name="Step">The number of the callback or task step during which it happened.</param>
/// <param name="Task">Who: a task, a callback or a timer.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">What, in words; the same in every run with the same decisions.</param>
/// <param name="Cause">For a step: the step that made it ready; 0 = it was ready before the run.</param>
public readonly record struct TraceEvent(Instant Time, long Step, string Task, TraceEventKind Kind, string Text, long Cause);
