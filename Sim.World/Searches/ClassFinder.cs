namespace Sim.World;

/// <summary>
/// Finds the happens-before class of a run: each operation with the set of those that happened before it, as one number
/// that does not depend on the order in which independent ones were made.
/// </summary>
internal sealed class ClassFinder
{
    private readonly List<BitRow> _tasks = [];
    private readonly List<BitRow> _ready = [];
    private readonly List<BitRow> _timers = [];
    private readonly List<UInt128> _labels = [];
    private readonly BitRow _now = new();
    private long _firstReady;

    /// <summary>The sequence of task steps.</summary>
    public UInt128 Interleaving { get; private set; }

    /// <summary>The sequence of operations.</summary>
    public UInt128 OperationOrder { get; private set; }

    /// <summary>The class.</summary>
    public UInt128 Class { get; private set; }

    public void Look(ExecutionLog log)
    {
        (Interleaving, OperationOrder, Class) = (1, 1, 1);
        _labels.Clear();
        _firstReady = long.MaxValue;
        ClearRows(_tasks, log.ThingCount);
        ClearRows(_timers, log.TimerCount);
        var last = 0L;
        for (var i = 0; i < log.Count; i++)
        {
            _firstReady = Math.Min(_firstReady, log[i].Sequence);
            last = Math.Max(last, log[i].Sequence);
        }

        ClearRows(_ready, log.Count == 0 ? 0 : (int)(last - _firstReady + 1));
        for (var i = 0; i < log.Count; i++)
        {
            LookAt(log, log[i]);
        }
    }

    private void LookAt(ExecutionLog log, SearchStep step)
    {
        _now.CopyFrom(_ready[(int)(step.Sequence - _firstReady)]);
        if (log.TimerOf(step.Sequence) is >= 0 and var timer)
        {
            _now.Add(_timers[timer]);
        }

        if (step.Task >= 0)
        {
            _now.Add(_tasks[step.Task]);
            if (!step.IsJoin)
            {
                Interleaving = Mixing.Chain(Interleaving, step.Lineage);
            }
        }

        foreach (var happened in step.Events)
        {
            Happen(log, step, happened);
        }

        if (step.Task >= 0)
        {
            _tasks[step.Task].CopyFrom(_now);
        }
    }

    private void Happen(ExecutionLog log, SearchStep step, StepEvent happened)
    {
        switch (happened.Kind)
        {
            case StepEventKind.Read:
                var read = log.ThingAt((int)happened.Number);
                _now.Add(read.Writes);
                AddOperation(log, step, 1, read.Key);
                read.Reads.Add(_now);
                break;
            case StepEventKind.Write:
                var written = log.ThingAt((int)happened.Number);
                _now.Add(written.Writes);
                _now.Add(written.Reads);
                AddOperation(log, step, 2, written.Key);
                written.Writes.CopyFrom(_now);
                written.Reads.Clear();
                break;
            case StepEventKind.Draw:
                AddOperation(log, step, 3, (ulong)happened.Number);
                break;
            case StepEventKind.See:
                AddOperation(log, step, 4, (ulong)happened.Number);
                break;
            case StepEventKind.Ask:
                var asked = (int)(uint)happened.Number;
                _now.Add(_tasks[asked]);
                AddOperation(log, step, 5, Mixing.Mix(log.ThingAt(asked).Key, (ulong)happened.Number >> 32));
                _tasks[asked].Add(_now);
                break;
            case StepEventKind.Ready:
                // What has not run by the end has no row.
                if (happened.Number - _firstReady is >= 0 and var place && place < _ready.Count)
                {
                    _ready[(int)place].CopyFrom(_now);
                }

                break;
            case StepEventKind.Arm:
                _timers[(int)happened.Number].CopyFrom(_now);
                break;
            case StepEventKind.Finish:
                log.ThingAt((int)happened.Number).End.Add(_now);
                break;
            case StepEventKind.Take:
                _now.Add(log.ThingAt((int)happened.Number).End);
                break;
        }
    }

    private void AddOperation(ExecutionLog log, SearchStep step, ulong kind, ulong key)
    {
        var label = step.Task >= 0
            ? Mixing.OfOperation(step.Lineage, (ulong)++log.ThingAt(step.Task).Operations, kind, key)
            : Mixing.OfOperation(step.Id, (ulong)++step.Operations, kind, key);
        var before = UInt128.Zero;
        for (var word = 0; word < _now.Words; word++)
        {
            for (var bits = _now.Word(word); bits != 0; bits &= bits - 1)
            {
                before = unchecked(before + _labels[(word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits)]);
            }
        }

        OperationOrder = Mixing.Chain(OperationOrder, step.Task >= 0 ? step.Lineage : step.Id);
        Class = unchecked(Class + Mixing.OfPlace(before, label));
        _now.Add(_labels.Count);
        _labels.Add(Mixing.Spread(label));
    }

    private static void ClearRows(List<BitRow> rows, int count)
    {
        while (rows.Count < count)
        {
            rows.Add(new BitRow());
        }

        for (var i = 0; i < count; i++)
        {
            rows[i].Clear();
        }
    }
}
