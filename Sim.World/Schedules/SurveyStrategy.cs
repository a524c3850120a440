namespace Sim.World;

/// <summary>
/// Another strategy, and a note of every place after its last deviation where a decision like a given one could deviate: the
/// same task's step taken early, a draw for the same, time let pass.
/// </summary>
internal sealed class SurveyStrategy(IStrategy inner, DecisionKey wanted) : IStrategy
{
    private readonly List<DecisionKey> _found = [];

    public string Name => inner.Name;

    public bool NeedsStepKeys => true;

    public bool PricesWork => inner.PricesWork || wanted.Kind == DecisionKind.Cost;

    public IReadOnlyList<DecisionKey> Found => _found;

    public void Begin()
    {
        _found.Clear();
        inner.Begin();
    }

    public int Decide(in DecisionPoint point)
    {
        var value = inner.Decide(in point);
        if (value != 0)
        {
            _found.Clear();
        }
        else if (point.Kind == wanted.Kind)
        {
            Note(in point);
        }

        return value;
    }

    public void Took(in DecisionPoint point, int value) => inner.Took(in point, value);

    public void Touched(int resource, bool isWrite) => inner.Touched(resource, isWrite);

    public void End() => inner.End();

    private void Note(in DecisionPoint point)
    {
        for (var value = 1; value < (point.Kind == DecisionKind.Order ? point.Bound : 2); value++)
        {
            var key = point.KeyOf(value);
            if (point.Kind is DecisionKind.Order or DecisionKind.Cost ? key.Step.Name == wanted.Step.Name : key.Label == wanted.Label)
            {
                _found.Add(key);
            }
        }
    }
}
