using System.Text.Json.Nodes;

namespace Sim.Conformance;

/// <summary>Takes a proc or a callback out of a program: those behind it get lower numbers, wherever they are named.</summary>
internal static class BodyNumbers
{
    /// <param name="program">The program, changed in place. If the body is named somewhere, the result is no program.</param>
    /// <param name="list">Which list: procs or funcs.</param>
    /// <param name="number">Which body.</param>
    public static void Remove(JsonObject program, string list, int number)
    {
        program[list]!.AsArray().RemoveAt(number);
        Renumber(program, list == "procs" ? "p" : "fn", number);
    }

    private static void Renumber(JsonNode? node, string field, int removed)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Renumber(item, field, removed);
                }

                break;
            case JsonObject entries:
                foreach (var (_, value) in entries)
                {
                    Renumber(value, field, removed);
                }

                if (entries[field] is JsonValue named && (int)named >= removed)
                {
                    // The removed body itself becomes a number that no body has.
                    entries[field] = (int)named == removed ? -1 : (int)named - 1;
                }

                break;
        }
    }
}
