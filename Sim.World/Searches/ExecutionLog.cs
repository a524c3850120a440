using Sim.Core;

namespace Sim.World;

/// <summary>
/// What happened in one run, as far as the order of its steps depends on it: the steps, what made each ready, what each
/// used. Things have keys that are the same in every run: made of the step in which they were made.
/// </summary>
internal sealed class ExecutionLog
{
    private readonly List<SearchStep> _pool = [];
    private readonly List<Thing> _thingPool = [];

    // Looked up, never iterated.
    private readonly Dictionary<object, int> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<object, TimerMark> _timers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ulong> _nameKeys = new(StringComparer.Ordinal);

    // By ready number: they are consecutive.
    private readonly List<ReadyMark> _ready = [];
    private long _firstSequence;
    private int _outside;
    private int _pending;
    private int _epoch;
    private int _lastTimer;
    private SearchStep? _current;

    // Whether the step that runs is of the main task, and it was another that let it go on.
    private bool _mayJoin;

    /// <summary>How many steps there are.</summary>
    public int Count { get; private set; }

    public int ThingCount { get; private set; }

    /// <summary>The timers that were set, in order.</summary>
    public int TimerCount { get; private set; }

    /// <summary>Why the order of steps alone does not decide this run; null when it does.</summary>
    public string? Irregular { get; private set; }

    public SearchStep this[int step] => _pool[step];

    public SearchStep? Current => _current;

    public Thing ThingAt(int index) => _thingPool[index];

    /// <summary>For what became ready by a timer: which of all that were set; -1 otherwise.</summary>
    public int TimerOf(long sequence) => _ready[(int)(sequence - _firstSequence)].Timer;

    public void Clear()
    {
        _objects.Clear();
        _names.Clear();
        _timers.Clear();
        _ready.Clear();
        (Count, ThingCount, TimerCount, Irregular, _firstSequence) = (0, 0, 0, null, 0);
        (_outside, _pending, _epoch, _lastTimer, _current) = (0, 0, 0, -1, null);
    }

    /// <summary>A step begins.</summary>
    public void Begin(long sequence, ulong lineage, int node)
    {
        if (Count == _pool.Count)
        {
            _pool.Add(new SearchStep());
        }

        var step = _pool[Count];
        step.Clear();
        var mark = _ready[(int)(sequence - _firstSequence)];
        (step.Sequence, step.Cause, step.Node, step.Epoch, step.Lineage) = (sequence, mark.Cause, node, _epoch, lineage);
        _pending--;
        if (mark.Context is { IsTask: true } context)
        {
            step.Task = Find(context);
            var task = _thingPool[step.Task];
            step.Id = Mixing.Mix(lineage, (ulong)++task.Steps);
            step.Use(step.Task, task.Key, UseMode.Write);
            _mayJoin = context.Number == 1 && mark.Cause >= 0 && _pool[mark.Cause].Task != step.Task;
        }
        else
        {
            step.Task = -1;
            _mayJoin = false;
            step.Id = Mixing.Mix(~(mark.Cause < 0 ? 0 : _pool[mark.Cause].Id), (ulong)mark.Ordinal);
        }

        _current = step;
        Count++;
    }

    public void Ready(long sequence, LoopContext? context, object? timer, bool inStep)
    {
        if (_ready.Count == 0)
        {
            _firstSequence = sequence;
        }

        var idle = _pending++ == 0;
        if (timer is not null && _timers.TryGetValue(timer, out var armed))
        {
            if (idle)
            {
                _epoch = Count;
            }
            else if (_lastTimer != Count)
            {
                Irregular ??= "a timer fell due while other work was ready, so that the order of steps alone does not tell when it fires";
            }

            _lastTimer = Count;
            _ready.Add(new ReadyMark(context, armed.Step, armed.Ordinal, armed.Number));
        }
        else if (inStep && _current is { } step)
        {
            _ready.Add(new ReadyMark(context, Count - 1, 2 * ++step.Callbacks, -1));
            step.Events.Add(new StepEvent(StepEventKind.Ready, sequence));
        }
        else
        {
            if (Count > 0)
            {
                Irregular ??= "work came from outside of the loop, at a time that the order of steps does not tell";
            }

            _ready.Add(new ReadyMark(context, -1, 2 * ++_outside, -1));
        }
    }

    public void Withdrawn() =>
        Irregular ??= "a callback was cancelled, or asked for, by its handle: whether it has run by then is not tracked";

