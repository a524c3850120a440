namespace Sim.World;

/// <summary>A run that was made for an explanation.</summary>
/// <param name="Report">What became of it.</param>
/// <param name="Course">What it did.</param>
/// <param name="Outcome">What that means.</param>
internal sealed record Attempt(RunReport Report, Course Course, AttemptOutcome Outcome);
