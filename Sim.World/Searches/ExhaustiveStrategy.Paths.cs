namespace Sim.World;

/// <content>The path through the tree: following it, making it longer, going on to the next.</content>
public sealed partial class ExhaustiveStrategy
{
    // The node of the path at this place, if the path is that long.
    private SearchNode? Descend(in DecisionPoint point)
    {
        if (_depth == _path.Count)
        {
            return null;
        }

        var node = _path[_depth];
        if (node.Sequences.Length == 0 && node.Kind == DecisionKind.Order && node.Kind == point.Kind && node.Bound == point.Bound)
        {
            // Read from a position: what was possible is seen now.
            node = _path[_depth] = NewOrder(in point, node);
        }

        if (node.Kind != point.Kind || node.Bound != point.Bound
            || (node.Kind == DecisionKind.Order && node.Sequences[node.Value] != point.SequenceOf(node.Value)))
        {
            _recording = false;
            throw Mismatch = new NondeterminismException(
                $"Decision {point.Index} is not the one that it was in the run before, although all decisions before it were the same. "
                + "Something outside of the simulation takes part: a clock, a random number, another thread, a static.");
        }

        _depth++;
        return node;
    }

    private int Add(SearchNode node)
    {
        _path.Add(node);
        _depth++;
        return node.Value;
    }

    private int Grow(in DecisionPoint point)
    {
        var node = NewOrder(in point, null);
        for (var value = 0; value < node.Bound; value++)
        {
            if (node.Allowed[value] && !node.IsAsleep(value))
            {
                node.Value = value;
                node.Wanted[value] = true;
                _nodeOfStep = _depth;
                return Add(node);
            }
        }

        Abandon();
        return 0;
    }

    private SearchNode NewOrder(in DecisionPoint point, SearchNode? read)
    {
        var sequences = new long[point.Bound];
        var allowed = new bool[point.Bound];
        for (var i = 0; i < point.Bound; i++)
        {
            sequences[i] = point.SequenceOf(i);
            allowed[i] = options.Preemptions is not { } bound || _preemptions + Cost(in point, i) <= bound;
        }

        return new SearchNode(DecisionKind.Order, point.Bound, read?.Value ?? -1)
        {
            Sequences = sequences,
            Allowed = allowed,
            Wanted = read?.Wanted ?? new bool[point.Bound],
            Sleep = read?.Sleep ?? [.. _sleep],
            Taken = read?.Taken,
        };
    }

    // 1 if another task is taken although the one that ran last stands ready at an operation that it has announced.
    private int Cost(in DecisionPoint point, int value)
    {
        if (options.Preemptions is null || point.TaskOf(value) is var taken && (taken == 0 || taken == _lastTask))
        {
            return 0;
        }

        for (var i = 0; i < point.Bound; i++)
        {
            if (point.TaskOf(i) == _lastTask && point.TryGetOperation(i, out _, out _))
            {
                return 1;
            }
        }

        return 0;
    }

    private static int FirstCallback(in DecisionPoint point)
    {
        for (var i = 0; i < point.Bound; i++)
        {
            if (point.TaskOf(i) == 0)
            {
                return i;
            }
        }

        return -1;
    }

    // The step before has ended: what depends on it wakes.
    private void EndStep()
    {
        if (_log.Current is not { } step || !_recording)
        {
            return;
        }

        // A task's step has used its own task; a callback that has used nothing may have done anything.
        step.IsSuspect |= step.Task < 0 ? step.Uses.Count == 0 : _reduction == Reduction.Cautious && !step.HasOperation;
        if (Reduces && _sleep.Count > 0)
        {
            var uses = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(step.Uses);
            for (var i = _sleep.Count - 1; i >= 0; i--)
            {
                if (_sleep[i].DependsOn(uses, step.IsSuspect))
                {
                    _sleep.RemoveAt(i);
                }
            }
        }
    }

    private void Abandon()
    {
        _abandoned = true;
        _recording = false;
    }

    // For each choice on the path, what the step that was taken has used, in case it goes to sleep there.
    private void KeepUses()
    {
        for (var i = 0; i < _log.Count; i++)
        {
            var step = _log[i];
            if (step.Node >= 0 && _path[step.Node] is var node
                && (node.Taken is null || (step.Node + 1 < _path.Count && _path[step.Node + 1].Kind == DecisionKind.Draw)))
            {
                node.Taken = SleepEntry.Join(node.Taken, new SleepEntry(step.Sequence, [.. step.Uses], step.IsSuspect));
            }
        }
    }

    private bool Advance()
    {
        while (_path.Count > 0)
        {
            var last = _path.Count - 1;
            if (_path[last].MoveNext())
            {
                _stable = StepsBefore(last);
                return true;
            }

            _path.RemoveAt(last);
        }

        return false;
    }

    // How many steps of the last run come before the one that this node decides, or in which it draws.
    private int StepsBefore(int node)
    {
        while (node >= 0 && _path[node].Kind != DecisionKind.Order)
        {
            node--;
        }

        for (var i = 0; i < _log.Count && node >= 0; i++)
        {
            if (_log[i].Node == node)
            {
                return i;
            }
        }

        return 0;
    }

    // What the order of steps does not decide cannot be reduced by it: from the beginning, with every order.
    private void Restart(string why)
    {
        Unreduced = why;
        _reduction = Reduction.None;
        _path = [];
        _begun = false;
        _stable = 0;
        (Executions, Abandoned) = (0, 0);
        _interleavings.Clear();
        _operationOrders.Clear();
        _classes.Clear();
    }
}
