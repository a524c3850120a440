using Sim.Clock;

namespace Sim.Core;

/// <summary>What an exception handler is told about an error that nobody awaits (rule 92).</summary>
/// <param name="Message">What happened, in a sentence without the exception's own text.</param>
/// <param name="Exception">The error.</param>
/// <param name="Time">When, on the loop's time line.</param>
/// <param name="Task">The name of the task or callback in which it happened.</param>
public sealed record LoopError(string Message, Exception Exception, Instant Time, string Task)
{
    /// <summary>When it happened, if it is told later; null = at <see cref="Time"/>, or nobody knows.</summary>
    public Instant? FailedAt { get; init; }

    /// <summary>One line: when, where, what.</summary>
    public override string ToString() =>
        $"{Time} in {Task}: {Message}{(FailedAt is { } before && before != Time ? $" (it failed at {before})" : "")}: {Exception.GetType().Name}: {Exception.Message}";

    /// <summary>That line, and below it where in the code the exception was thrown: for a log that nobody but people read.</summary>
    internal string WithTrace() => Exception.StackTrace is { Length: > 0 } trace ? $"{this}{Environment.NewLine}{trace}" : ToString();
}
