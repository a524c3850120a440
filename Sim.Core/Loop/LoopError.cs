using Sim.Clock;

namespace Sim.Core;

/// <summary>What an exception handler is told about an error that nobody awaits (rule 92).</summary>
/// <param name="Message">What happened, in a sentence without the exception's own text.</param>
/// <param name="Exception">The error.</param>
/// <param name="Time">When, on the loop's time line.</param>
/// <param name="Task">The name of the task or callback in which it happened.</param>
public sealed record LoopError(string Message, Exception Exception, Instant Time, string Task)
{
    /// <summary>One line: when, where, what.</summary>
    public override string ToString() => $"{Time} in {Task}: {Message}: {Exception.GetType().Name}: {Exception.Message}";
}
