using Microsoft.Extensions.Logging;
using Sim.Clock;

namespace Sim.Testing.Hosting;

/// <summary>One entry of a simulation's log. Immutable.</summary>
/// <param name="Time">When, in virtual time.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Category">The logger's name in full.</param>
/// <param name="EventId">Which kind of entry.</param>
/// <param name="Message">The text, as a log would show it.</param>
/// <param name="Exception">The error that was handed in; null if none was.</param>
/// <param name="Task">The task that wrote it; null in a plain callback.</param>
/// <param name="State">The named values of the message, and its template as <c>{OriginalFormat}</c>.</param>
/// <param name="Scopes">What was open when it was written, outermost first.</param>
public sealed record SimulationLogEntry(
    Instant Time,
    LogLevel Level,
    string Category,
    EventId EventId,
    string Message,
    Exception? Exception,
    string? Task,
    IReadOnlyList<KeyValuePair<string, object?>> State,
    IReadOnlyList<object?> Scopes)
{
    /// <summary>The category without its namespaces, as the trace has it.</summary>
    public string ShortCategory => Category[(Category.LastIndexOf('.') + 1)..];

    /// <summary>The named value of the message; null where there is none.</summary>
    public object? this[string name] => State.FirstOrDefault(value => value.Key == name).Value;

    /// <summary>As in the trace: <c>info Worker: beat 3</c>, and behind it the error, if there is one.</summary>
    public override string ToString() =>
        $"{Level.ToShortText()} {ShortCategory}: {Message}"
        + $"{(Exception is null ? "" : $" ({Exception.GetType().Name}: {Exception.Message})")}";
}
