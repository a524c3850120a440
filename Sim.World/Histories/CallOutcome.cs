namespace Sim.World;

/// <summary>What became of a call. Immutable.</summary>
/// <param name="Kind">In which way it ended, if it did.</param>
/// <param name="Value">What it returned; null for a call without a result.</param>
/// <param name="Error">What it threw.</param>
public sealed record CallOutcome(CallOutcomeKind Kind, object? Value, Exception? Error)
{
    /// <summary>No response.</summary>
    public static CallOutcome Pending { get; } = new(CallOutcomeKind.Pending, null, null);

    /// <summary>It returned a value; null for a call without a result.</summary>
    public static CallOutcome Returned(object? value) => new(CallOutcomeKind.Returned, value, null);

    /// <summary>It ended with an exception; one of cancellation means that it was cancelled.</summary>
    public static CallOutcome Threw(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new CallOutcome(error is OperationCanceledException ? CallOutcomeKind.Cancelled : CallOutcomeKind.Threw, null, error);
    }

    /// <summary>In a word or two: the value, <c>done</c>, the name of the exception, <c>cancelled</c>, <c>no answer</c>.</summary>
    public override string ToString() => Kind switch
    {
        CallOutcomeKind.Pending => "no answer",
        CallOutcomeKind.Cancelled => "cancelled",
        CallOutcomeKind.Threw => Error!.GetType().Name,
        _ => Value is null ? "done" : ValueText.Of(Value),
    };
}
