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
/// <param name="withCoverage">Whether it finds out to which happens-before class the run belongs.</param>
/// <param name="poller">What moves time where work takes it; null = work takes none, and nobody is asked.</param>
public sealed class Chooser(IStrategy strategy, bool withLabels = true, bool withCoverage = false, VirtualPoller? poller = null)
    : IScheduler
{
    private readonly VirtualPoller? _pricing = strategy.PricesWork ? poller : null;
    private readonly bool _workIsInstant = poller is null;
    private readonly DecisionLog _decisions = new(withLabels);
    private readonly ResourceNumbers _resources = new();
    private readonly StepKeys? _keys = withLabels || strategy.NeedsStepKeys ? new StepKeys() : null;
    private readonly CausalRecorder? _causes = withCoverage ? NewRecorder(strategy) : null;
    private bool _started;
    private bool _frozen;
    private string? _passedOver;
    private TimeSpan _cost;

    /// <summary>All decisions so far, in order; those with only one possible value are none.</summary>
    public IReadOnlyList<Decision> Decisions => _decisions;

    /// <summary>Whether it asks what work costs.</summary>
    public bool PricesWork => _pricing is not null;

    /// <summary>For the trace: what the decision just made passed over, as <c>alice, carol</c>; null for first in first out.</summary>
    internal string? TakePassedOver()
    {
        var passed = _passedOver;
        _passedOver = null;
        return passed;
    }

    /// <summary>For the trace: how much time has passed before the step that begins.</summary>
    internal TimeSpan TakeCost()
    {
        var cost = _cost;
        _cost = default;
        return cost;
    }

    /// <summary>What the schedule so far comes to; null without coverage.</summary>
    public RunCoverage? Coverage => _causes?.ToCoverage();

    /// <inheritdoc/>
    public ICausalObserver? Causes => _causes ?? strategy as ICausalObserver;

    /// <inheritdoc/>
    public void Start(EventLoop loop)
    {
        if (!_frozen && !_started)
        {
            _started = true;
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
        if (point.Bound > 1)
        {
            Record(in point, value);
        }

        var cost = _pricing is null ? 0 : Price(in point, value);
        _causes?.Begin(runnable.SequenceOf(value), runnable.ContextOf(value));
        if (cost > 0)
        {
            _causes?.Drawn(cost);
        }

        _keys?.Drop(runnable.SequenceOf(value));
        return value;
    }

    /// <inheritdoc/>
    public bool LetTimePass(RunnableSet runnable, Instant deadline)
    {
        if (_frozen || _workIsInstant)
        {
            return false;
        }

        _keys?.Look(runnable);
        var point = new DecisionPoint(_decisions.Count, runnable, _keys, deadline);
        var value = Ask(in point);
        Record(in point, value);
        return value == 1;
    }

    /// <inheritdoc/>
    public int Draw(string label, int bound)
    {
        if (_frozen)
        {
            return 0;
        }

        var point = new DecisionPoint(_decisions.Count, label, bound);
        var value = Ask(in point);
        _causes?.Drawn(value);
        Record(in point, value);
        return value;
    }

    private int Price(in DecisionPoint order, int chosen)
    {
        var point = new DecisionPoint(_decisions.Count, in order, chosen);
        var value = Ask(in point);
        Record(in point, value);
        if (value > 0)
        {
            _cost = WorkCost.Of(value);
            _pricing!.PassTime(_cost);
        }

        return value;
    }

    private void Record(in DecisionPoint point, int value)
    {
        _decisions.Add(point.Kind, point.Bound, value);
        if (!_decisions.WithLabels)
        {
            return;
        }

        _decisions.AddLabels(point.LabelOf(value), point.LabelOf(0));
        if (point.Kind == DecisionKind.Order && value > 0)
        {
            _passedOver = Passed(in point, value);
        }
    }

    private static string Passed(in DecisionPoint point, int value)
    {
        var passed = new List<string>();
        for (var i = 0; i < Math.Min(value, 3); i++)
        {
            passed.Add(point.LabelOf(i));
        }

        return string.Join(", ", passed) + (value > 3 ? $" and {value - 3} more" : "");
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
            _causes?.End();
            strategy.End();
        }
    }

    private static CausalRecorder NewRecorder(IStrategy strategy) => strategy is ICausalObserver
        ? throw new ArgumentException(
            $"Strategy {strategy.Name} counts the classes of its runs itself: leave TracksCoverage off.", nameof(strategy))
        : new CausalRecorder();

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
