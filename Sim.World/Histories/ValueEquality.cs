using System.Collections;

namespace Sim.World;

/// <summary>
/// Equality of states and results: by value, and sequences item by item, in order. Hashes are looked up, never shown.
/// </summary>
internal static class ValueEquality
{
    /// <summary>The comparer of a type: its own, unless it is a sequence that is equal only to itself.</summary>
    public static IEqualityComparer<T> Of<T>() =>
        typeof(T) != typeof(string) && typeof(IEnumerable).IsAssignableFrom(typeof(T)) ? Items<T>.Comparer : EqualityComparer<T>.Default;

    /// <summary>Whether two results are equal.</summary>
    public static new bool Equals(object? left, object? right) =>
        object.Equals(left, right)
        || (left is IEnumerable a and not string && right is IEnumerable b and not string && SameItems(a, b));

    private static bool SameItems(IEnumerable left, IEnumerable right) =>
        left.Cast<object?>().SequenceEqual(right.Cast<object?>(), Items<object?>.Comparer);

    private static class Items<T>
    {
        public static IEqualityComparer<T> Comparer { get; } =
            EqualityComparer<T>.Create(static (left, right) => Equals(left, right), HashOf!);

        private static int HashOf(T value)
        {
            if (value is not IEnumerable items || value is string)
            {
                return value?.GetHashCode() ?? 0;
            }

            var hash = 17;
            foreach (var item in items)
            {
                hash = unchecked((hash * 31) + Items<object?>.HashOf(item));
            }

            return hash;
        }
    }
}
