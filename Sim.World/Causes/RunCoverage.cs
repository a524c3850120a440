namespace Sim.World;

/// <summary>What the schedule of one run comes to, whatever the order of its independent steps. Immutable.</summary>
/// <param name="Class">
/// The happens-before class: two runs of one scenario have the same if, and but for collisions of 128 bits only if, they have
/// the same operations and draws and the same ones happen before each; exhaustive search counts the same classes. Exact as long
/// as no more than 256 tasks and callbacks of the run make operations; beyond that, runs of one class may get different numbers.
/// </param>
/// <param name="HandOvers">
/// The hand-overs seen, each once and as a number that is the same in every run: a resource, the task that used it, and the task
/// that used it next, at least one of the two to write.
/// </param>
public sealed record RunCoverage(UInt128 Class, IReadOnlyList<ulong> HandOvers);
