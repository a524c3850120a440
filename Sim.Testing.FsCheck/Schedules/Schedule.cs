using System.Collections.Immutable;
using System.Globalization;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>
/// A schedule as a property-testing library wants it: the values of a run's decisions in order, 0 (first in, first out)
/// from their end on. Every list is a valid schedule for every program. Immutable.
/// </summary>
public sealed class Schedule : IEquatable<Schedule>
{
    /// <summary>First in, first out: the schedule towards which all others shrink.</summary>
    public static Schedule Fifo { get; } = new([]);

    /// <summary>A schedule of these values; zeros at the end say nothing and are dropped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative.</exception>
    public Schedule(IEnumerable<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var list = values.ToList();
        foreach (var value in list)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(values));
        }

        Values = [.. list.Take(list.FindLastIndex(static value => value != 0) + 1)];
    }

    /// <summary>The value of each decision. One beyond the bound of its decision wraps around.</summary>
    public ImmutableArray<int> Values { get; }

    /// <summary>How many decisions deviate from first in, first out.</summary>
    public int Deviations => Values.Count(static value => value != 0);

    /// <summary>The strategy that follows this schedule.</summary>
    public IStrategy ToStrategy() => new ListStrategy(Values);

    /// <summary>Only what deviates, for example <c>fifo but 4:1 9:2</c>: decision 4 takes value 1, decision 9 value 2.</summary>
    public override string ToString() => Values.IsEmpty
        ? "fifo"
        : "fifo but " + string.Join(' ', Values
            .Select(static (value, index) => (value, index))
            .Where(static pair => pair.value != 0)
            .Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.index}:{pair.value}")));

    /// <inheritdoc/>
    public bool Equals(Schedule? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Schedule);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Length;
}
