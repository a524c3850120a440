using System.Globalization;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// A failing run in one word, printed and parsed by this type alone: <c>account-race@2:4.1.bob-3.alice-2:9c41d7e2:0f3a92…:7.x1KfQz-9a</c>,
/// that is, the scenario, the version of this format, the decisions that deviate from first in first out, in which way it
/// fails, the hash of the trace, and marks of its steps. It holds no character that a shell changes.
/// </summary>
/// <param name="Scenario">The name of the scenario.</param>
/// <param name="Script">The decisions.</param>
/// <param name="Outcome">The <see cref="Failure.Fingerprint"/> of the failure; <c>held</c> for a run that held.</param>
/// <param name="TraceHash">The hash of the recorded trace.</param>
public sealed record ReplayLine(string Scenario, DecisionScript Script, string Outcome, string TraceHash)
{
    /// <summary>The version of the format that this library writes and reads.</summary>
    public const int Version = 2;

    private const string Form = "a replay line is <scenario>@<version>:<decisions>:<failure>:<trace hash>:<steps>, as a failure prints it";
    private const string Held = "held";

    /// <summary>Marks of the recorded steps; null in a line without them.</summary>
    public StepMarks? Steps { get; init; }

    /// <summary>Whether somebody has changed the decisions since the line was printed.</summary>
    public bool IsChangedByHand => Steps?.AreOf(Script) == false;

    /// <summary>The replay line of a run.</summary>
    public static ReplayLine Of(Scenario scenario, RunReport report)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(report);
        return new ReplayLine(scenario.Name, report.Script, OutcomeOf(report), report.Trace.Hash) { Steps = StepMarks.Of(report) };
    }

    /// <summary>Whether a run ended as the recorded one did: failed in the same way, or held.</summary>
    public bool EndsAlike(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return OutcomeOf(report).Equals(Outcome, StringComparison.Ordinal);
    }

    /// <summary>Reads a replay line.</summary>
    /// <exception cref="ScenarioException">It is malformed or of another version; the message is one line.</exception>
    public static ReplayLine Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line = line.Trim().ReplaceLineEndings(" ");
        var at = line.IndexOf('@', StringComparison.Ordinal);
        var fields = at < 1 ? [] : line[(at + 1)..].Split(':');
        if (fields.Length == 0 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw new ScenarioException($"'{line}' is not a replay line: {Form}.");
        }

        if (version != Version)
        {
            throw new ScenarioException(
                $"The replay line '{line}' is of version {version}, and this is version {Version}: use the Sim that printed it, or fuzz again.");
        }

        var steps = fields.Length == 5 ? StepMarks.Parse(fields[4]) : null;
        if (fields.Length != (steps is null ? 4 : 5) || !(fields[2] == Held || IsHash(fields[2], 8)) || !IsHash(fields[3], 16))
        {
            throw new ScenarioException($"The replay line '{line}' is cut or changed: {Form}.");
        }

        try
        {
            return new ReplayLine(Uri.UnescapeDataString(line[..at]), DecisionScript.Parse(fields[1]), fields[2], fields[3]) { Steps = steps };
        }
        catch (FormatException malformed)
        {
            throw new ScenarioException($"The replay line '{line}' is cut or changed: {malformed.Message}", malformed);
        }
    }

    /// <summary>The line.</summary>
    public override string ToString() =>
        $"{Uri.EscapeDataString(Scenario).Replace("~", "%7E", StringComparison.Ordinal)}@{Version}:{Script}:{Outcome}:{TraceHash}"
        + (Steps is null ? "" : $":{Steps}");

    private static string OutcomeOf(RunReport report) => report.Failure?.Fingerprint ?? Held;

    private static bool IsHash(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}
