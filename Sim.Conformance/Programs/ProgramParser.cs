using System.Text.Json;

namespace Sim.Conformance;

/// <summary>Reads a program from JSON and checks all of it, so that running it meets no surprise.</summary>
internal sealed partial class ProgramParser
{
    private readonly IReadOnlyDictionary<string, OpForm> _forms;
    private readonly SyncObjectCounts _objects;
    private readonly int _procs;
    private readonly int _funcs;

    private ProgramParser(IReadOnlyDictionary<string, OpForm> forms, SyncObjectCounts objects, int procs, int funcs) =>
        (_forms, _objects, _procs, _funcs) = (forms, objects, procs, funcs);

    /// <param name="json">The program.</param>
    /// <param name="forms">The operations there are.</param>
    /// <param name="id">The name of a program that has none of its own.</param>
    /// <exception cref="ProgramFormatException">It is none.</exception>
    public static ConformanceProgram Parse(JsonElement json, IReadOnlyDictionary<string, OpForm> forms, string id)
    {
        Require(json.ValueKind == JsonValueKind.Object, "a program is a JSON object");
        var procs = List(json, "procs");
        var funcs = OptionalList(json, "funcs");
        var parser = new ProgramParser(forms, ReadObjects(json), procs.Count, funcs.Count);
        return new ConformanceProgram(json.TryGetProperty("id", out var name) ? name.ToString() : id, JsonSerializer.Serialize(json))
        {
            Objects = parser._objects,
            Procs = [.. procs.Select((body, k) => parser.ReadBody(body, $"p{k}", mayWait: true))],
            Funcs = [.. funcs.Select((body, k) => parser.ReadBody(body, $"fn{k}", mayWait: false))],
            Init = json.TryGetProperty("init", out var init) ? parser.ReadBody(init, "i", mayWait: false) : [],
            Phases = [.. List(json, "phases").Select(parser.ReadPhase)],
        };
    }

    private Op[] ReadBody(JsonElement body, string path, bool mayWait)
    {
        Require(body.ValueKind == JsonValueKind.Array, $"{path} is a list of operations");
        return [.. body.EnumerateArray().Select((op, k) => ReadOp(op, $"{path}.{k}", mayWait))];
    }

    private Op ReadOp(JsonElement json, string path, bool mayWait)
    {
        Require(json.ValueKind == JsonValueKind.Object && json.TryGetProperty("op", out var name) && name.ValueKind == JsonValueKind.String, $"{path} has no 'op'");
        var word = json.GetProperty("op").GetString()!;
        Require(_forms.TryGetValue(word, out var form), $"{path}: there is no operation '{word}'");
        Require(mayWait || form!.Shape is OpShape.Sync or OpShape.Try, $"{path}: '{word}' cannot stand in a callback");
        var fields = new Dictionary<string, object?>();
        foreach (var field in form!.Fields)
        {
            if (json.TryGetProperty(field.Name, out var value) && !(value.ValueKind == JsonValueKind.Null && field.IsOptional))
            {
                fields[field.Name] = ReadField(value, field, $"{path}: '{field.Name}' of '{word}'", path + BodySuffix(field.Name), mayWait);
            }
            else
            {
                Require(field.IsOptional, $"{path}: '{word}' has no '{field.Name}'");
            }
        }

        Require(word != "wait_for" || fields.ContainsKey("f") || fields.ContainsKey("p"), $"{path}: 'wait_for' has neither 'f' nor 'p'");
        return new Op(form, fields);
    }

    // As the trace has it: the handler of a try at P is Ph, its end Pz.
    private static string BodySuffix(string field) => field switch { "h" => "h", "fin" => "z", _ => "" };

    private Phase ReadPhase(JsonElement phase)
    {
        var kind = phase.ValueKind == JsonValueKind.Object && phase.TryGetProperty("k", out var k) ? k.ToString() : "";
        Require(kind is "ruc" or "forever", "a phase is {\"k\":\"ruc\",\"p\":n} or {\"k\":\"forever\"}");
        if (kind == "forever")
        {
            return new Phase(null);
        }

        Require(phase.TryGetProperty("p", out var proc), "a phase 'ruc' has no 'p'");
        return new Phase((int)ReadIndex(proc, _procs, "'p' of a phase", "proc"));
    }

    private static SyncObjectCounts ReadObjects(JsonElement json)
    {
        if (!json.TryGetProperty("objects", out var objects))
        {
            return new SyncObjectCounts();
        }

        Require(objects.ValueKind == JsonValueKind.Object, "'objects' is a JSON object");
        return new SyncObjectCounts
        {
            Locks = Count(objects, "locks"),
            Events = Count(objects, "events"),
            Conditions = Count(objects, "conds"),
            Semaphores = [.. Pairs(objects, "sems").Select(pair => (Whole(pair[0], "the value of a semaphore"), ReadFlag(pair[1], "whether a semaphore is bounded")))],
            Barriers = [.. OptionalList(objects, "barriers").Select(parties => Whole(parties, "the parties of a barrier", least: 1))],
            Queues = [.. Pairs(objects, "queues").Select(pair => (QueueKind(pair[0]), Whole(pair[1], "the size of a queue")))],
        };
    }

    private static string QueueKind(JsonElement kind)
    {
        Require(kind.ToString() is "fifo" or "lifo" or "prio", "a queue is fifo, lifo or prio");
        return kind.ToString();
    }

    private static int Count(JsonElement objects, string key) => objects.TryGetProperty(key, out var count) ? Whole(count, $"'{key}'") : 0;

    private static List<JsonElement> OptionalList(JsonElement json, string key) => json.TryGetProperty(key, out _) ? List(json, key) : [];

    private static IEnumerable<JsonElement[]> Pairs(JsonElement objects, string key) => OptionalList(objects, key).Select(pair =>
    {
        Require(pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2, $"'{key}' is a list of pairs");
        return pair.EnumerateArray().ToArray();
    });

    private static List<JsonElement> List(JsonElement json, string key)
    {
        Require(json.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array, $"there is no list '{key}'");
        return [.. json.GetProperty(key).EnumerateArray()];
    }
}
