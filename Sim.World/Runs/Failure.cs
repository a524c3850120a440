using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>Why a run failed.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Exception">The exception that tells what happened.</param>
/// <param name="Time">When, in virtual time.</param>
/// <param name="Task">In which task or callback.</param>
public sealed partial record Failure(FailureKind Kind, Exception Exception, Instant Time, string Task)
{
    /// <summary>What happened, without when and where.</summary>
    public string Message => $"{Exception.GetType().Name}: {Exception.Message.Trim()}";

    /// <summary>What the exception tells beyond its message, below an empty line; empty as a rule.</summary>
    public string Details => Exception is IDetailedException { Details: { Length: > 0 } details } ? $"\n\n{details}" : "";

    /// <summary>
    /// Eight hexadecimal digits that are equal for failures of the same kind, exception and message, numbers and lines of code left
    /// out. Of an error of the library its <see cref="LoopException.Reason"/> counts, and not who else is told of.
    /// </summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Kind}\n{Exception.GetType().Name}\n{Reason}")))[..8];

    /// <summary>
    /// Whether another run failed in the same way, perhaps at another time and with other numbers: what shrinking must keep,
    /// so that it does not slip to another bug.
    /// </summary>
    public bool IsSameAs(Failure? other) =>
        other is not null && Kind == other.Kind && Exception.GetType() == other.Exception.GetType()
        && Reason == other.Reason;

    private string Reason => WithoutNumbers(Exception is LoopException ours ? ours.Reason : Exception.Message);

    // Nor lines of code: an edit moves them, and not every build knows them.
    private static string WithoutNumbers(string text) =>
        string.Concat(Place().Replace(text, "").Where(static c => !char.IsAsciiDigit(c)));

    [GeneratedRegex(@" \([^()\s]+\.cs:\d+\)")]
    private static partial Regex Place();
}
