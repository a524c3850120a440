namespace Sim.World;

/// <summary>Another strategy, whose deviations it notes with their keys: the script of a run that is made without records.</summary>
internal sealed class KeyedStrategy(IStrategy inner) : IStrategy
{
    private readonly List<Deviation> _deviations = [];
    private readonly List<bool> _isCost = [];

    public string Name => inner.Name;

    public bool NeedsStepKeys => true;

    public bool PricesWork => inner.PricesWork;

    /// <summary>What deviated in the last run.</summary>
    public DecisionScript Script => DecisionScript.Of(_deviations, _isCost);

    public void Begin()
    {
        _deviations.Clear();
        _isCost.Clear();
        inner.Begin();
    }

    public int Decide(in DecisionPoint point)
    {
        var value = inner.Decide(in point);
        _isCost.Add(point.Kind == DecisionKind.Cost);
        if (value != 0 && value < point.Bound)
        {
            _deviations.Add(new Deviation(point.Index, value, point.KeyOf(value)));
        }

        return value;
    }

    public void Took(in DecisionPoint point, int value) => inner.Took(in point, value);

    public void Touched(int resource, bool isWrite) => inner.Touched(resource, isWrite);

    public void End() => inner.End();
}
