namespace Sim.World;

/// <summary>
/// Makes a failing run smaller: fewer decisions that deviate from first in first out, and smaller ones, as long as it
/// fails in the same way. Delta debugging (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input",
/// TSE 2002) over the deviations; every candidate is a run, so what remains really fails.
/// </summary>
public sealed class Shrinker
{
    /// <summary>A run that goes on to its step limit is long: a few dozen of them are enough.</summary>
    private const long StepBudget = 5_000_000;

    private readonly Func<IStrategy, RunReport> _run;
    private readonly int _budget;
    private long _steps;

    /// <summary>A shrinker.</summary>
    /// <param name="run">Makes a run with the given strategy.</param>
    /// <param name="budget">How many runs it may make.</param>
    public Shrinker(Func<IStrategy, RunReport> run, int budget = 1_000)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _budget = budget;
    }

    /// <summary>How many runs were made.</summary>
    public int Runs { get; private set; }

    /// <summary>The smallest run found that fails as <paramref name="failed"/> did; that one itself if nothing smaller does.</summary>
    public RunReport Shrink(RunReport failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        var best = failed;
        while (MayGoOn)
        {
            var smaller = Remove(best) ?? Lower(best);
            if (smaller is null)
            {
                break;
            }

            best = smaller;
        }

        return best;
    }

    private bool MayGoOn => Runs < _budget && _steps < StepBudget;

    /// <summary>Fewer deviations first, then smaller ones, then earlier ones.</summary>
    private static bool IsSmaller(RunReport candidate, RunReport best)
    {
        var (left, right) = (candidate.Script.Deviations, best.Script.Deviations);
        return left.Length != right.Length
            ? left.Length < right.Length
            : left.Sum(static d => (long)d.Value) < right.Sum(static d => (long)d.Value);
    }

    // Chunks of half the deviations, then quarters, down to single ones.
    private RunReport? Remove(RunReport best)
    {
        var deviations = best.Script.Deviations;
        for (var chunk = deviations.Length; chunk >= 1; chunk /= 2)
        {
            for (var start = 0; start < deviations.Length && MayGoOn; start += chunk)
            {
                var kept = deviations.Where((_, i) => i < start || i >= start + chunk);
                if (Try(kept, best) is { } smaller)
                {
                    return smaller;
                }
            }
        }

        return null;
    }

    private RunReport? Lower(RunReport best)
    {
        var deviations = best.Script.Deviations;
        for (var i = 0; i < deviations.Length; i++)
        {
            foreach (var lower in Between(1, deviations[i].Value))
            {
                var changed = deviations.SetItem(i, deviations[i] with { Value = lower });
                if (MayGoOn && Try(changed, best) is { } smaller)
                {
                    return smaller;
                }
            }
        }

        return null;
    }

    // From the smallest up, halving the distance: 1, then the middle, then three quarters, … below the value.
    private static IEnumerable<int> Between(int low, int value)
    {
        for (var next = low; next < value; next += Math.Max(1, (value - next) / 2))
        {
            yield return next;
        }
    }

    private RunReport? Try(IEnumerable<Deviation> deviations, RunReport best)
    {
        Runs++;
        var values = new List<int>();
        foreach (var deviation in deviations)
        {
            while (values.Count < deviation.Index)
            {
                values.Add(0);
            }

            values.Add(deviation.Value);
        }

        var candidate = _run(new ListStrategy(values, best.PricesWork));
        _steps += candidate.Steps;
        return best.Failure!.IsSameAs(candidate.Failure) && IsSmaller(candidate, best) ? candidate : null;
    }
}
