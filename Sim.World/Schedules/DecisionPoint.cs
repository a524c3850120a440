using Sim.Core;

namespace Sim.World;

/// <summary>Where a strategy is asked: what could happen now. Valid during the call only.</summary>
public readonly ref struct DecisionPoint
{
    private readonly RunnableSet _runnable;
    private readonly string? _label;

    internal DecisionPoint(int index, RunnableSet runnable)
    {
        Kind = DecisionKind.Order;
        Index = index;
        Bound = runnable.Count;
        _runnable = runnable;
    }

    internal DecisionPoint(int index, string label, int bound)
    {
        Kind = DecisionKind.Draw;
        Index = index;
        Bound = bound;
        _label = label;
    }

    /// <summary>What is to be decided.</summary>
    public DecisionKind Kind { get; }

    /// <summary>The number of this decision in its run, from 0.</summary>
    public int Index { get; }

    /// <summary>How many values there are, at least 2.</summary>
    public int Bound { get; }

    /// <summary>The label that the decision gets if <paramref name="value"/> is taken.</summary>
    public string LabelOf(int value) => _label ?? _runnable.LabelOf(value);
}
