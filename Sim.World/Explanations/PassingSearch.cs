namespace Sim.World;

/// <summary>
/// Looks for a run that holds and is near to a failing one. The last deviation that a shrunk failure needs is the best to leave
/// out: all before it stays. Where that does not help, or there is none, one decision is made otherwise, and then all at random.
/// </summary>
internal sealed class PassingSearch(Attempts attempts, Func<IStrategy, bool, RunReport> run)
{
    private const int MostDeviations = 60;
    private const int MostValues = 4;
    private const int MostSeeds = 40;
    private const int ShrinkBudget = 60;

    /// <summary>How many schedules were tried.</summary>
    public int Schedules { get; private set; }

    /// <summary>Runs that hold, the nearest first; searched as they are asked for.</summary>
    public IEnumerable<Attempt> From(RunReport failing)
    {
        var values = failing.Decisions.Select(static decision => decision.Value).ToArray();
        var candidates = WithoutOne(failing, values).Concat(OtherwiseOnce(failing, values)).Concat(Seeds());
        foreach (var strategy in values.Length == 0 ? [] : candidates)
        {
            if (!attempts.MayGoOn)
            {
                yield break;
            }

            Schedules++;
            var attempt = attempts.Make(strategy);
            if (attempt.Outcome == AttemptOutcome.Holds)
            {
                yield return strategy is RandomStrategy ? Shrink(attempt) : attempt;
            }
        }
    }

    private static IEnumerable<IStrategy> WithoutOne(RunReport failing, int[] values) =>
        Enumerable.Range(0, values.Length).Where(place => values[place] != 0).Reverse()
            .Select(place => new ListStrategy([.. values[..place], 0, .. values[(place + 1)..]], failing.PricesWork));

    // The later, the nearer. Spread over the run: a long one has more decisions than there are runs to spend.
    private static IEnumerable<IStrategy> OtherwiseOnce(RunReport failing, int[] values)
    {
        var possible = new List<(int Place, int Value)>();
        for (var place = values.Length - 1; place >= 0; place--)
        {
            for (var value = 0; value < Math.Min(failing.Decisions[place].Bound, MostValues); value++)
            {
                if (value != values[place])
                {
                    possible.Add((place, value));
                }
            }
        }

        var stride = Math.Max(1, possible.Count / MostDeviations);
        for (var i = 0; i < possible.Count; i += stride)
        {
            yield return new ListStrategy([.. values[..possible[i].Place], possible[i].Value], failing.PricesWork);
        }
    }

    private static IEnumerable<IStrategy> Seeds() => Enumerable.Range(1, MostSeeds).Select(static seed => new RandomStrategy(seed));

    // The shrinker keeps what fails: for it, holding is the failure.
    private Attempt Shrink(Attempt passing)
    {
        var holds = new Failure(FailureKind.Exception, new InvalidOperationException("holds"), default, "main");
        var shrinker = new Shrinker((strategy, records) => Turn(run(strategy, records)), ShrinkBudget);
        var shrunk = attempts.Make(shrinker.Shrink(Turn(passing.Report)).ToStrategy());
        return shrunk.Outcome == AttemptOutcome.Holds ? shrunk : passing;

        RunReport Turn(RunReport report) => report with { Failure = report.Passed ? holds : null };
    }
}
