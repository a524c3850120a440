namespace Sim.Core;

/// <summary>One entry of a future's list: who is to be put into the ready queue when it is done, and how.</summary>
/// <param name="Callback">What the ready queue will run.</param>
/// <param name="State">Handed to it.</param>
/// <param name="Context">Under which context.</param>
/// <param name="Flow">In which execution context.</param>
internal readonly record struct DoneCallback(Delegate Callback, object? State, LoopContext? Context, ExecutionContext? Flow);
