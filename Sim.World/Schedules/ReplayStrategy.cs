namespace Sim.World;

/// <summary>
/// Follows a script by the keys of its deviations: when alice#2 is the oldest ready step and bob#3 is ready too, takes bob#3.
/// Each deviation stands for itself, whatever becomes of the others, and everything else takes the default. For the code
/// that was recorded that is the recorded run: up to the first difference both are the same run, in which a step is the
/// oldest for one stretch, and the script's deviations from its turn are the first decisions of that stretch, in order.
/// </summary>
/// <param name="script">The recorded deviations.</param>
public sealed class ReplayStrategy(DecisionScript script) : IStrategy
{
    // Looked up, never iterated. For an order by whose turn it was, as the deviations from that turn in their order.
    private readonly Dictionary<DecisionKey, List<int>> _wanted = [];
    private readonly bool[] _done = new bool[script.Count];

    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public bool NeedsStepKeys => true;

    /// <inheritdoc/>
    public bool PricesWork => script.PricesWork;

    /// <summary>The deviations of the script that have not come up in this run, in their order.</summary>
    public IReadOnlyList<Deviation> Unfit => [.. script.Deviations.Where((_, i) => !_done[i])];

    /// <inheritdoc/>
    public void Begin()
    {
        _wanted.Clear();
        Array.Clear(_done);
        for (var i = 0; i < script.Count; i++)
        {
            var place = PlaceOf(script.Deviations[i].Key);
            if (!_wanted.TryGetValue(place, out var alike))
            {
                _wanted.Add(place, alike = []);
            }

            alike.Add(i);
        }
    }

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point)
    {
        if (!_wanted.TryGetValue(PlaceOf(point.KeyOf(0)), out var wanted))
        {
            return 0;
        }

        foreach (var i in wanted)
        {
            if (!_done[i] && ValueOf(in point, script.Deviations[i]) is var value and > 0)
            {
                _done[i] = true;
                return value;
            }
        }

        return 0;
    }

    private static DecisionKey PlaceOf(in DecisionKey key) => key.Kind == DecisionKind.Order ? key with { Step = default } : key;

    private static int ValueOf(in DecisionPoint point, in Deviation wanted)
    {
        if (point.Kind != DecisionKind.Order)
        {
            return wanted.Value < point.Bound ? wanted.Value : 0;
        }

        // As a rule it stands where it stood.
        if (wanted.Value < point.Bound && point.StepOf(wanted.Value) == wanted.Key.Step)
        {
            return wanted.Value;
        }

        for (var value = point.Bound - 1; value > 0; value--)
        {
            if (point.StepOf(value) == wanted.Key.Step)
            {
                return value;
            }
        }

        return 0;
    }
}
