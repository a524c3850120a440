using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sim.Conformance;

/// <content>The fields of operations.</content>
internal sealed partial class ProgramParser
{
    private object? ReadField(JsonElement json, OpField field, string what, string bodyPath, bool mayWait) => field.Kind switch
    {
        FieldKind.Number => ReadNumber(json, what),
        FieldKind.NumberOrNull => json.ValueKind == JsonValueKind.Null ? null : ReadNumber(json, what),
        FieldKind.Value => ReadValue(json, what),
        FieldKind.Name => ReadText(json, what),
        FieldKind.Names or FieldKind.Kinds => ReadTexts(json, what),
        FieldKind.Flag => ReadFlag(json, what),
        FieldKind.Body => ReadBody(json, bodyPath, mayWait),
        FieldKind.ReturnWhen => ReadWord(json, what, "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"),
        FieldKind.Directions => ReadWord(json, what, "r", "w", "rw"),
        FieldKind.Proc => ReadIndex(json, _procs, what, "proc"),
        FieldKind.Func => ReadIndex(json, _funcs, what, "callback"),
        FieldKind.Lock => ReadIndex(json, _objects.Locks, what, "lock"),
        FieldKind.Event => ReadIndex(json, _objects.Events, what, "event"),
        FieldKind.Semaphore => ReadIndex(json, _objects.Semaphores.Count, what, "semaphore"),
        FieldKind.Condition => ReadIndex(json, _objects.Conditions, what, "condition"),
        FieldKind.Barrier => ReadIndex(json, _objects.Barriers.Count, what, "barrier"),
        _ => ReadIndex(json, _objects.Queues.Count, what, "queue"),
    };

    private static long ReadIndex(JsonElement json, int count, string what, string thing)
    {
        var index = ReadNumber(json, what);
        Require(index >= 0 && index < count, $"{what} is {index}, but there is no {thing} of that number");
        return index;
    }

    // Times are sums of numbers of a program: a bound far above any sense keeps them on the time line.
    private static long ReadNumber(JsonElement json, string what)
    {
        long number = 0;
        Require(json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out number), $"{what} must be a whole number");
        Require(Math.Abs(number) <= 1_000_000_000_000, $"{what} is {number}: too large for a time in microseconds");
        return number;
    }

    private static int Whole(JsonElement json, string what, int least = 0)
    {
        var number = ReadNumber(json, what);
        Require(number >= least && number <= int.MaxValue, $"{what} is {number}, but must be {least} or more");
        return (int)number;
    }

    private static object? ReadValue(JsonElement json, string what) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Array => json.EnumerateArray().Select(item => ReadValue(item, what)).ToArray(),
        _ => ReadNumber(json, what),
    };

    private static string ReadText(JsonElement json, string what)
    {
        Require(json.ValueKind == JsonValueKind.String, $"{what} must be a text");
        return json.GetString()!;
    }

    private static string[] ReadTexts(JsonElement json, string what)
    {
        Require(json.ValueKind == JsonValueKind.Array, $"{what} must be a list of texts");
        return [.. json.EnumerateArray().Select(item => ReadText(item, what))];
    }

    private static string ReadWord(JsonElement json, string what, params string[] words)
    {
        var word = ReadText(json, what);
        Require(words.Contains(word), $"{what} is '{word}', but must be {string.Join(" or ", words)}");
        return word;
    }

    private static bool ReadFlag(JsonElement json, string what)
    {
        var number = json.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.Number when json.TryGetInt32(out var given) => given,
            _ => -1,
        };
        Require(number is 0 or 1, $"{what} must be 0, 1, true or false");
        return number == 1;
    }

    private static void Require([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw new ProgramFormatException(message);
        }
    }
}
