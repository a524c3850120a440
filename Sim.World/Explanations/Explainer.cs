namespace Sim.World;

/// <summary>
/// Says why a run fails: finds a run that holds and differs from it by the order of two steps next to each other, or by one
/// other decision. After "Hermit: deterministic Linux for controlled testing and software bug-finding" (Meta, 2022), which
/// bisects between a failing and a passing schedule; here what cannot be mixed freely, because a step is ready only after what
/// wakes it, is put together by keys, and each mixture is a run whose outcome is seen, so what is said was tried.
/// </summary>
public sealed class Explainer
{
    /// <summary>So many runs that hold are compared with the failing one, if the first ones do not lead to a pair.</summary>
    private const int MostPassing = 3;

    private readonly Func<IStrategy, bool, RunReport> _run;
    private readonly int _budget;

    /// <summary>An explainer.</summary>
    /// <param name="run">Makes a run with the given strategy, and records it or not.</param>
    /// <param name="budget">How many runs it may make, those to shrink a passing run apart.</param>
    public Explainer(Func<IStrategy, bool, RunReport> run, int budget = 300)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _budget = budget;
    }

    /// <summary>The explanation; null if the run does not fail again in the same way, so that there is nothing to compare.</summary>
    /// <param name="failing">The failing run, shrunk: the less it deviates, the nearer is the run that holds.</param>
    /// <exception cref="ArgumentException">The run did not fail.</exception>
    public Explanation? Explain(RunReport failing)
    {
        ArgumentNullException.ThrowIfNull(failing);
        if (failing.Failure is not { } failure)
        {
            throw new ArgumentException("The run did not fail.", nameof(failing));
        }

        var attempts = new Attempts(_run, failure, _budget);
        var again = attempts.Make(failing.ToStrategy());
        if (again.Outcome != AttemptOutcome.Fails)
        {
            return null;
        }

        var search = new PassingSearch(attempts, _run);
        var held = new List<Attempt>();
        var nearest = Nearest(attempts, again, search.From(failing).Take(MostPassing), held);
        if (nearest is { IsDecided: false })
        {
            // Between the two may be nothing but other faces of the same bug: another deadlock of the same locks.
            attempts.CountsAnyFailure = true;
            nearest = Nearest(attempts, again, held, []);
        }

        if (nearest is null)
        {
            return new Explanation(attempts.Record(again), null, null, null, search.Schedules, attempts.Runs);
        }

        // The reader has the run to explain before him: nothing is nearer, if the same decides there.
        nearest = new Narrowing(attempts).Carry(nearest, again);
        var (fails, holds) = (attempts.Record(nearest.Failing), attempts.Record(nearest.Passing));
        var pair = nearest.Place is { } place ? new DecidingPair(place, fails.Steps[place], holds.Steps[place]) : null;
        return new Explanation(fails, holds, pair, nearest.Choice, search.Schedules, attempts.Runs)
        {
            FailsOtherwise = !failure.IsSameAs(fails.Report.Failure),
        };
    }

    private static Difference? Nearest(Attempts attempts, Attempt failing, IEnumerable<Attempt> passing, List<Attempt> held)
    {
        Difference? nearest = null;
        foreach (var one in passing)
        {
            held.Add(one);
            var found = new Narrowing(attempts).Narrow(failing, one);
            if (found.IsDecided)
            {
                return found;
            }

            nearest ??= found;
        }

        return nearest;
    }
}
