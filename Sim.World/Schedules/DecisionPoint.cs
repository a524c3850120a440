using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>Where a strategy is asked: what could happen now. Valid during the call only.</summary>
public readonly ref struct DecisionPoint
{
    private readonly RunnableSet _runnable;
    private readonly ResourceNumbers? _resources;
    private readonly StepKeys? _keys;
    private readonly string? _label;
    private readonly DecisionKey _key;

    internal DecisionPoint(int index, RunnableSet runnable, ResourceNumbers resources, StepKeys? keys)
    {
        Kind = DecisionKind.Order;
        Index = index;
        Bound = Ready = runnable.Count;
        _runnable = runnable;
        _resources = resources;
        _keys = keys;
    }

    internal DecisionPoint(int index, string label, int bound, StepKeys? keys)
    {
        Kind = DecisionKind.Draw;
        Index = index;
        Bound = bound;
        _label = label;
        _key = keys?.OfDraw(label) ?? default;
    }

    internal DecisionPoint(int index, RunnableSet runnable, Instant deadline, StepKeys? keys)
    {
        Kind = DecisionKind.Time;
        Index = index;
        Bound = 2;
        Ready = runnable.Count;
        Deadline = deadline;
        _runnable = runnable;
        _label = TimeLabel;
        _key = keys is null ? default : new DecisionKey(DecisionKind.Time, keys.Current, default, "");
    }

    /// <summary>How much time passes before a step that has been chosen.</summary>
    /// <param name="index">The number of the decision.</param>
    /// <param name="order">Where the step was chosen.</param>
    /// <param name="chosen">Which of the ready it is.</param>
    internal DecisionPoint(int index, in DecisionPoint order, int chosen)
    {
        this = order;
        Kind = DecisionKind.Cost;
        Index = index;
        Bound = WorkCost.Bound;
        Chosen = chosen;
    }

    /// <summary>The label of every decision about time.</summary>
    internal const string TimeLabel = "time passes";

    /// <summary>For time: when the next timer is due.</summary>
    public Instant Deadline { get; }

    /// <summary>What is to be decided.</summary>
    public DecisionKind Kind { get; }

    /// <summary>The number of this decision in its run, from 0.</summary>
    public int Index { get; }

    /// <summary>How many values there are: at least 2 where something is to be decided.</summary>
    public int Bound { get; }

    /// <summary>For all but draws: how many callbacks are ready, oldest first.</summary>
    public int Ready { get; }

    /// <summary>For a cost: which of the ready is to run.</summary>
    public int Chosen { get; }

    /// <summary>For an order, the task or callback that <paramref name="value"/> stands for; else what is decided.</summary>
    public string LabelOf(int value) => _label ?? _runnable.LabelOf(Kind == DecisionKind.Cost ? Chosen : value);

    /// <summary>For one of the ready: the number of the task in this run, in the order of creation, from 1; 0 for a callback.</summary>
    public long TaskOf(int value) => _runnable.ContextOf(value)?.Number ?? 0;

    /// <summary>For one of the ready: a number for the task that is the same in every run; 0 for a callback.</summary>
    public ulong LineageOf(int value) => _runnable.ContextOf(value)?.Lineage ?? 0;

    /// <summary>For one of the ready: the number of the task that created the task; 0 if none did, and for a callback.</summary>
    public long ParentOf(int value) => _runnable.ContextOf(value)?.Parent ?? 0;

    /// <summary>For one of the ready: the number with which it became ready, which rises through the run.</summary>
    public long SequenceOf(int value) => _runnable.SequenceOf(value);

    /// <summary>For an order, if <see cref="IStrategy.NeedsStepKeys"/>: which step it would be.</summary>
    public StepKey StepOf(int value) => _keys!.Of(SequenceOf(value));

    /// <summary>For an order: the async methods in which the step goes on (<see cref="RunnableSet.AwaitSitesOf"/>).</summary>
    public IReadOnlyList<string> AwaitSitesOf(int value) => _runnable.AwaitSitesOf(value);

    /// <summary>If <see cref="IStrategy.NeedsStepKeys"/>: what the decision is known by if it takes <paramref name="value"/>.</summary>
    public DecisionKey KeyOf(int value) => Kind switch
    {
        DecisionKind.Order => new DecisionKey(Kind, StepOf(value), StepOf(0), ""),
        DecisionKind.Cost => new DecisionKey(Kind, StepOf(Chosen), default, ""),
        _ => _key,
    };

    /// <summary>For an order: the resource with this number in this run: a name, or the object itself.</summary>
    public object ResourceOf(int resource) => _resources!.ResourceOf(resource);

    /// <summary>For an order: what the step is about to touch, if it was announced.</summary>
    /// <param name="value">Which of the ready.</param>
    /// <param name="resource">The number of the resource in this run, from 0.</param>
    /// <param name="isWrite">Whether it will be changed.</param>
    public bool TryGetOperation(int value, out int resource, out bool isWrite)
    {
        if (_runnable.ContextOf(value) is { IsTask: true, Announced: { } announced })
        {
            (resource, isWrite) = (_resources!.Of(announced.Resource), announced.IsWrite);
            return true;
        }

        (resource, isWrite) = (-1, false);
        return false;
    }
}
