using System.Runtime.InteropServices;
using Sim.Core;

namespace Sim.World;

/// <summary>Gives the steps of a run their keys as they become ready. Costs some tens of nanoseconds a step.</summary>
/// <param name="log">Takes them down, if anybody wants to know.</param>
internal sealed class StepKeys(StepLog? log)
{
    // Looked up, never iterated.
    private readonly Dictionary<long, StepKey> _ready = [];
    private readonly Dictionary<string, int> _alike = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? Name, int Steps)> _callbacks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Who, string Label), int> _draws = [];
    private TaskTable<(string? Name, int Steps)> _tasks = new();
    private long _last = -1;

    /// <summary>The step that runs, or has run last.</summary>
    public StepKey Current { get; private set; } = new("runner", 1);

    /// <summary>Looks at what has become ready since the last step: to be called before every one.</summary>
    public void Look(RunnableSet runnable)
    {
        var first = runnable.Count;
        while (first > 0 && runnable.SequenceOf(first - 1) > _last)
        {
            first--;
        }

        for (var i = first; i < runnable.Count; i++)
        {
            _last = runnable.SequenceOf(i);
            var key = Next(runnable, i);
            _ready[_last] = key;
            log?.AddReady(key);
        }
    }

    /// <summary>The key of a ready step.</summary>
    public StepKey Of(long sequence) => _ready[sequence];

    /// <summary>The step is taken.</summary>
    public void Take(long sequence)
    {
        _ready.Remove(sequence, out var key);
        Current = key;
        log?.AddTaken(key);
    }

    /// <summary>The next draw of the step that runs.</summary>
    public DecisionKey OfDraw(string label)
    {
        var number = ++CollectionsMarshal.GetValueRefOrAddDefault(_draws, (Current.Name, label), out _);
        return new DecisionKey(DecisionKind.Draw, new StepKey(Current.Name, number), default, label);
    }

    private StepKey Next(RunnableSet runnable, int index)
    {
        if (runnable.ContextOf(index) is not { IsTask: true } context)
        {
            // Under a name of its own: a task may be named like the method that a callback runs.
            var label = runnable.LabelOf(index);
            ref var callback = ref CollectionsMarshal.GetValueRefOrAddDefault(_callbacks, label, out _);
            callback.Name ??= Unique(label);
            return new StepKey(callback.Name, ++callback.Steps);
        }

        ref var task = ref _tasks[context.Number];
        task.Name ??= Unique(context.Name);
        return new StepKey(task.Name, ++task.Steps);
    }

    private string Unique(string name)
    {
        var count = ++CollectionsMarshal.GetValueRefOrAddDefault(_alike, name, out _);
        return count == 1 ? name : $"{name}~{count}";
    }
}
