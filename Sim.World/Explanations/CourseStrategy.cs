using System.Runtime.InteropServices;

namespace Sim.World;

/// <summary>
/// Follows a course as far as it goes: of the ready steps it takes the one that comes first in the order; what is not in it comes
/// last, first in, first out. Values are taken by their keys, and 0 where there is none. Time passes where the course has it,
/// after all steps before.
/// </summary>
/// <param name="order">The order.</param>
/// <param name="values">The values.</param>
internal sealed class CourseStrategy(IReadOnlyList<StepKey> order, IReadOnlyList<Course.Value> values) : IStrategy
{
    // Looked up, never iterated.
    private readonly Dictionary<StepKey, int> _places = Places(order);
    private readonly Dictionary<(DecisionKind, string, int), int> _values =
        values.ToDictionary(static value => (value.Kind, value.Label, value.Number), static value => value.Chosen);

    private readonly Dictionary<(DecisionKind, string), int> _alike = [];
    private readonly bool[] _taken = new bool[order.Count];
    private int _next;

    public string Name => "explanation";

    public bool NeedsStepKeys => true;

    public bool PricesWork { get; } = values.Any(static value => value is { Kind: DecisionKind.Cost, Chosen: > 0 });

    public void Begin()
    {
        _alike.Clear();
        Array.Clear(_taken);
        _next = 0;
    }

    public int Decide(in DecisionPoint point)
    {
        switch (point.Kind)
        {
            case DecisionKind.Order:
                return First(in point);
            case DecisionKind.Time:
                return _next < order.Count && Course.IsPassage(order[_next]) ? Take(_next) : 0;
            default:
                var label = point.LabelOf(0);
                var number = ++CollectionsMarshal.GetValueRefOrAddDefault(_alike, (point.Kind, label), out _);
                return Math.Min(_values.GetValueOrDefault((point.Kind, label, number)), point.Bound - 1);
        }
    }

    public void Took(in DecisionPoint point, int value)
    {
        if (_places.TryGetValue(point.StepOf(value), out var place))
        {
            Take(place);
        }
    }

    private static Dictionary<StepKey, int> Places(IReadOnlyList<StepKey> order)
    {
        var places = new Dictionary<StepKey, int>(order.Count);
        for (var i = 0; i < order.Count; i++)
        {
            places.TryAdd(order[i], i);
        }

        return places;
    }

    private int First(in DecisionPoint point)
    {
        var (best, bestPlace) = (0, int.MaxValue);
        for (var value = 0; value < point.Bound; value++)
        {
            if (_places.TryGetValue(point.StepOf(value), out var place) && place < bestPlace)
            {
                (best, bestPlace) = (value, place);
            }
        }

        return best;
    }

    private int Take(int place)
    {
        _taken[place] = true;
        while (_next < order.Count && _taken[_next])
        {
            _next++;
        }

        return 1;
    }
}
