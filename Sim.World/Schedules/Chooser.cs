using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// The one place where a run is decided: asks the strategy and records every answer. What it has recorded, together with
/// the scenario, is the run. Loop thread only.
/// </summary>
/// <param name="strategy">Decides.</param>
/// <param name="records">
/// Whether decisions get their keys. Who only looks for a failure does without, and makes the run once more when there is one.
/// </param>
/// <param name="withCoverage">Whether it finds out to which happens-before class the run belongs.</param>
/// <param name="poller">What moves time where work takes it; null = work takes none, and nobody is asked.</param>
public sealed class Chooser(IStrategy strategy, bool records = true, bool withCoverage = false, VirtualPoller? poller = null)
    : IScheduler
{
    private readonly VirtualPoller? _pricing = strategy.PricesWork ? poller : null;
    private readonly bool _workIsInstant = poller is null;
    private readonly DecisionLog _decisions = new(records);
    private readonly ResourceNumbers _resources = new();
    private readonly StepLog? _log = records ? new StepLog() : null;
    private readonly CausalRecorder? _causes = withCoverage ? NewRecorder(strategy) : null;
    private StepKeys? _keys;
    private bool _started;
    private bool _frozen;
    private string? _passedOver;
    private TimeSpan _cost;

    /// <summary>All decisions so far, in order; those with only one possible value are none.</summary>
    public IReadOnlyList<Decision> Decisions => _decisions;

    /// <summary>Whether it asks what work costs.</summary>
    public bool PricesWork => _pricing is not null;

    /// <summary>How much virtual time the run has.</summary>
    internal TimeSpan TimeLimit { get; init; } = TimeSpan.MaxValue;

    // Of the step that runs, or has run last.
    private long StepNumber => _log?.Taken.Count ?? 0;

    /// <summary>The steps of the run; null without records.</summary>
    internal StepLog? StepLog => _log;

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
        if (point.Bound > 1)
        {
            Log(in point, value, StepNumber + 1);
        }

        if (_pricing is not null)
        {
            Price(in point, value);
        }

        // What a step costs is no part of the class: what it changes is the order of others, and that is.
        _causes?.Begin(runnable.SequenceOf(value), runnable.ContextOf(value));
        _keys?.Take(runnable.SequenceOf(value));
        if (records)
        {
            NotePassedOver(runnable, value);
        }

        return value;
    }

    /// <inheritdoc/>
    public bool LetTimePass(RunnableSet runnable, Instant deadline)
    {
        // Beyond the limit of the run a timer cannot be faster than work: the run would end by it, whatever the work is.
        if (_frozen || _workIsInstant || deadline.SinceOrigin > TimeLimit)
        {
            return false;
        }

        var value = Decide(new DecisionPoint(_decisions.Count, runnable, deadline, _keys));
        _log?.AddTime(value);
        return value == 1;
    }

    /// <inheritdoc/>
    public int Draw(string label, int bound)
    {
        if (_frozen)
        {
            return 0;
        }

        var value = Decide(new DecisionPoint(_decisions.Count, label, bound, _keys));
        _causes?.Drawn(value);
        _log?.AddDraw(label, bound);
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
            _causes?.End();
            strategy.End();
        }
    }

    private static CausalRecorder NewRecorder(IStrategy strategy) => strategy is ICausalObserver
        ? throw new ArgumentException(
            $"Strategy {strategy.Name} counts the classes of its runs itself: leave TracksCoverage off.", nameof(strategy))
        : new CausalRecorder();

    // Asked when the step is chosen and has not begun: it begins so much later.
    private void Price(in DecisionPoint order, int chosen)
    {
        var point = new DecisionPoint(_decisions.Count, in order, chosen);
        var value = Ask(in point);
        Log(in point, value, StepNumber + 1);
        if (value > 0)
        {
            _cost = WorkCost.Of(value);
            _pricing!.PassTime(_cost);
        }
    }

    private int Decide(in DecisionPoint point)
    {
        var value = Ask(in point);
        Log(in point, value, StepNumber);
        return value;
    }

    private void Log(in DecisionPoint point, int value, long step)
    {
        _decisions.Add(point.Kind, point.Bound, value);
        if (records)
        {
            _decisions.AddKey(point.KeyOf(value), step);
        }
    }

    private void NotePassedOver(RunnableSet runnable, int value)
    {
        if (value == 0)
        {
            return;
        }

        var passed = new List<string>();
        for (var i = 0; i < Math.Min(value, 3); i++)
        {
            passed.Add(runnable.LabelOf(i));
        }

        _passedOver = string.Join(", ", passed) + (value > 3 ? $" and {value - 3} more" : "");
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
