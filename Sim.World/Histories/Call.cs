namespace Sim.World;

/// <summary>One operation in a history, from its invocation to its response. Immutable.</summary>
/// <param name="Number">Which invocation of the history it is, from 0.</param>
/// <param name="Task">Who called: one call at a time.</param>
/// <param name="Operation">What was called, with its arguments: what the model is applied to, and shown by its text form.</param>
/// <param name="Invoked">When it was called.</param>
/// <param name="Responded">When it ended; null if it has not.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record Call(
    int Number, string Task, object Operation, HistoryMoment Invoked, HistoryMoment? Responded, CallOutcome Outcome)
{
    /// <summary>For example <c>B get("a") → 3</c>.</summary>
    public override string ToString() => $"{Task} {ValueText.Of(Operation)} → {Outcome}";
}
