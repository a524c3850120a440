namespace Sim.Core;

/// <summary>
/// Where something runs that has a synchronization context of its own and an execution context of its own: a task's first step.
/// </summary>
/// <param name="Context">The synchronization context to run under; null = none.</param>
/// <param name="Flow">The execution context to run in; null = the loop's own.</param>
internal sealed record ContextAndFlow(LoopContext? Context, ExecutionContext? Flow);
