namespace Sim.World;

/// <summary>Narrows the difference between a failing and a passing run to one decision, and if that is an order, to one swap.</summary>
internal sealed class Narrowing(Attempts attempts)
{
    /// <summary>What is left in the end.</summary>
    public Difference Narrow(Attempt failing, Attempt passing)
    {
        // Values first, with the orders as they are: where one of them decides, no order need be looked at.
        var (own, other) = (failing.Course.Values, passing.Course.Values);
        if (!Differing(own, other).Any())
        {
            return NarrowOrder(failing, passing, own);
        }

        var mixed = attempts.Make(failing.Course.Order, other);
        switch (mixed.Outcome)
        {
            case AttemptOutcome.Holds:
                return NarrowValues(failing, mixed, failing.Course.Order);
            case AttemptOutcome.Fails:
                return NarrowOrder(mixed, passing, other);
        }

        mixed = attempts.Make(passing.Course.Order, own);
        return mixed.Outcome switch
        {
            AttemptOutcome.Holds => NarrowOrder(failing, mixed, own),
            AttemptOutcome.Fails => NarrowValues(mixed, passing, passing.Course.Order),
            _ => new Difference(failing, passing),
        };
    }

    /// <summary>
    /// The same difference in another run that fails, if it is there: that run does all alike up to what decides, and holds when
    /// only that is decided otherwise. Both are tried; else the difference as it was.
    /// </summary>
    public Difference Carry(Difference found, Attempt failing)
    {
        var own = failing.Course;
        if (!found.IsDecided || !attempts.MayGoOn || found.Choice is { Kind: DecisionKind.Time })
        {
            // Passages of time are numbered: to take one away renames the others.
            return found;
        }

        // The step for which a value is chosen has begun.
        if (!own.BeginsLike(found.Failing.Course, found.Place + 2 ?? found.Choice!.Place))
        {
            return found;
        }

        if (found.Choice is { } choice)
        {
            var values = own.Values.Select(value => (value.Kind, value.Label, value.Number) == (choice.Kind, choice.Label, choice.Number)
                ? value with { Chosen = choice.WhereItHolds } : value);
            var changed = attempts.Make(own.Order, [.. values]);
            return changed.Outcome == AttemptOutcome.Holds ? found with { Failing = failing, Passing = changed } : found;
        }

        var shared = found.Failing.Course.SharedWith(found.Passing.Course);
        var (first, second) = (own.Order[shared], own.Order[shared + 1]);
        var swapped = attempts.Make(own.Splice(shared, [second, .. own.Order.Skip(shared)]), own.Values);
        var isSwap = swapped.Outcome == AttemptOutcome.Holds && swapped.Course.SharedWith(own) == shared
            && swapped.Course.Order.Skip(shared).Take(2).SequenceEqual([second, first]);
        return isSwap ? found with { Failing = failing, Passing = swapped } : found;
    }

    private Difference NarrowValues(Attempt failed, Attempt held, IReadOnlyList<StepKey> order)
    {
        var (own, other) = (failed.Course.Values, held.Course.Values);
        var differing = Differing(own, other).ToList();
        var change = attempts.Bisect(0, held, differing.Count, failed, count => attempts.Make(order, Mix(count)));
        if (!change.IsNarrow)
        {
            return new Difference(change.Highest, change.Lowest);
        }

        // One value decides: how near to one another are one with which it fails and one with which it holds?
        var (fails, holds) = differing[change.Low];
        var (rest, turned) = (Mix(change.Low), holds.Chosen > fails.Chosen);
        Attempt With(int chosen) =>
            attempts.Make(order, [fails with { Chosen = chosen }, .. rest.Where(value => !IsSameChoice(fails, value))]);
        change = turned
            ? attempts.Bisect(fails.Chosen, change.Highest, holds.Chosen, change.Lowest, With)
            : attempts.Bisect(holds.Chosen, change.Lowest, fails.Chosen, change.Highest, With);
        var (failing, passing) = turned ? (change.Lowest, change.Highest) : (change.Highest, change.Lowest);
        var (where, whereNot) = turned ? (change.Low, change.High) : (change.High, change.Low);
        return new Difference(failing, passing, null, new DecidingChoice(fails.Kind, fails.Label, fails.Number, where, whereNot, fails.Place));

        // The first of the differing values from the failing run, the others from the passing one.
        List<Course.Value> Mix(int count)
        {
            var taken = differing.Take(count).Select(static pair => pair.Fails);
            return [.. taken.Concat(other.Where(value => !taken.Any(one => IsSameChoice(one, value))))];
        }
    }

