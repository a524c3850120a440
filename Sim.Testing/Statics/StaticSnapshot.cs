using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Sim.Testing;

/// <summary>
/// What static fields hold at one moment: of numbers, texts and the like the value; of an object which one it is, how many
/// there are in it if it is a collection, and one level of its fields or elements.
/// </summary>
internal sealed class StaticSnapshot
{
    /// <summary>How many elements of an array are looked at.</summary>
    private const int Elements = 256;

    private const BindingFlags Inner = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private readonly List<(string Path, object? Value)> _values = [];

    // Looked up, never iterated.
    private readonly Dictionary<string, object?> _byPath = new(StringComparer.Ordinal);

    /// <summary>Takes down what a field holds.</summary>
    public void Add(FieldInfo field, object? value)
    {
        var path = $"{TypeName(field.DeclaringType!)}.{Name(field)}";
        Add(path, value);
        if (value is null || IsPlain(value))
        {
            return;
        }

        if (value is Array { Rank: 1 } array)
        {
            for (var i = 0; i < Math.Min(array.Length, Elements); i++)
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), array.GetValue(i));
            }
        }
        else if (CountOf(value) is { } count)
        {
            Add($"{path}.Count", count);
        }
        else if (!IsOfTheRuntime(value.GetType()))
        {
            foreach (var inner in value.GetType().GetFields(Inner))
            {
                Add($"{path}.{Name(inner)}", inner.GetValue(value));
            }
        }
    }

    /// <summary>What has changed up to a later moment: <c>static Bank._nextId: 3, then 4</c>.</summary>
    public IReadOnlyList<StaticChange> ChangesTo(StaticSnapshot later)
    {
        var changes = new List<StaticChange>();
        foreach (var (path, value) in _values)
        {
            if (later._byPath.TryGetValue(path, out var now) && !IsSame(value, now))
            {
                changes.Add(new StaticChange(path, Words(value), Words(now, value)));
            }
        }

        return changes;
    }

    private void Add(string path, object? value)
    {
        // A field of a base class may have the same name as one below it.
        if (_byPath.TryAdd(path, value))
        {
            _values.Add((path, value));
        }
    }

    private static bool IsSame(object? left, object? right) =>
        left is not null && right is not null && IsPlain(left) && IsPlain(right) ? left.Equals(right) : ReferenceEquals(left, right);

    private static bool IsPlain(object value) =>
        value is string || (value.GetType() is { IsValueType: true } type && (type.IsEnum || IsOfTheRuntime(type)));

    private static bool IsOfTheRuntime(Type type) => type.Assembly == typeof(object).Assembly;

    // Of the runtime's collections only: to count one of the user's would run his code.
    private static int? CountOf(object value) =>
        value is IEnumerable && value.GetType().Namespace?.StartsWith("System.", StringComparison.Ordinal) == true
            ? value.GetType().GetProperty("Count", typeof(int))?.GetValue(value) as int?
            : null;

    private static string Words(object? value, object? before = null) => value switch
    {
        null => "null",
        string text => text.Length > 40 ? $"\"{text[..40]}…\"" : $"\"{text}\"",
        IFormattable number when IsPlain(value) => number.ToString(null, CultureInfo.InvariantCulture),
        _ when IsPlain(value) => value.ToString() ?? "",
        _ => before is null ? $"a {TypeName(value.GetType())}" : $"another {TypeName(value.GetType())}",
    };

    private static string TypeName(Type type) => type.DeclaringType is { } outer ? $"{TypeName(outer)}.{type.Name}" : type.Name;

    // A property without code of its own is kept in a field with a name of the compiler's.
    private static string Name(FieldInfo field) =>
        field.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end && field.Name[0] == '<' ? field.Name[1..end] : field.Name;
}
