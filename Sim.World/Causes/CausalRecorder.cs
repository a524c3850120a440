using Sim.Core;

namespace Sim.World;

/// <summary>
/// Finds, while a run is made, to which happens-before class its schedule belongs and which hand-overs it has. What counts, and
/// with which numbers, is what exhaustive search counts. A run counts up to the step in which its loop is asked to stop.
/// Loop thread only.
/// </summary>
internal sealed class CausalRecorder : ICausalObserver
{
    private readonly OperationTable _operations = new();
    private readonly List<CausalTask> _tasks = [];
    private readonly List<ulong> _handOvers = [];
    private readonly Stack<CausalRow> _spares = [];

    // Looked up, never iterated.
    private readonly Dictionary<object, CausalThing> _things = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, CausalThing> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<object, ReadyMark> _timers = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ulong> _seenHandOvers = [];

    // By ready number: they are consecutive.
    private ReadyMark[] _ready = new ReadyMark[16];
    private int _readyCount;
    private long _firstSequence;
    private ulong _outside;
    private bool _hasEnded;

    // The step that runs, or ran last; before the first there is none.
    private bool _hasBegun;
    private CausalTask? _task;
    private ulong _lineage;
    private ulong _id;
    private CausalRow _now = new();
    private int _column;
    private ulong _stepOperations;
    private ulong _callbacks;
    private ulong _armed;
    private ulong _created;
    private CausalThing? _announced;
    private CausalThing? _lastThing;
    private bool _lastIsWrite;

    private (object? Object, CausalThing? Thing) _sought;
    private (object? Object, CausalThing? Thing) _soughtBefore;

    private UInt128 _class = 1;

    /// <summary>What the run so far comes to.</summary>
    public RunCoverage ToCoverage() => new(_class, [.. _handOvers]);

    /// <summary>What follows does not count.</summary>
    public void End() => _hasEnded = true;

    /// <summary>A step begins.</summary>
    /// <param name="sequence">The number with which it became ready.</param>
    /// <param name="context">Whose it is.</param>
    public void Begin(long sequence, LoopContext? context)
    {
        if (_hasEnded)
        {
            return;
        }

        if (_task is { } before)
        {
            (before.Row, _now) = (_now, before.Row);
        }

        ref var mark = ref _ready[sequence - _firstSequence];
        if (mark.Row is { } row)
        {
            _spares.Push(_now);
            _now = row;
            mark.Row = null;
        }
        else
        {
            _now.Clear();
        }

        if (context is { IsTask: true })
        {
            _task = TaskOf(context);
            _now.Add(_task.Row, _operations);
            (_lineage, _column) = (context.Lineage, _task.Column);
            _id = Mixing.Mix(_lineage, (ulong)++_task.Steps);
        }
        else
        {
            (_task, _column) = (null, -1);
            _id = _lineage = Mixing.Mix(~mark.Cause, mark.Ordinal);
        }

        _hasBegun = true;
        (_stepOperations, _callbacks, _armed, _created) = (0, 0, 0, 0);
        _announced = _lastThing = null;
    }

    /// <summary>The step that runs draws a number.</summary>
    public void Drawn(int value)
    {
        if (_hasBegun && !_hasEnded)
        {
            AddOperation(3, (ulong)value);
        }
    }

    public void OnReady(long sequence, LoopContext? context, object? timer, bool inStep)
    {
        if (_hasEnded)
        {
            return;
        }

        if (_readyCount == 0)
        {
            _firstSequence = sequence;
        }
        else if (_readyCount == _ready.Length)
        {
            Array.Resize(ref _ready, _readyCount * 2);
        }

        ref var mark = ref _ready[_readyCount++];
        if (timer is null || !_timers.Remove(timer, out mark))
        {
            mark = inStep && _hasBegun ? new ReadyMark(_id, 2 * ++_callbacks, Kept()) : new ReadyMark(0, 2 * ++_outside, null);
        }
    }

    public void OnWithdrawn(long sequence)
    {
    }

    public void OnArmed(object timer, bool isDue)
    {
        if (!_hasEnded)
        {
            _timers[timer] = _hasBegun ? new ReadyMark(_id, (2 * ++_armed) + 1, Kept()) : new ReadyMark(0, (2 * ++_outside) + 1, null);
        }
    }

    public void OnCreated(object thing)
    {
        if (_hasEnded)
        {
            return;
        }

        var key = _hasBegun ? Mixing.Mix(_id, ++_created) : Mixing.Mix(2, ++_outside);
        if (thing is LoopContext { IsTask: true } task)
        {
            TaskOf(task).Key = key;
        }
        else
        {
            _things[thing] = new CausalThing(key);
            _sought = _soughtBefore = default;
        }
    }