    public void Armed(object timer, bool isDue)
    {
        var ordinal = _current is { } step ? (2 * ++step.Timers) + 1 : (2 * ++_outside) + 1;
        _timers[timer] = new TimerMark(Count - 1, ordinal, TimerCount);
        _current?.Events.Add(new StepEvent(StepEventKind.Arm, TimerCount));
        TimerCount++;
        if (isDue)
        {
            Irregular ??= "a timer was set for a time that had come already: it fires between two steps that have no order";
        }
    }

    public void Created(object thing)
    {
        var key = _current is { } step ? Mixing.Mix(step.Id, (ulong)++step.Created) : Mixing.Mix(2, (ulong)++_outside);
        _objects[thing] = AddThing(key);
    }

    public void Used(object thing, UseKind kind)
    {
        if (_current is not { } step)
        {
            return;
        }

        var index = Find(thing);
        var mode = kind switch
        {
            UseKind.Look or UseKind.Take or UseKind.SeePending or UseKind.SeeEnded => UseMode.Read,
            UseKind.Count or UseKind.Total => UseMode.Count,
            _ => UseMode.Write,
        };
        step.Use(index, _thingPool[index].Key, mode);
        if (kind is UseKind.Finish or UseKind.Count)
        {
            step.Events.Add(new StepEvent(StepEventKind.Finish, index));
        }
        else if (kind is UseKind.Take or UseKind.Total or UseKind.SeeEnded)
        {
            step.Events.Add(new StepEvent(StepEventKind.Take, index));
            step.IsJoin |= _mayJoin && thing is ILoopTask;
        }
        else if (kind == UseKind.Decide)
        {
            step.Events.Add(new StepEvent(StepEventKind.Write, index));
        }
        else if (kind == UseKind.Change && thing is LoopContext && index != step.Task)
        {
            step.HasOperation = true;
            step.Events.Add(new StepEvent(StepEventKind.Ask, ((long)_thingPool[index].Steps << 32) | (uint)index));
        }

        if (kind is UseKind.SeePending or UseKind.SeeEnded)
        {
            step.HasOperation = true;
            step.Events.Add(new StepEvent(StepEventKind.See, kind == UseKind.SeeEnded ? 1 : 0));
        }
    }

    public void Operation(in Operation operation, bool announced)
    {
        if (_current is not { } step)
        {
            return;
        }

        var index = operation.Resource is string name ? FindName(name) : Find(operation.Resource);
        step.Use(index, _thingPool[index].Key, operation.IsWrite ? UseMode.Write : UseMode.Read);
        step.HasOperation = true;
        var kind = operation.IsWrite ? StepEventKind.Write : StepEventKind.Read;
        if (announced)
        {
            step.Announced = index;
        }
        else if (step.Announced == index && step.Events.FindLast(IsOperation) is var last && last.Number == index
            && (last.Kind == StepEventKind.Write || kind == StepEventKind.Read))
        {
            // What was announced and is then touched is one operation.
            return;
        }

        step.Events.Add(new StepEvent(kind, index));
    }

    public void Drawn(int value) => _current?.Events.Add(new StepEvent(StepEventKind.Draw, value));

    private static bool IsOperation(StepEvent happened) => happened.Kind is StepEventKind.Read or StepEventKind.Write;

    private int Find(object thing)
    {
        if (!_objects.TryGetValue(thing, out var index))
        {
            index = AddThing(StepUse.UnknownKey);
            _objects.Add(thing, index);
        }

        return index;
    }

    private int FindName(string name)
    {
        if (!_names.TryGetValue(name, out var index))
        {
            if (!_nameKeys.TryGetValue(name, out var key))
            {
                key = Mixing.OfText(name);
                _nameKeys.Add(name, key);
            }

            index = AddThing(key);
            _names.Add(name, index);
        }

        return index;
    }

    private int AddThing(ulong key)
    {
        if (ThingCount == _thingPool.Count)
        {
            _thingPool.Add(new Thing());
        }

        _thingPool[ThingCount].Clear(key);
        return ThingCount++;
    }

    /// <summary>What became ready: by which step, as which of those that it made ready, by which timer.</summary>
    private readonly record struct ReadyMark(LoopContext? Context, int Cause, int Ordinal, int Timer);

    private readonly record struct TimerMark(int Step, int Ordinal, int Number);
}
