namespace Sim.World;

/// <summary>One thing that a step did, as far as it counts for what happens before what.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">The thing, the ready number of what became ready, or the value drawn.</param>
internal readonly record struct StepEvent(StepEventKind Kind, long Number);
