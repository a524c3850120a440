using System.Collections.Immutable;

namespace Sim.World;

/// <summary>
/// Makes a recorded script fit code that has changed, by a bounded search for a failure of the same kind. An await more or
/// less in a task gives its later steps other numbers, and may make them come later: so first the numbers are shifted, and
/// steps wait for those that went ahead of them; then the deviations are placed anew, one after the other, the nearest place
/// first. One thread at a time.
/// </summary>
public sealed class ScriptRepair
{
    private const long StepBudget = 2_000_000;
    private const int Nearest = 8;
    private const int DropCost = 6;
    private const int OtherCost = 5;

    private readonly Func<IStrategy, bool, RunReport> _run;
    private readonly string _fingerprint;
    private readonly int _budget;
    private long _steps;

    /// <summary>A search.</summary>
    /// <param name="run">Makes a run with the given strategy, with records or without.</param>
    /// <param name="fingerprint">The <see cref="Failure.Fingerprint"/> of the recorded failure.</param>
    /// <param name="budget">How many runs it may make.</param>
    public ScriptRepair(Func<IStrategy, bool, RunReport> run, string fingerprint, int budget = 500)
    {
        ArgumentNullException.ThrowIfNull(run);
        (_run, _fingerprint, _budget) = (run, fingerprint, budget);
    }

    /// <summary>How many runs were made.</summary>
    public int Runs { get; private set; }

    private bool MayGoOn => Runs < _budget && _steps < StepBudget;

    /// <summary>How the script fits now, so that the run fails in the recorded way; null if nothing was found.</summary>
    public ScriptFit? Find(DecisionScript recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        (Runs, _steps) = (0, 0);
        var same = new ScriptFit(recorded, [.. recorded.Deviations.Select(static deviation => (DecisionKey?)deviation.Key)], Waits: true);
        return recorded.Count == 0 ? null : Fails(same) ? same : Renumber(same) ?? Place(same with { Waits = false });
    }

    private ScriptFit? Renumber(ScriptFit same)
    {
        var steps = same.Keys.SelectMany(static key => new[] { key!.Value.Step, key.Value.Turn })
            .Where(static step => step.Name is not null).Distinct().ToList();
        foreach (var shift in (int[])[1, -1, 2, -2, 3, -3])
        {
            foreach (var (isMeant, from) in Tails(steps))
            {
                var shifted = same with { Keys = [.. same.Keys.Select(key => ShiftKey(key!.Value))] };
                foreach (var fit in (ScriptFit[])[shifted with { Waits = false }, shifted])
                {
                    if (Runs >= _budget * 2 / 3 || !MayGoOn)
                    {
                        return null;
                    }

                    if (Fails(fit))
                    {
                        return fit;
                    }
                }

                DecisionKey? ShiftKey(DecisionKey key) => key with { Step = Shift(key.Step), Turn = Shift(key.Turn) };

                StepKey Shift(StepKey step) => step.Name is not null && step.Number >= from && isMeant(step.Name)
                    ? step with { Number = Math.Max(1, step.Number + shift) }
                    : step;
            }
        }

        return null;
    }

    // The later steps of one task, of all that run the same code, of all.
    private static IEnumerable<(Func<string, bool> IsMeant, int From)> Tails(List<StepKey> steps)
    {
        var names = steps.Select(static step => step.Name).Distinct().Select(static name => (Func<string, bool>)(other => other == name));
        var stems = steps.GroupBy(static step => StemOf(step.Name))
            .Where(static alike => alike.Select(static step => step.Name).Distinct().Count() > 1)
            .Select(static alike => (Func<string, bool>)(other => StemOf(other) == alike.Key));
        return from isMeant in names.Concat(stems).Append(static _ => true)
               from number in steps.Where(step => isMeant(step.Name)).Select(static step => step.Number).Distinct().Order().Take(6)
               select (isMeant, number);
    }

    // setter-1, setter-2, … run the same code: an edit there shifts all of them.
    private static string StemOf(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    // Best first: a node is a beginning of the script that has its places, and costs how far they have moved.
    private ScriptFit? Place(ScriptFit same)
    {
        var open = new PriorityQueue<ImmutableArray<DecisionKey?>, (int Cost, int Sequence)>();
        var sequence = 0;
        open.Enqueue([], (0, 0));
        while (MayGoOn && open.TryDequeue(out var placed, out var priority))
        {
            var wanted = same.Keys[placed.Length]!.Value;
            foreach (var (key, cost) in PlacesOf(wanted, same, placed))
            {
                if (!MayGoOn)
                {
                    return null;
                }

                var fit = same with { Keys = [.. placed, key, .. same.Keys[(placed.Length + 1)..]] };
                if (key != wanted && Fails(fit))
                {
                    return fit;
                }

                if (placed.Length + 1 < same.Keys.Length)
                {
                    open.Enqueue(placed.Add(key), (priority.Cost + cost, ++sequence));
                }
            }
        }

        return null;
    }

    private IEnumerable<(DecisionKey? Key, int Cost)> PlacesOf(DecisionKey wanted, ScriptFit same, ImmutableArray<DecisionKey?> placed)
    {
        var before = same with { Keys = [.. placed, .. new DecisionKey?[same.Keys.Length - placed.Length]] };
        var survey = new SurveyStrategy(before.ToStrategy(), wanted);
        Count(_run(survey, false));
        return survey.Found.Select(key => ((DecisionKey?)key, CostOf(key, wanted))).Append((null, DropCost))
            .OrderBy(static place => place.Item2).Take(Nearest);
    }

    private static int CostOf(in DecisionKey key, in DecisionKey wanted) =>
        CostOf(key.Step, wanted.Step) * 2 + CostOf(key.Turn, wanted.Turn);

    private static int CostOf(in StepKey step, in StepKey wanted) =>
        step.Name == wanted.Name ? Math.Abs(step.Number - wanted.Number) : OtherCost;

    private bool Fails(ScriptFit fit) => Count(_run(fit.ToStrategy(), false)).Failure?.Fingerprint == _fingerprint;

    private RunReport Count(RunReport run)
    {
        Runs++;
        _steps += run.Steps;
        return run;
    }
}
