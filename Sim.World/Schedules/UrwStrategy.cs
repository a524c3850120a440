namespace Sim.World;

/// <summary>
/// URW: a random walk in which a task has the chance of the steps that it still has to make, together with those of the tasks
/// that it has yet to create. After Zhao, Wolff, Mathur and Roychoudhury, "Selectively uniform concurrency testing", ASPLOS 2025.
/// </summary>
/// <remarks>
/// <para>Guarantee: all interleavings of independent tasks have the same chance, if the counts are right. In a random walk those
/// of long and short tasks differ by powers of two.</para>
/// <para>The counts are the profile's; a task that it does not know, one that takes longer than it knows, and a callback count as
/// one step. What waits is not ready and has no weight.</para>
/// <para>Cost: a look at each of the ready.</para>
/// </remarks>
/// <param name="seed">The seed.</param>
/// <param name="profile">The counts.</param>
public sealed class UrwStrategy(long seed, RunProfile profile) : SeededStrategy("urw", seed)
{
    private TaskTable<Weight> _tasks = new();
    private long[] _sums = new long[16];
    private int _scan;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _tasks.Clear();
        _scan = 0;
    }

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point)
    {
        if (_sums.Length < point.Bound)
        {
            Array.Resize(ref _sums, point.Bound * 2);
        }

        var total = Weigh(in point);
        var drawn = Source.Below(total);
        var value = 0;
        while (_sums[value] <= drawn)
        {
            value++;
        }

        var task = point.TaskOf(value);
        return task != 0 && _tasks[task].Flows > 1 ? FlowOf(in point, task) : value;
    }

    /// <inheritdoc/>
    public override void Took(in DecisionPoint point, int value)
    {
        var task = point.TaskOf(value);
        if (task == 0)
        {
            return;
        }

        ref var entry = ref _tasks[task];
        if (entry.Left == 0)
        {
            Meet(in point, value, task);
            entry = ref _tasks[task];
        }

        entry.Left -= entry.Left > 1 ? 1 : 0;
    }

    private long Weigh(in DecisionPoint point)
    {
        _scan++;
        var total = 0L;
        var met = false;
        for (var i = 0; i < point.Bound; i++)
        {
            var task = point.TaskOf(i);
            if (task == 0)
            {
                _sums[i] = ++total;
                continue;
            }

            ref var entry = ref _tasks[task];
            if (entry.Left == 0)
            {
                Meet(in point, i, task);
                met = true;
                continue;
            }

            if (entry.Scan != _scan)
            {
                (entry.Scan, entry.Flows) = (_scan, 0);
                total += entry.Left;
            }

            entry.Flows++;
            _sums[i] = total;
        }

        // The parents of those just met, which may have been weighed before, have become lighter.
        return met ? Weigh(in point) : total;
    }

    private void Meet(in DecisionPoint point, int value, long task)
    {
        var steps = Math.Max(1, profile.SubtreeStepsOf(point.LineageOf(value)));
        _tasks[task].Left = steps;
        var parent = point.ParentOf(value);
        if (parent != 0 && _tasks[parent].Left is var left and > 0)
        {
            _tasks[parent].Left = Math.Max(1, left - steps);
        }
    }

    // Several flows of a task share its steps: each with the same chance.
    private int FlowOf(in DecisionPoint point, long task)
    {
        var skip = Source.Below(_tasks[task].Flows);
        for (var i = 0; ; i++)
        {
            if (point.TaskOf(i) == task && skip-- == 0)
            {
                return i;
            }
        }
    }

    private struct Weight
    {
        /// <summary>Steps left, at least 1; 0 = not met yet.</summary>
        public long Left;

        /// <summary>In which weighing it was counted, and how many of the ready were its.</summary>
        public int Scan;
        public int Flows;
    }
}
