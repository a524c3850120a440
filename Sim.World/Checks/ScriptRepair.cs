namespace Sim.World;

/// <summary>
/// Makes a recorded script fit code that has changed, by a bounded search for a failure of the same kind. An await more or
/// less in a task gives its later steps other numbers: so first those numbers are shifted, then the deviations are placed
/// anew, one after the other, the nearest place first. One thread at a time.
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

    /// <summary>
    /// What has become of each deviation, in a run that fails in the recorded way: its new key, or null where it is not needed
    /// any more. Null if no such run was found.
    /// </summary>
    public IReadOnlyList<DecisionKey?>? Find(DecisionScript recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        (Runs, _steps) = (0, 0);
        var keys = recorded.Deviations.Select(static deviation => (DecisionKey?)deviation.Key).ToArray();
        return keys.Length == 0 ? null : Renumber(recorded, keys) ?? Place(recorded, keys);
    }

    /// <summary>The script in which the deviations have these keys.</summary>
    public static DecisionScript Apply(DecisionScript recorded, IReadOnlyList<DecisionKey?> keys)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(keys);
        return new DecisionScript(recorded.Deviations.Zip(keys).Where(static pair => pair.Second is not null)
            .Select(static pair => pair.First with { Key = pair.Second!.Value }));
    }

    private DecisionKey?[]? Renumber(DecisionScript recorded, DecisionKey?[] keys)
    {
        var steps = keys.SelectMany(static key => new[] { key!.Value.Step, key.Value.Turn }).Where(static step => step.Name is not null).ToList();
        var groups = steps.Select(static step => step.Name).Distinct().Select(static name => (Func<string, bool>)(other => other == name))
            .Concat(steps.GroupBy(static step => StemOf(step.Name)).Where(static alike => alike.Select(static step => step.Name).Distinct().Count() > 1)
                .Select(static alike => (Func<string, bool>)(other => StemOf(other) == alike.Key)))
            .Append(static _ => true).ToList();
        foreach (var shift in (int[])[1, -1, 2, -2, 3, -3])
        {
            foreach (var group in groups)
            {
                foreach (var from in steps.Where(step => group(step.Name)).Select(static step => step.Number).Distinct().Order().Take(6))
                {
                    if (Runs >= _budget / 2 || !MayGoOn)
                    {
                        return null;
                    }

                    var shifted = keys.Select(key => (DecisionKey?)(key!.Value with { Step = Shift(key.Value.Step), Turn = Shift(key.Value.Turn) })).ToArray();
                    if (Fails(Apply(recorded, shifted)))
                    {
                        return shifted;
                    }

                    StepKey Shift(StepKey step) => step.Name is not null && group(step.Name) && step.Number >= from
                        ? step with { Number = Math.Max(1, step.Number + shift) }
                        : step;
                }
            }
        }

        return null;
    }

    // setter-1, setter-2, … run the same code: an edit there shifts all of them.
    private static string StemOf(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    // Best first: a node is a beginning of the script that has its places, and costs how far they have moved.
    private DecisionKey?[]? Place(DecisionScript recorded, DecisionKey?[] keys)
    {
        var open = new PriorityQueue<DecisionKey?[], (int Cost, int Sequence)>();
        var sequence = 0;
        open.Enqueue([], (0, 0));
        while (MayGoOn && open.TryDequeue(out var placed, out var priority))
        {
            var wanted = keys[placed.Length]!.Value;
            foreach (var (key, cost) in PlacesOf(wanted, recorded, placed))
            {
                if (!MayGoOn)
                {
                    return null;
                }

                DecisionKey?[] longer = [.. placed, key], whole = [.. longer, .. keys[longer.Length..]];
                if (key != wanted && Fails(Apply(recorded, whole)))
                {
                    return whole;
                }

                if (longer.Length < keys.Length)
                {
                    open.Enqueue(longer, (priority.Cost + cost, ++sequence));
                }
            }
        }

        return null;
    }

    private IEnumerable<(DecisionKey? Key, int Cost)> PlacesOf(DecisionKey wanted, DecisionScript recorded, DecisionKey?[] placed)
    {
        var survey = new SurveyStrategy(new ReplayStrategy(Apply(recorded, [.. placed, .. new DecisionKey?[recorded.Count - placed.Length]])), wanted);
        Count(_run(survey, false));
        return survey.Found.Select(key => ((DecisionKey?)key, CostOf(key, wanted))).Append((null, DropCost))
            .OrderBy(static place => place.Item2).Take(Nearest);
    }

    private static int CostOf(in DecisionKey key, in DecisionKey wanted) => CostOf(key.Step, wanted.Step) * 2 + CostOf(key.Turn, wanted.Turn);

    private static int CostOf(in StepKey step, in StepKey wanted) => step.Name == wanted.Name ? Math.Abs(step.Number - wanted.Number) : OtherCost;

    private bool Fails(DecisionScript script) => Count(_run(new ReplayStrategy(script), false)).Failure?.Fingerprint == _fingerprint;

    private RunReport Count(RunReport run)
    {
        Runs++;
        _steps += run.Steps;
        return run;
    }
}
