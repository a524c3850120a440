namespace Sim.World;

/// <summary>
/// Makes a failing run smaller: the fewest decisions that deviate from first in first out, and the smallest, as long as it
/// fails in the same way. Delta debugging (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input",
/// TSE 2002) over the deviations, which are known by the steps they swap, so that those which are kept mean the same
/// whatever is taken away. Every candidate is a run, so what remains really fails. One thread at a time.
/// </summary>
public sealed class Shrinker
{
    /// <summary>Long runs are made less often: this many steps take some seconds.</summary>
    private const long StepBudget = 3_000_000;

    /// <summary>So many schedules with fewer deviations are tried at most, for each number of deviations.</summary>
    private const int SweepLimit = 1_000;

    private const int HoldLimit = 3_000;
    private const int LongestHold = 6;

    private readonly Func<IStrategy, bool, RunReport> _run;
    private readonly int _budget;
    private readonly CancellationToken _cancellationToken;
    private long _steps;
    private int _swept;
    private bool _holdsAreSwept;
    private Failure _failure = null!;
    private DecisionScript _best = DecisionScript.Fifo;

    /// <summary>A shrinker.</summary>
    /// <param name="run">Makes a run with the given strategy, with records or without.</param>
    /// <param name="budget">How many runs it may make.</param>
    /// <param name="cancellationToken">Ends the search after the run that is being made, as a spent budget does.</param>
    public Shrinker(Func<IStrategy, bool, RunReport> run, int budget = 5_000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _budget = budget;
        _cancellationToken = cancellationToken;
    }

    /// <summary>How many runs were made.</summary>
    public int Runs { get; private set; }

    /// <summary>
    /// Whether every deviation that is left is needed: without any one of them the run does not fail in this way, whether the
    /// others are known by their steps or by their places. False if the budget was spent before that was certain.
    /// </summary>
    public bool IsMinimal { get; private set; }

    private bool MayGoOn => Runs < _budget && _steps < StepBudget && !_cancellationToken.IsCancellationRequested;

    /// <summary>
    /// The smallest run found that fails as <paramref name="failed"/> did, with records; that one itself if it needs no deviation.
    /// </summary>
    /// <exception cref="ArgumentException">The run did not fail.</exception>
    public RunReport Shrink(RunReport failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        _failure = failed.Failure ?? throw new ArgumentException("The run did not fail.", nameof(failed));
        (Runs, _steps, _swept, _holdsAreSwept, _best, IsMinimal) = (0, 0, 0, false, failed.Script, failed.Script.Count == 0);
        if (IsMinimal)
        {
            return failed;
        }

        if (failed.StepOrder.Count == 0)
        {
            _best = Fails(failed.ToStrategy()) ?? _best;
        }

        do
        {
            while (RemoveByKey() || RemoveByPlace())
            {
            }

            IsMinimal = MayGoOn;
        }
        while (MayGoOn && (Hold() || Lower() || SweepFewer() || SweepHolds()));
        var told = _run(ListStrategy.Of(_best), true);
        if (_failure.IsSameAs(told.Failure))
        {
            return told;
        }

        IsMinimal = false;
        return failed;
    }

    // Chunks of all deviations, then of half of them, then quarters, down to single ones.
    private bool RemoveByKey()
    {
        var before = _best.Count;
        for (var chunk = before; chunk >= 1; chunk /= 2)
        {
            var start = 0;
            while (start < _best.Count && MayGoOn)
            {
                var kept = _best.Deviations.RemoveRange(start, Math.Min(chunk, _best.Count - start));
                if (!Try(new ReplayStrategy(new DecisionScript(kept))))
                {
                    start += chunk;
                }
            }
        }

        return _best.Count < before;
    }

    // Without one, and the others at the places where they are, whatever they mean there.
    private bool RemoveByPlace()
    {
        var before = _best.Count;
        for (var i = 0; i < _best.Count && MayGoOn; i++)
        {
            Try(new ListStrategy(new DecisionScript(_best.Deviations.RemoveAt(i)).ToValues(), _best.PricesWork));
        }

        return _best.Count < before;
    }

