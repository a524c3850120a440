namespace Sim.World;

/// <summary>
/// Finds the pairs of steps of a run that depend on each other and could have come the other way round, and asks for the
/// other way: P. A. Abdulla, S. Aronis, B. Jonsson, K. Sagonas, Optimal Dynamic Partial Order Reduction, POPL 2014 (source
/// sets), after C. Flanagan, P. Godefroid, POPL 2005.
/// </summary>
internal sealed class RaceFinder
{
    private readonly BitRow _candidates = new();
    private readonly List<int> _suspects = [];

    /// <summary>Looks at a run.</summary>
    /// <param name="log">What happened.</param>
    /// <param name="path">The decisions, to which what shall still be taken is added.</param>
    /// <param name="stable">How many steps are as in the run before: their races are known.</param>
    public void Look(ExecutionLog log, List<SearchNode> path, int stable)
    {
        _suspects.Clear();
        for (var step = 0; step < log.Count; step++)
        {
            LookAt(log, path, step, isKnown: step < stable);
            Remember(log, step);
        }
    }

    private void LookAt(ExecutionLog log, List<SearchNode> path, int number, bool isKnown)
    {
        var step = log[number];
        if (isKnown)
        {
            return;
        }

        var before = step.Before;
        before.Clear();
        before.AddBelow(step.Epoch);
        if (step.Cause >= 0)
        {
            AddStep(log, before, step.Cause);
        }

        FindCandidates(log, step, number);
        for (var other = _candidates.LastBelow(number); other >= 0; other = _candidates.LastBelow(other))
        {
            if (!before[other])
            {
                Reverse(log, path, other, number);
                AddStep(log, before, other);
            }
        }

        if (step.IsStop && step.Node >= 0)
        {
            // What could have run before the end has no step of its own in this run.
            WantAll(path[step.Node]);
        }
    }

    private void FindCandidates(ExecutionLog log, SearchStep step, int number)
    {
        _candidates.Clear();
        foreach (var suspect in _suspects)
        {
            _candidates.Add(suspect);
        }

        if (step.IsSuspect)
        {
            _candidates.AddBelow(number);
            return;
        }

        for (var i = 0; i < step.Things.Count; i++)
        {
            var mode = step.Uses[i].Mode;
            foreach (var (earlier, how) in log.ThingAt(step.Things[i]).Accesses)
            {
                if (StepUse.Conflict(mode, how))
                {
                    _candidates.Add(earlier);
                }
                else if (mode == UseMode.Count)
                {
                    // In either order, but who is last goes on for all of them.
                    AddStep(log, step.Before, earlier);
                }
            }
        }
    }

    // The steps between that do not depend on the earlier one, and the later one, could come before it: one of those that can
    // come first is wanted there.
    private static void Reverse(ExecutionLog log, List<SearchNode> path, int earlier, int later)
    {
        if (log[earlier].Node < 0)
        {
            return;
        }

        var node = path[log[earlier].Node];
        var first = -1;
        for (var step = earlier + 1; step <= later; step++)
        {
            var before = log[step].Before;
            if ((step < later && before[earlier]) || before.LastBelow(step) > earlier)
            {
                continue;
            }

            var place = node.PlaceOf(log[step].Sequence);
            if (place < 0 || !node.Allowed[place])
            {
                continue;
            }

            if (node.Wanted[place] || node.IsAsleep(place))
            {
                return;
            }

            first = first < 0 ? place : first;
        }

        if (first >= 0)
        {
            node.Wanted[first] = true;
        }
        else
        {
            WantAll(node);
        }
    }

    private static void WantAll(SearchNode node) => node.Allowed.CopyTo(node.Wanted, 0);

    private void Remember(ExecutionLog log, int number)
    {
        var step = log[number];
        for (var i = 0; i < step.Things.Count; i++)
        {
            log.ThingAt(step.Things[i]).Accesses.Add((number, step.Uses[i].Mode));
        }

        if (step.IsSuspect)
        {
            _suspects.Add(number);
        }
    }

    private static void AddStep(ExecutionLog log, BitRow before, int step)
    {
        before.Add(log[step].Before);
        before.Add(step);
    }
}
