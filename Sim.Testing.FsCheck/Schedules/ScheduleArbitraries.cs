using FsCheck;
using FsCheck.Fluent;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Generates schedules, and shrinks them towards first in, first out. For <c>[Properties(Arbitrary = [typeof(ScheduleArbitraries)])]</c>
/// or <c>Prop.ForAll</c>.
/// </summary>
public static class ScheduleArbitraries
{
    /// <summary>Schedules in which about a third of the decisions deviate, most of them by little.</summary>
    public static Arbitrary<Schedule> Schedules() => Arb.From(Generator(), Shrink);

    /// <summary>Fewer deviations first, then smaller ones: each candidate is nearer to first in, first out.</summary>
    public static IEnumerable<Schedule> Shrink(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var values = schedule.Values;
        var deviating = Enumerable.Range(0, values.Length).Where(i => values[i] != 0).ToArray();
        for (var chunk = deviating.Length; chunk >= 1; chunk /= 2)
        {
            for (var start = 0; start < deviating.Length; start += chunk)
            {
                var dropped = deviating.AsSpan(start, Math.Min(chunk, deviating.Length - start));
                var kept = values.ToArray();
                foreach (var index in dropped)
                {
                    kept[index] = 0;
                }

                yield return new Schedule(kept);
            }
        }

        foreach (var index in deviating)
        {
            foreach (var lower in Lower(values[index]))
            {
                yield return new Schedule(values.SetItem(index, lower));
            }
        }
    }

    // From the smallest up: 1, the middle, the next lower.
    private static IEnumerable<int> Lower(int value) =>
        new[] { 1, value / 2, value - 1 }.Where(lower => lower >= 1 && lower < value).Distinct();

    private static Gen<Schedule> Generator()
    {
        var value = Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Choose(1, 2)), (1, Gen.Choose(1, 9)));
        return Gen.Sized(size =>
            from length in Gen.Choose(0, 4 + size)
            from values in value.ArrayOf(length)
            select new Schedule(values));
    }
}
