using System.Text.Json.Nodes;

namespace Sim.Conformance;

/// <summary>Every way to make a program a little smaller. What results may be no program: the parser says so.</summary>
internal static class ProgramEdits
{
    private static readonly string[] _bodies = ["body", "h", "fin"];

    // What an operation can do without, and numbers that matter less when they are small.
    private static readonly string[] _optional = ["h", "fin", "re", "rex", "eager", "d"];
    private static readonly (string Field, int Least)[] _numbers = [("d", 0), ("w", 0), ("n", 1)];

    /// <summary>Smaller programs as JSON, each one edit away.</summary>
    public static IEnumerable<string> Of(string json)
    {
        var edits = new List<Action<JsonObject>>();
        var program = Parse(json);
        foreach (var key in new[] { "profile", "min", "objects", "init" })
        {
            edits.Add(root => root.Remove(key));
        }

        foreach (var kind in program["objects"]?.AsObject().Select(entry => entry.Key) ?? [])
        {
            edits.Add(root => root["objects"]!.AsObject().Remove(kind));
        }

        foreach (var key in new[] { "phases", "procs", "funcs" })
        {
            EditsOfList(edits, program[key]!.AsArray(), key);
        }

        if (program["init"] is JsonArray init)
        {
            EditsOfBody(edits, init, root => root["init"]!.AsArray());
        }

        foreach (var edit in edits)
        {
            var copy = Parse(json);
            edit(copy);
            var smaller = copy.ToJsonString();
            if (smaller != json)
            {
                yield return smaller;
            }
        }
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static void EditsOfList(List<Action<JsonObject>> edits, JsonArray list, string key)
    {
        for (var k = 0; k < list.Count; k++)
        {
            var at = k;
            if (list[k] is JsonArray body)
            {
                edits.Add(root => BodyNumbers.Remove(root, key, at));
                edits.Add(root => root[key]![at]!.AsArray().Clear());
                EditsOfBody(edits, body, root => root[key]![at]!.AsArray());
            }
            else
            {
                edits.Add(root => root[key]!.AsArray().RemoveAt(at));
            }
        }
    }

    private static void EditsOfBody(List<Action<JsonObject>> edits, JsonArray body, Func<JsonObject, JsonArray> find)
    {
        for (var size = body.Count / 2; size > 1; size /= 2)
        {
            for (var start = 0; start + size <= body.Count; start += size)
            {
                var (from, count) = (start, size);
                edits.Add(root => find(root).RemoveRange(from, count));
            }
        }

        for (var k = 0; k < body.Count; k++)
        {
            var at = k;
            edits.Add(root => find(root).RemoveAt(at));
            EditsOfOp(edits, body[k]!.AsObject(), root => find(root), at);
        }
    }

    private static void EditsOfOp(List<Action<JsonObject>> edits, JsonObject op, Func<JsonObject, JsonArray> find, int at)
    {
        JsonObject Op(JsonObject root) => find(root)[at]!.AsObject();

        foreach (var field in _optional.Where(op.ContainsKey))
        {
            edits.Add(root => Op(root).Remove(field));
        }

        foreach (var (field, least) in _numbers)
        {
            if (op[field] is JsonValue number && number.TryGetValue<long>(out var value) && value > least)
            {
                edits.Add(root => Op(root)[field] = least);
                edits.Add(root => Op(root)[field] = value / 2);
            }
        }

        if (op["p"] is JsonValue)
        {
            // What it does, done here.
            edits.Add(root => Replace(find(root), at, [.. root["procs"]![(int)Op(root)["p"]!]!.DeepClone().AsArray()]));
        }

        foreach (var field in _bodies.Where(field => op[field] is JsonArray))
        {
            // The operations of a block in its place.
            edits.Add(root => Replace(find(root), at, [.. Op(root)[field]!.AsArray()]));
            EditsOfBody(edits, op[field]!.AsArray(), root => Op(root)[field]!.AsArray());
        }

        if (op["fs"] is JsonArray names)
        {
            for (var k = 0; k < names.Count; k++)
            {
                var name = k;
                edits.Add(root => Op(root)["fs"]!.AsArray().RemoveAt(name));
            }
        }
    }

    private static void Replace(JsonArray list, int at, JsonNode?[] ops)
    {
        foreach (var op in ops)
        {
            op!.Parent!.AsArray().Remove(op);
        }

        list.RemoveAt(at);
        for (var k = 0; k < ops.Length; k++)
        {
            list.Insert(at + k, ops[k]);
        }
    }
}
