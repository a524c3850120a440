using System.Text;
using System.Text.Json;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// What runners report, as JSON for programs: one document for a call, in ASCII, ending in a newline. Its form is
/// <see cref="Version"/>; members may be added to it, and what is there keeps its name and meaning. Lengths of time are numbers of
/// seconds. Members that have no value are null, never missing. <c>docs/cli.md</c> lists them. Thread-safe.
/// </summary>
public static partial class ReportJson
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    /// <summary>The document of <c>sim list</c>.</summary>
    /// <param name="target">The target, as the user named it.</param>
    /// <param name="scenarios">What it holds.</param>
    /// <param name="kept">How many failures of each scenario are kept.</param>
    /// <param name="leftOut">Tests that only their own runner can run: a sentence for each.</param>
    public static string OfList(string target, IReadOnlyList<Scenario> scenarios, Func<Scenario, int> kept, IReadOnlyList<string> leftOut)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(leftOut);
        return Document("list", target, 0, json =>
        {
            json.WriteStartArray("scenarios");
            foreach (var scenario in scenarios)
            {
                json.WriteStartObject();
                json.WriteString("name", scenario.Name);
                json.WriteString("planted", scenario.MustFail);
                json.WriteNumber("kept", kept(scenario));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Texts(json, "leftOut", leftOut);
        });
    }

    private static string Document(string command, string target, int exitCode, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("command", command);
            json.WriteString("target", target);
            json.WriteNumber("exitCode", exitCode);
            write(json);
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(stream.ToArray()) + "\n";
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    // "PlantedBugFound" is planted-bug-found, as words on the command line are.
    internal static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static decimal Seconds(TimeSpan length) => (decimal)length.Ticks / TimeSpan.TicksPerSecond;

    private static void Failure(Utf8JsonWriter json, RunReport run)
    {
        var failure = run.Failure!;
        json.WriteString("kind", Word(failure.Kind));
        json.WriteString("exception", failure.Exception.GetType().FullName);
        json.WriteString("message", failure.Exception.Message);
        json.WriteString("task", failure.Task);
        json.WriteNumber("virtualSeconds", Seconds(failure.Time.SinceOrigin));
        json.WriteString("fingerprint", failure.Fingerprint);
    }
}
