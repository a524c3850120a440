using System.Runtime.CompilerServices;

namespace Sim.Conformance;

/// <summary>
/// A program may set the result of a gather to something that is no list, which Python allows. Here the future takes a list
/// that stands for that value.
/// </summary>
internal static class SetLists
{
    private static readonly ConditionalWeakTable<Array, Stored> _values = [];

    public static TList Of<TList>(TList list, object? value)
        where TList : class
    {
        _values.Add((Array)(object)list, new Stored(value));
        return list;
    }

    public static bool IsSet(Array list, out object? value)
    {
        var known = _values.TryGetValue(list, out var stored);
        value = stored?.Value;
        return known;
    }

    private sealed record Stored(object? Value);
}