    private static bool IsSameChoice(in Course.Value one, in Course.Value other) =>
        (one.Kind, one.Label, one.Number) == (other.Kind, other.Label, other.Number);

    private static IEnumerable<(Course.Value Fails, Course.Value Holds)> Differing(
        IReadOnlyList<Course.Value> own, IReadOnlyList<Course.Value> other)
    {
        // Looked up, never iterated.
        var others = other.ToDictionary(static value => (value.Kind, value.Label, value.Number), static value => value.Chosen);
        foreach (var value in own)
        {
            if (others.GetValueOrDefault((value.Kind, value.Label, value.Number)) is var chosen && chosen != value.Chosen)
            {
                yield return (value, value with { Chosen = chosen });
            }
        }
    }

    private Difference NarrowOrder(Attempt failing, Attempt passing, IReadOnlyList<Course.Value> values)
    {
        while (attempts.MayGoOn)
        {
            // First so much of the failing order, then the rest in the passing one: which step turns it?
            var shared = failing.Course.SharedWith(passing.Course);
            var change = attempts.Bisect(
                shared, passing, failing.Course.Order.Count, failing,
                place => attempts.Make(failing.Course.Splice(place, passing.Course.Order), values));
            (failing, passing) = (change.Highest, change.Lowest);
            if (!change.IsNarrow || failing.Course.SharedWith(passing.Course) != change.Low)
            {
                break;
            }

            // That step is first in the one and comes later in the other: where between?
            var (start, end) = (change.Low, change.Low);
            var turning = failing.Course.Order[start];
            if (Course.IsPassage(in turning))
            {
                // Time passes between iterations only: it has no place among the steps to which it could be moved.
                return Conclude(failing, passing, true);
            }

            while (end < passing.Course.Order.Count && passing.Course.Order[end] != turning)
            {
                end++;
            }

            var later = passing;
            Attempt MoveTo(int place) => attempts.Make(later.Course.Splice(place, [turning, .. later.Course.Order.Skip(place)]), values);
            var early = MoveTo(start);
            if (early.Outcome == AttemptOutcome.Holds)
            {
                // It is first and holds: what differs is among the steps that follow it.
                if (early.Course.SharedWith(failing.Course) <= start)
                {
                    break;
                }

                passing = early;
                continue;
            }

            if (early.Outcome != AttemptOutcome.Fails)
            {
                break;
            }

            change = attempts.Bisect(start, early, end, passing, MoveTo);
            return Conclude(change.Lowest, change.Highest, change.IsNarrow);
        }

        return Conclude(failing, passing, false);
    }

    // Told by what the two runs did, not by what they were asked to do.
    private static Difference Conclude(Attempt failing, Attempt passing, bool isNarrow)
    {
        var shared = failing.Course.SharedWith(passing.Course);
        if (!isNarrow || shared >= failing.Course.Order.Count || shared >= passing.Course.Order.Count)
        {
            return new Difference(failing, passing);
        }

        var (one, other) = (failing.Course.Order[shared], passing.Course.Order[shared]);
        var place = failing.Course.StepsBefore(shared);
        if (Course.IsPassage(one) != Course.IsPassage(other))
        {
            var passes = Course.IsPassage(one);
            var which = passes ? one : other;
            var choice = new DecidingChoice(DecisionKind.Time, which.Name, which.Number, passes ? 1 : 0, passes ? 0 : 1, place);
            return new Difference(failing, passing, null, choice);
        }

        return new Difference(failing, passing, place);
    }
}
