using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// The one place where a run is decided: asks the strategy and records every answer. What it has recorded, together with
/// the scenario, is the run. Loop thread only.
/// </summary>
/// <param name="strategy">Decides.</param>
/// <param name="withLabels">
/// Whether decisions get their labels. Who only looks for a failure does without, and makes the run once more when there is one.
/// </param>
public sealed class Chooser(IStrategy strategy, bool withLabels = true) : IScheduler
{
    private readonly DecisionLog _decisions = new(withLabels);
    private readonly ResourceNumbers _resources = new();
    private readonly StepLog? _log = withLabels ? new StepLog() : null;
    private StepKeys? _keys;
    private bool _started;
    private bool _frozen;
    private string? _passedOver;

    /// <summary>All decisions so far, in order; those with only one possible value are none.</summary>
    public IReadOnlyList<Decision> Decisions => _decisions;

    /// <summary>The steps of the run; null without labels.</summary>
    internal StepLog? StepLog => _log;

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
        if (!_frozen && !_started)
        {
            _started = true;
            _keys = _log is not null || strategy.NeedsStepKeys ? new StepKeys(_log) : null;
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

        _keys?.Look(runnable);
        var point = new DecisionPoint(_decisions.Count, runnable, _resources, _keys);
        var value = point.Bound == 1 ? 0 : Ask(point);
        strategy.Took(in point, value);
        _keys?.Drop(runnable.SequenceOf(value));
        if (point.Bound == 1)
        {
            return 0;
        }

        _decisions.Add(DecisionKind.Order, point.Bound, value);
        if (!_decisions.WithLabels)
        {
            return value;
        }

        _decisions.AddLabels(point.LabelOf(value), point.LabelOf(0));
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
    public bool LetTimePass(Instant deadline)
    {
        if (_frozen)
        {
            return false;
        }

        var value = Ask(new DecisionPoint(_decisions.Count, deadline));
        _decisions.Add(DecisionKind.Time, 2, value);
        _log?.AddTime(value);
        if (_decisions.WithLabels)
        {
            _decisions.AddLabels(DecisionPoint.TimeLabel, DecisionPoint.TimeLabel);
        }

        return value == 1;
    }

    /// <inheritdoc/>
    public int Draw(string label, int bound)
    {
        if (_frozen)
        {
            return 0;
        }

        var value = Ask(new DecisionPoint(_decisions.Count, label, bound));
        _decisions.Add(DecisionKind.Draw, bound, value);
        _log?.AddDraw(label, bound);
        if (_decisions.WithLabels)
        {
            _decisions.AddLabels(label, label);
        }

        return value;
    }

    /// <inheritdoc/>
    public void Touch(in Operation operation)
    {
        if (!_frozen)
        {
            strategy.Touched(_resources.Of(operation.Resource), operation.IsWrite);
        }
    }

    /// <summary>From now on the default is taken and nothing is recorded: the run is over, what follows is tidying up.</summary>
    internal void Freeze()
    {
        if (!_frozen)
        {
            _frozen = true;
            strategy.End();
        }
    }

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