    public void OnUsed(object thing, UseKind kind)
    {
        if (kind == UseKind.Look || !_hasBegun || _hasEnded)
        {
            return;
        }

        switch (kind)
        {
            case UseKind.Finish or UseKind.Count:
                if (!_now.IsEmpty)
                {
                    var ended = Find(thing);
                    (ended.End ??= new CausalRow()).Add(_now, _operations);
                }

                break;
            case UseKind.Take or UseKind.Total or UseKind.SeeEnded:
                if (TryFind(thing) is { End: { } end })
                {
                    _now.Add(end, _operations);
                }

                break;
            case UseKind.Decide:
                Write(Find(thing));
                break;
            case UseKind.Change when thing is LoopContext { IsTask: true } task && TaskOf(task) is var asked && asked != _task:
                _now.Add(asked.Row, _operations);
                AddOperation(5, Mixing.Mix(asked.Key, (ulong)asked.Steps));
                asked.Row.Add(_now, _operations);
                break;
        }

        if (kind is UseKind.SeePending or UseKind.SeeEnded)
        {
            AddOperation(4, kind == UseKind.SeeEnded ? 1UL : 0UL);
        }
    }

    public void OnOperation(in Operation operation, bool announced)
    {
        if (!_hasBegun || _hasEnded)
        {
            return;
        }

        var thing = Find(operation.Resource);
        if (announced)
        {
            _announced = thing;
        }
        else if (_announced == thing && _lastThing == thing && (_lastIsWrite || !operation.IsWrite))
        {
            // What was announced and is then touched is one operation.
            return;
        }

        if (operation.IsWrite)
        {
            Write(thing);
        }
        else
        {
            Read(thing);
        }
    }

    // The run counts up to here.
    public void OnStopping() => _hasEnded |= _hasBegun;

    private void Read(CausalThing thing)
    {
        Join(thing.Writes);
        AddOperation(1, thing.Key);
        (thing.Reads ??= new CausalRow()).Add(_now, _operations);
        NoteHandOver(thing, thing.LastWriter);
        (_lastThing, _lastIsWrite) = (thing, false);
    }

    private void Write(CausalThing thing)
    {
        Join(thing.Writes);
        Join(thing.Reads);
        AddOperation(2, thing.Key);
        (thing.Writes ??= new CausalRow()).CopyFrom(_now);
        thing.Reads?.Clear();
        NoteHandOver(thing, thing.LastUser);
        thing.LastWriter = _lineage;
        (_lastThing, _lastIsWrite) = (thing, true);
    }

    private void NoteHandOver(CausalThing thing, ulong from)
    {
        if (from != 0 && from != _lineage)
        {
            var handOver = Mixing.OfHandOver(thing.Key, from, _lineage);
            if (_seenHandOvers.Add(handOver))
            {
                _handOvers.Add(handOver);
            }
        }

        thing.LastUser = _lineage;
    }

    private void AddOperation(ulong kind, ulong key)
    {
        if (_column < 0)
        {
            _column = _operations.TakeColumn();
            if (_task is not null)
            {
                _task.Column = _column;
            }
        }

        var number = _task is null ? ++_stepOperations : (ulong)++_task.Operations;
        var label = Mixing.OfOperation(_lineage, number, kind, key);
        _class = unchecked(_class + Mixing.OfPlace(_now.Sum, label));
        _operations.Add(_column, Mixing.Spread(label));
        _now.AddAll(_column, _operations);
    }

    private void Join(CausalRow? row)
    {
        if (row is not null)
        {
            _now.Add(row, _operations);
        }
    }

    // What has happened up to now, for later.
    private CausalRow? Kept()
    {
        if (_now.IsEmpty)
        {
            return null;
        }

        var row = _spares.Count > 0 ? _spares.Pop() : new CausalRow();
        row.CopyFrom(_now);
        return row;
    }

    private CausalTask TaskOf(LoopContext context)
    {
        var place = (int)context.Number - 1;
        while (_tasks.Count <= place)
        {
            _tasks.Add(new CausalTask());
        }

        return _tasks[place];
    }

    private CausalThing Find(object thing)
    {
        if (TryFind(thing) is { } found)
        {
            return found;
        }

        if (thing is string name)
        {
            found = new CausalThing(Mixing.OfText(name));
            _names.Add(name, found);
        }
        else
        {
            found = new CausalThing(CausalThing.UnknownKey);
            _things.Add(thing, found);
        }

        return _sought.Thing = found;
    }

    // The same thing, or the same two, are often used several times on end.
    private CausalThing? TryFind(object thing)
    {
        if (ReferenceEquals(thing, _sought.Object))
        {
            return _sought.Thing;
        }

        (_sought, _soughtBefore) = (_soughtBefore, _sought);
        if (!ReferenceEquals(thing, _sought.Object))
        {
            _sought = (thing, thing is string name ? _names.GetValueOrDefault(name) : _things.GetValueOrDefault(thing));
        }

        return _sought.Thing;
    }

    /// <summary>What became ready, or will by a timer: by which step, as which of its callbacks or timers, after what.</summary>
    private struct ReadyMark(ulong cause, ulong ordinal, CausalRow? row)
    {
        public readonly ulong Cause = cause;
        public readonly ulong Ordinal = ordinal;
        public CausalRow? Row = row;
    }
}
