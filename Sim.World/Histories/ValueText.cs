using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Sim.Clock;

namespace Sim.World;

/// <summary>
/// The text of a value in tables and counter-examples, as one would write it down: texts in quotation marks, sequences in
/// brackets, tuples in parentheses, everything else by its own text form.
/// </summary>
public static class ValueText
{
    private const int MostItems = 20;

    /// <summary>The text.</summary>
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Escape(text)}\"",
        char letter => $"'{Escape(letter.ToString())}'",
        bool truth => truth ? "true" : "false",
        TimeSpan length => Durations.Format(length),
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i])))})",
        IDictionary pairs => OfItems(pairs.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(pairs[key])}"), '{', '}'),
        IEnumerable items when !HasText(value) => OfItems(items.Cast<object?>().Select(Of), '[', ']'),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => OneLine(value.ToString() ?? "null"),
    };

    // The text of a type of somebody else's may hold what is in it as it is.
    private static string OneLine(string text) => text.Any(char.IsControl) ? $"\"{Escape(text)}\"" : text;

    private static bool HasText(object value) =>
        value.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType?.Namespace is { } home
        && !home.StartsWith("System", StringComparison.Ordinal);

    private static string OfItems(IEnumerable<string> items, char open, char close)
    {
        var shown = items.Take(MostItems + 1).ToList();
        return shown.Count > MostItems
            ? $"{open}{string.Join(", ", shown.Take(MostItems))}, …{close}"
            : $"{open}{string.Join(", ", shown)}{close}";
    }

    private static string Escape(string text) => string.Concat(text.Select(static c => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '"' => "\\\"",
        '\\' => "\\\\",
        _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    }));
}