    // Where many steps go ahead of one, perhaps it is enough that one of their tasks does.
    private bool Hold()
    {
        var best = _best.Deviations;
        foreach (var turn in best.Where(static d => d.Key.Kind == DecisionKind.Order).Select(static d => d.Key.Turn).Distinct())
        {
            var ahead = best.Where(d => d.Key.Kind == DecisionKind.Order && d.Key.Turn == turn).ToList();
            var others = new DecisionScript(best.RemoveAll(ahead.Contains));
            foreach (var task in ahead.Select(static d => d.Key.Step.Name).Distinct())
            {
                for (var steps = 1; steps <= LongestHold && MayGoOn; steps++)
                {
                    if ((steps < ahead.Count && Try(new HoldStrategy(others, turn, task, steps)))
                        || (steps < best.Length && others.Count > 0 && Try(new HoldStrategy(DecisionScript.Fifo, turn, task, steps))))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private bool Lower()
    {
        var lowered = false;
        for (var i = 0; i < _best.Count && MayGoOn; i++)
        {
            while (i < _best.Count && MayGoOn && LowerOne(i))
            {
                lowered = true;
            }
        }

        return lowered;
    }

    private bool LowerOne(int i)
    {
        var deviation = _best.Deviations[i];
        foreach (var lower in Between(1, deviation.Value))
        {
            // A lower value of an order is another step, which has another key.
            var changed = new DecisionScript(_best.Deviations.SetItem(i, deviation with { Value = lower }));
            IStrategy strategy = deviation.Key.Kind == DecisionKind.Order ? ListStrategy.Of(changed) : new ReplayStrategy(changed);
            if (MayGoOn && Try(strategy))
            {
                return true;
            }
        }

        return false;
    }

    // From the smallest up, halving the distance: 1, then the middle, then three quarters, … below the value.
    private static IEnumerable<int> Between(int low, int value)
    {
        for (var next = low; next < value; next += Math.Max(1, (value - next) / 2))
        {
            yield return next;
        }
    }

    // What is left may be one of the longer ways to the failure: a program may be small enough to try all the shorter ones.
    private bool SweepFewer()
    {
        while (_swept < 2 && ++_swept < _best.Count && MayGoOn)
        {
            if (Sweep([], 0, _swept))
            {
                return true;
            }
        }

        return false;
    }

    // First in first out, but one step waits until one task has taken some: many a failure is of this kind.
    private bool SweepHolds()
    {
        if (_best.Count <= 2 || _holdsAreSwept)
        {
            return false;
        }

        _holdsAreSwept = true;
        var survey = new TurnSurvey();
        Runs++;
        _steps += _run(survey, false).Steps;
        var last = Runs + HoldLimit;
        for (var steps = 1; steps <= LongestHold; steps++)
        {
            foreach (var (turn, task) in survey.Found)
            {
                if (steps >= _best.Count || Runs >= last || !MayGoOn)
                {
                    return false;
                }

                if (Try(new HoldStrategy(DecisionScript.Fifo, turn, task, steps)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // All schedules that begin with these values and deviate so many times more, if they are few.
    private bool Sweep(int[] values, int next, int more)
    {
        Runs++;
        var run = _run(new ListStrategy(values, _best.PricesWork), false);
        _steps += run.Steps;
        var ways = 0L;
        for (var i = next; i < run.Decisions.Count; i++)
        {
            ways += WaysOf(run.Decisions[i]);
        }

        if (ways > SweepLimit || (more > 1 && ways * ways / 2 > SweepLimit))
        {
            return false;
        }

        for (var i = next; i < run.Decisions.Count; i++)
        {
            for (var value = 1; value <= WaysOf(run.Decisions[i]) && MayGoOn; value++)
            {
                int[] longer = [.. values, .. Enumerable.Repeat(0, i - values.Length), value];
                if (more == 1 ? Try(new ListStrategy(longer, _best.PricesWork)) : Sweep(longer, i + 1, more - 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Of a wide draw the lowest values.
    private static int WaysOf(in Decision decision) =>
        decision.Kind == DecisionKind.Order ? decision.Bound - 1 : Math.Min(decision.Bound - 1, 3);

    private bool Try(IStrategy strategy)
    {
        if (Fails(strategy) is { } script && IsSmaller(script, _best))
        {
            _best = script;
            return true;
        }

        return false;
    }

    // What deviated in a run by this strategy if it fails in the same way.
    private DecisionScript? Fails(IStrategy strategy)
    {
        Runs++;
        var keyed = new KeyedStrategy(strategy);
        var run = _run(keyed, false);
        _steps += run.Steps;
        return _failure.IsSameAs(run.Failure) ? keyed.Script : null;
    }

    /// <summary>Fewer deviations first, then smaller ones.</summary>
    private static bool IsSmaller(DecisionScript candidate, DecisionScript best) => candidate.Count != best.Count
        ? candidate.Count < best.Count
        : candidate.Deviations.Sum(static d => (long)d.Value) < best.Deviations.Sum(static d => (long)d.Value);
}
