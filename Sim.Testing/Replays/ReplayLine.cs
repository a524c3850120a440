using System.Globalization;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// A failing run in one word, printed and parsed by this type alone: <c>account-race@1:4.1.bob:0f3a92…</c>, that is, the
/// scenario, the version of this format, the decisions that deviate from first in first out, and the hash of the trace.
/// It holds no character that a shell changes.
/// </summary>
/// <param name="Scenario">The name of the scenario.</param>
/// <param name="Script">The decisions.</param>
/// <param name="TraceHash">The hash of the recorded trace.</param>
public sealed record ReplayLine(string Scenario, DecisionScript Script, string TraceHash)
{
    /// <summary>The version of the format that this library writes and reads.</summary>
    public const int Version = 1;

    private const string Form = "a replay line is <scenario>@<version>:<decisions>:<trace hash>, as a failure prints it";

    /// <summary>The replay line of a run.</summary>
    public static ReplayLine Of(Scenario scenario, RunReport report)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(report);
        return new ReplayLine(scenario.Name, report.Script, report.Trace.Hash);
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

        if (fields.Length != 3 || fields[2].Length != 16 || !fields[2].All(char.IsAsciiHexDigitLower))
        {
            throw new ScenarioException($"The replay line '{line}' is cut or changed: {Form}.");
        }

        try
        {
            return new ReplayLine(Uri.UnescapeDataString(line[..at]), DecisionScript.Parse(fields[1]), fields[2]);
        }
        catch (FormatException malformed)
        {
            throw new ScenarioException($"The replay line '{line}' is cut or changed: {malformed.Message}", malformed);
        }
    }

    /// <summary>The line.</summary>
    public override string ToString() => $"{Uri.EscapeDataString(Scenario).Replace("~", "%7E", StringComparison.Ordinal)}@{Version}:{Script}:{TraceHash}";
}
