using System.Runtime.CompilerServices;

namespace Sim.Testing.FsCheck;

/// <summary>Which of two arguments is the smaller one: numbers by size, texts letter by letter, tuples item by item.</summary>
internal static class ArgumentOrder
{
    /// <summary>Below, at or above 0, as comparers say it; 0 for what has no order.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b),
        (ITuple a, ITuple b) when a.Length == b.Length =>
            Enumerable.Range(0, a.Length).Select(i => Compare(a[i], b[i])).FirstOrDefault(static order => order != 0),
        (IComparable a, { } b) when a.GetType() == b.GetType() => a.CompareTo(b),
        _ => 0,
    };
}
