namespace Sim.World;

/// <summary>
/// The harness doubts itself: makes a run again with the same decisions and compares, step for step, what was ready, what was
/// chosen and drawn, and what happened. After the nondeterminism check of Shuttle. Runs can only differ if something outside of
/// the simulation takes part: a clock, a random number, another thread, a static left over from an earlier run.
/// </summary>
public static class DeterminismCheck
{
    /// <summary>A run of many steps is repeated less often, at least once.</summary>
    private const long StepBudget = 200_000;

    /// <summary>
    /// The failure that tells where a repetition of <paramref name="original"/> differs for the first time: in which tasks are
    /// ready, in the choice, in a draw or in an event; null when all repetitions are equal.
    /// </summary>
    /// <param name="original">The run to doubt, with a record.</param>
    /// <param name="run">Makes a run with the given strategy, with a record.</param>
    /// <param name="repetitions">How often to repeat it.</param>
    public static Failure? Run(RunReport original, Func<IStrategy, RunReport> run, int repetitions)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(run);
        if (repetitions > 0 && original.StepLog is null)
        {
            throw new ArgumentException("The run was made without a record: there is nothing to compare.", nameof(original));
        }

        var steps = 0L;
        for (var i = 0; i < repetitions && steps < StepBudget; i++)
        {
            var repeated = run(original.ToStrategy());
            steps += repeated.Steps;
            if (RunDifference.Between(original, repeated) is { } difference)
            {
                // If work came back from another thread, that is why, and it says where it came from.
                return repeated.Failure is { Kind: FailureKind.Escaped } escaped ? escaped : difference;
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

        return failure.IsSameAs(repeated.Failure) && original.ScheduleHash == repeated.ScheduleHash
            ? null
            : RunDifference.InOutcome(original, repeated);
    }
}
