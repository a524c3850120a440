namespace Sim.Core;

/// <summary>A failure that nobody has seen.</summary>
/// <param name="Failure">What went wrong.</param>
/// <param name="Who">The name of the task or future.</param>
/// <param name="Flow">In which context the exception handler is told of it; null = in that of who reports it.</param>
internal readonly record struct LostFailure(Exception Failure, string Who, ExecutionContext? Flow);
