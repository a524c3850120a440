namespace Sim.World;

/// <summary>One step of a run that is explained.</summary>
/// <param name="Key">Whose it is, and which of his.</param>
/// <param name="Sites">
/// The async methods in which it goes on, the innermost first, with file and line of the await where symbols tell them; empty
/// for a task's first step and for a callback.
/// </param>
/// <param name="Accesses">What it said that it touches, in order.</param>
public sealed record ExplainedStep(StepKey Key, IReadOnlyList<string> Sites, IReadOnlyList<Access> Accesses);
