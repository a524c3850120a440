namespace Sim.Testing;

public static partial class ReportJson
{
    /// <summary>The document of <c>sim corpus</c>.</summary>
    /// <param name="target">The target, as the user named it.</param>
    /// <param name="folder">Where the corpus is.</param>
    /// <param name="action">What was done with it.</param>
    /// <param name="entries">What was in it before.</param>
    /// <param name="dropped">What of that was dropped.</param>
    public static string OfCorpus(
        string target, string folder, string action, IReadOnlyList<CorpusEntry> entries, IReadOnlyList<CorpusEntry> dropped)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(dropped);
        return Document("corpus", target, 0, json =>
        {
            json.WriteString("folder", folder);
            json.WriteString("action", action);
            json.WriteStartArray("entries");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("name", entry.Line.Scenario);
                json.WriteString("line", entry.Line.ToString());
                json.WriteNumber("decisions", entry.Line.Script.Count);
                json.WriteString("state", Word(entry.State));
                json.WriteString("message", entry.Replay?.Run.Failure?.Message);
                json.WriteString("mismatch", entry.Replay?.Mismatch);
                json.WriteBoolean("dropped", dropped.Contains(entry));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
