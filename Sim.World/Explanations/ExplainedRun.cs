namespace Sim.World;

/// <summary>One of the two runs of an explanation.</summary>
/// <param name="Report">The run, recorded.</param>
/// <param name="Steps">Its steps, in order: the first is step 1 of the trace.</param>
public sealed record ExplainedRun(RunReport Report, IReadOnlyList<ExplainedStep> Steps);
