namespace Sim.World;

/// <summary>Makes the runs for one explanation, as long as there is a budget.</summary>
/// <param name="run">Makes a run with the given strategy, recorded or not.</param>
/// <param name="failure">What is to be explained.</param>
/// <param name="budget">How many runs it may make.</param>
internal sealed class Attempts(Func<IStrategy, bool, RunReport> run, Failure failure, int budget)
{
    /// <summary>A run that goes on to its step limit is long: a few dozen of them are enough.</summary>
    private const long StepBudget = 5_000_000;

    private long _steps;

    public int Runs { get; private set; }

    /// <summary>Whether a run that fails in another way counts as failing too: where one bug has several faces.</summary>
    public bool CountsAnyFailure { get; set; }

    public bool MayGoOn => Runs < budget && _steps < StepBudget;

    /// <summary>A run by the given order and values.</summary>
    public Attempt Make(IReadOnlyList<StepKey> order, IReadOnlyList<Course.Value> values) => Make(new CourseStrategy(order, values));

    public Attempt Make(IStrategy strategy)
    {
        Runs++;
        var recorder = new CourseRecorder(strategy);
        var report = run(recorder, false);
        _steps += report.Steps;
        return new Attempt(report, recorder.ToCourse(), report.Failure switch
        {
            null => AttemptOutcome.Holds,
            { } other when CountsAnyFailure || failure.IsSameAs(other) => AttemptOutcome.Fails,
            _ => AttemptOutcome.FailsOtherwise,
        });
    }

    /// <summary>The same run once more, to be looked at.</summary>
    public ExplainedRun Record(Attempt attempt)
    {
        Runs++;
        var recorder = new CourseRecorder(new CourseStrategy(attempt.Course.Order, attempt.Course.Values), withSteps: true);
        return new ExplainedRun(run(recorder, true), recorder.Steps);
    }

    /// <summary>
    /// Where the outcome changes between two numbers: neighbours of which the lower still ends as <paramref name="lowest"/> does
    /// and the higher as <paramref name="highest"/>. Numbers that end in a third way are gone around; where nothing else lies
    /// between, the two are no neighbours.
    /// </summary>
    public Change Bisect(int low, Attempt lowest, int high, Attempt highest, Func<int, Attempt> make)
    {
        while (high - low > 1 && MayGoOn)
        {
            var moved = false;
            foreach (var probe in FromTheMiddle(low, high))
            {
                var attempt = MayGoOn ? make(probe) : null;
                if (attempt?.Outcome == lowest.Outcome)
                {
                    (low, lowest, moved) = (probe, attempt, true);
                }
                else if (attempt?.Outcome == highest.Outcome)
                {
                    (high, highest, moved) = (probe, attempt, true);
                }

                if (moved || attempt is null)
                {
                    break;
                }
            }

            if (!moved)
            {
                break;
            }
        }

        return new Change(low, lowest, high, highest);
    }

    private static IEnumerable<int> FromTheMiddle(int low, int high)
    {
        var middle = low + ((high - low) / 2);
        for (var distance = 0; distance <= high - low; distance++)
        {
            if (middle + distance < high)
            {
                yield return middle + distance;
            }

            if (distance > 0 && middle - distance > low)
            {
                yield return middle - distance;
            }
        }
    }

    /// <summary>Two numbers with different outcomes.</summary>
    public readonly record struct Change(int Low, Attempt Lowest, int High, Attempt Highest)
    {
        public bool IsNarrow => High - Low == 1;
    }
}
