using System.Collections;
using System.Globalization;
using System.Text;

namespace Sim.Testing.NUnit;

/// <summary>An argument's value as a part of a file name. Pure, and independent of the culture.</summary>
internal static class SnapshotArgument
{
    private static readonly CultureInfo _culture = CultureInfo.InvariantCulture;

    public static string Format(object? value)
    {
        var name = new StringBuilder();
        Append(name, value, isRoot: true);
        return name.ToString();
    }

    private static void Append(StringBuilder name, object? value, bool isRoot)
    {
        switch (value)
        {
            case null:
                name.Append("null");
                break;
            case string text:
                AppendClean(name, text);
                break;
            case short or ushort or int or uint or long or ulong or Half or float or double or decimal:
                name.Append(((IFormattable)value).ToString(null, _culture));
                break;
            case DateTime time:
                name.Append(DateAndTime(time)).Append(time.Kind == DateTimeKind.Unspecified ? "" : time.Kind.ToString());
                break;
            case DateTimeOffset time:
                name.Append(DateAndTime(time.DateTime)).Append(Offset(time.Offset));
                break;
            case DateOnly date:
                name.Append(date.ToString("yyyy-MM-dd", _culture));
                break;
            case TimeOnly time:
                name.Append(time.ToString("h-mm-tt", _culture));
                break;
            case IEnumerable items when IsCollection(value):
                AppendItems(name, items, isRoot);
                break;
            default:
                AppendOther(name, value);
                break;
        }
    }

    private static void AppendItems(StringBuilder name, IEnumerable items, bool isRoot)
    {
        var inner = new StringBuilder();
        var count = 0;
        foreach (var item in items)
        {
            inner.Append(count++ == 0 ? "" : ",");
            Append(inner, item, isRoot: false);
        }

        // Brackets are left away only where they say nothing: around the items of an argument that has some.
        name.Append(isRoot && count > 0 ? $"{inner}" : $"[{inner}]");
    }

    private static void AppendOther(StringBuilder name, object value)
    {
        var type = value.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            Append(name, type.GetProperty("Key")!.GetValue(value), isRoot: true);
            name.Append('=');
            Append(name, type.GetProperty("Value")!.GetValue(value), isRoot: true);
            return;
        }

        AppendClean(name, value.ToString() ?? throw new InvalidOperationException(
            $"{type} returned null from ToString(), so it cannot name a snapshot file. Let it return a text, or pass another argument."));
    }

    /// <summary>
    /// Replaces what some file system refuses, on all systems alike. '#' stays, as in Verify up to version 31; from 32
    /// it is replaced too.
    /// </summary>
    private static void AppendClean(StringBuilder name, string text)
    {
        foreach (var c in text)
        {
            name.Append(c < ' ' || "\"\\<>|:*?/".Contains(c, StringComparison.Ordinal) ? '-' : c);
        }
    }

    /// <summary>A sequence that is not a collection (an iterator) is named by its ToString, as Verify does.</summary>
    private static bool IsCollection(object value) => value is ICollection || value.GetType().GetInterfaces().Any(
        i => i.IsGenericType
            && (i.GetGenericTypeDefinition() == typeof(ICollection<>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>)));

    private static string DateAndTime(DateTime time)
    {
        var ticks = time.TimeOfDay.Ticks;
        var format = ticks == 0 ? "yyyy-MM-dd"
            : ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-ddTHH-mm"
            : ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH-mm-ss"
            : "yyyy-MM-ddTHH-mm-ss.FFFFFFF";
        return time.ToString(format, _culture);
    }

    private static string Offset(TimeSpan offset)
    {
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        var minutes = offset.Minutes == 0 ? "" : $"-{Math.Abs(offset.Minutes).ToString("00", _culture)}";
        return $"{sign}{Math.Abs(offset.Hours).ToString(_culture)}{minutes}";
    }
}
