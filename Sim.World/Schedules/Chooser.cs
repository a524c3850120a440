using Sim.Core;

namespace Sim.World;

/// <summary>
/// The one place where a run is decided: asks the strategy and records every answer. What it has recorded, together with
/// the scenario, is the run. Loop thread only.
/// </summary>
/// <param name="strategy">Decides.</param>
public sealed class Chooser(IStrategy strategy) : IScheduler
{
    private readonly List<Decision> _decisions = [];
    private bool _frozen;
    private string? _passedOver;

    /// <summary>All decisions so far, in order; those with only one possible value are none.</summary>
    public IReadOnlyList<Decision> Decisions => _decisions;

    /// <summary>For the trace: what the decision just made passed over, as <c>alice, carol</c>; null for first in first out.</summary>
    internal string? TakePassedOver()
    {
        var passed = _passedOver;
        _passedOver = null;
        return passed;
    }

    /// <inheritdoc/>
    public void Start(EventLoop loop)
    {
        if (!_frozen && _decisions.Count == 0)
        {
            strategy.Begin();
        }
    }

    /// <inheritdoc/>
    public int Choose(RunnableSet runnable)
    {
        if (_frozen)
        {
            return 0;
        }

        var point = new DecisionPoint(_decisions.Count, runnable);
        var value = Ask(point);
        _decisions.Add(new Decision(DecisionKind.Order, point.Bound, value, point.LabelOf(value), point.LabelOf(0)));
        if (value > 0)
        {
            var passed = new List<string>();
            for (var i = 0; i < Math.Min(value, 3); i++)
            {
                passed.Add(runnable.LabelOf(i));
            }

            _passedOver = string.Join(", ", passed) + (value > 3 ? $" and {value - 3} more" : "");
        }

        return value;
    }

    /// <inheritdoc/>
    public int Draw(string label, int bound)
    {
        if (_frozen)
        {
            return 0;
        }

        var value = Ask(new DecisionPoint(_decisions.Count, label, bound));
        _decisions.Add(new Decision(DecisionKind.Draw, bound, value, label, label));
        return value;
    }

    /// <summary>From now on the default is taken and nothing is recorded: the run is over, what follows is tidying up.</summary>
    internal void Freeze() => _frozen = true;

    private int Ask(in DecisionPoint point)
    {
        var value = strategy.Decide(in point);
        if ((uint)value >= (uint)point.Bound)
        {
            throw new LoopException($"Strategy {strategy.Name} decided {value} where 0 to {point.Bound - 1} was possible.");
        }

        return value;
    }
}
