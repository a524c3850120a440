namespace Sim.World;

/// <summary>
/// What a run did, told by keys and not by positions: the steps in their order, with a mark where time passed although work was
/// ready, and the values that were chosen. Told so, parts of two runs can be put together to a third.
/// </summary>
/// <param name="Order">The steps; where time passed, the key of <see cref="Passage"/>.</param>
/// <param name="Values">Draws, and other choices that are no order, in the order of the run.</param>
internal sealed record Course(IReadOnlyList<StepKey> Order, IReadOnlyList<Course.Value> Values)
{
    /// <summary>The key of the place where time passed for the n-th time in spite of ready work.</summary>
    public static StepKey Passage(int number) => new(DecisionPoint.TimeLabel, number);

    /// <summary>Whether a key stands for time that passed, not for a step.</summary>
    public static bool IsPassage(in StepKey key) => ReferenceEquals(key.Name, DecisionPoint.TimeLabel);

    /// <summary>How many steps there are before a place in the order.</summary>
    public int StepsBefore(int place) => Order.Take(place).Count(static key => !IsPassage(in key));

    /// <summary>How many keys at the beginning are those of the other.</summary>
    public int SharedWith(Course other)
    {
        var count = 0;
        while (count < Math.Min(Order.Count, other.Order.Count) && Order[count] == other.Order[count])
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether the first so many steps are those of the other, in the same order and with the same values chosen.</summary>
    public bool BeginsLike(Course other, int steps) =>
        First(steps).SequenceEqual(other.First(steps))
        && Choices(steps).SequenceEqual(other.Choices(steps));

    // With the passages of time before the last of them.
    private IEnumerable<StepKey> First(int steps) =>
        Order.TakeWhile(key => IsPassage(in key) ? steps > 0 : steps-- > 0);

    // Zero is what is chosen where nobody chooses.
    private IEnumerable<Value> Choices(int steps) => Values.Where(value => value.Place <= steps && value.Chosen != 0);

    /// <summary>The order up to a place, then <paramref name="rest"/> without what has been.</summary>
    public List<StepKey> Splice(int place, IEnumerable<StepKey> rest)
    {
        // Looked up, never iterated.
        var taken = Order.Take(place).ToHashSet();
        return [.. Order.Take(place), .. rest.Where(key => !taken.Contains(key))];
    }

    /// <summary>A choice that is no order, by who made it and as which of his; what was chosen, and after how many steps.</summary>
    public readonly record struct Value(DecisionKind Kind, string Label, int Number, int Chosen, int Place);
}
