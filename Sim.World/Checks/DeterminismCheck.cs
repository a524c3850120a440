namespace Sim.World;

/// <summary>
/// The harness doubts itself: makes a run again with the same decisions and compares traces and decisions. They can only
/// differ if something outside of the simulation takes part: a clock, a random number, another thread, a static left over
/// from an earlier run.
/// </summary>
public static class DeterminismCheck
{
    private const string Causes =
        "Something outside the simulation changed the run just before. Usual causes: Guid.NewGuid, Random.Shared, a real clock or "
        + "delay, another thread, a static that the last run left behind. Draw random numbers from Simulation.Current.Random, and "
        + "take time from the loop's TimeProvider.";

    /// <summary>A run of many steps is repeated less often, at least once.</summary>
    private const long StepBudget = 200_000;

    /// <summary>
    /// The failure that tells the first event in which a repetition of <paramref name="original"/> differs; null when all
    /// repetitions are equal.
    /// </summary>
    /// <param name="original">The run to doubt.</param>
    /// <param name="run">Makes a run with the given strategy.</param>
    /// <param name="repetitions">How often to repeat it.</param>
    public static Failure? Run(RunReport original, Func<IStrategy, RunReport> run, int repetitions)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(run);
        var steps = 0L;
        for (var i = 0; i < repetitions && steps < StepBudget; i++)
        {
            var repeated = run(original.ToStrategy());
            steps += repeated.Steps;
            if (original.Trace.FirstDifference(repeated.Trace) is { } index)
            {
                // If work came back from another thread, that is why, and it says where it came from.
                if (repeated.Failure is { Kind: FailureKind.Escaped } escaped)
                {
                    return escaped;
                }

                return Describe(original.Trace, repeated.Trace, index);
            }

            if (!original.Decisions.SequenceEqual(repeated.Decisions))
            {
                return DescribeDecisions(original, repeated);
            }
        }

        return null;
    }

    /// <summary>
    /// The failure that tells how a repetition differs from a failed run of which there is no trace; null when it fails in the
    /// same way after the same decisions.
    /// </summary>
    public static Failure? CompareOutcomes(RunReport original, RunReport repeated)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(repeated);
        if (original.Failure is not { } failure)
        {
            throw new ArgumentException("The run did not fail.", nameof(original));
        }

        // If work left the loop in either of them, that is why, and it says where it went.
        if (repeated.Failure is { Kind: FailureKind.Escaped } escaped)
        {
            return failure.Kind == FailureKind.Escaped ? null : escaped;
        }

        if (failure.Kind == FailureKind.Escaped)
        {
            return failure;
        }

        if (failure.IsSameAs(repeated.Failure) && original.ScheduleHash == repeated.ScheduleHash)
        {
            return null;
        }

        var second = repeated.Failure is { } other ? $"failed at {other.Time}: {other.Message}" : "held";
        var message =
            "The same decisions gave two different runs:\n"
            + $"    one run:     failed at {failure.Time}: {failure.Message}\n"
            + $"    the other:   {second}\n"
            + (failure.IsSameAs(repeated.Failure) ? "They fail alike, but not after the same decisions.\n" : "")
            + Causes;
        return new Failure(FailureKind.Nondeterministic, new NondeterminismException(message), failure.Time, failure.Task);
    }

    private static Failure Describe(Trace original, Trace repeated, int index)
    {
        var first = At(original, index);
        var second = At(repeated, index);
        var before = index > 0 ? Trace.Describe(original.Events[index - 1]) : "the start of the run";
        var where = index < original.Events.Count ? original.Events[index] : original.Events.Count > 0 ? original.Events[^1] : default;
        var message =
            $"The same decisions gave two different runs. They differ for the first time at event {index + 1}:\n"
            + $"    one run:     {first}\n"
            + $"    the other:   {second}\n"
            + $"    both after:  {before}\n"
            + Causes;
        return new Failure(FailureKind.Nondeterministic, new NondeterminismException(message), where.Time, where.Task ?? "main");
    }

    // The same events, but other choices behind them: a draw that shows nowhere, another set of ready callbacks.
    private static Failure DescribeDecisions(RunReport original, RunReport repeated)
    {
        var (first, second) = (original.Decisions, repeated.Decisions);
        var index = 0;
        while (index < Math.Min(first.Count, second.Count) && first[index] == second[index])
        {
            index++;
        }

        var message =
            $"The same decisions gave two runs with the same events but not the same choices: they differ at decision {index}, "
            + $"which was {At(first, index)} and then {At(second, index)}. {Causes}";
        return new Failure(FailureKind.Nondeterministic, new NondeterminismException(message), original.Trace.Events[^1].Time, "main");

        static string At(IReadOnlyList<Decision> decisions, int index) =>
            index < decisions.Count ? $"'{decisions[index].Label}' (one of {decisions[index].Bound})" : "none";
    }

    private static string At(Trace trace, int index) =>
        index < trace.Events.Count ? Trace.Describe(trace.Events[index]) : $"(ended after {trace.Events.Count} events)";
}
