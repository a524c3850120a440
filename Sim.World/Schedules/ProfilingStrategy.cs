namespace Sim.World;

/// <summary>
/// First in first out, and counts: makes the run from which other strategies take their estimates. Costs some nanoseconds a
/// step. Of what tasks touch it counts what they announce: only of that it is known before it happens.
/// </summary>
public sealed class ProfilingStrategy : IStrategy
{
    private readonly List<(long Task, int Nth, int Resource, bool IsWrite)> _announcements = [];
    private readonly List<object> _resources = [];
    private TaskTable<Counts> _tasks = new();
    private long _lastTask;
    private long _steps;
    private int _choices;

    /// <inheritdoc/>
    public string Name => "fifo";

    /// <inheritdoc/>
    public void Begin()
    {
        _announcements.Clear();
        _resources.Clear();
        _tasks.Clear();
        (_lastTask, _steps, _choices) = (0, 0, 0);
    }

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point) => 0;

    /// <inheritdoc/>
    public void Took(in DecisionPoint point, int value)
    {
        _steps++;
        _choices += point.Bound > 1 ? 1 : 0;
        var task = point.TaskOf(value);
        if (task == 0)
        {
            return;
        }

        ref var counts = ref _tasks[task];
        if (counts.Steps++ == 0)
        {
            (counts.Lineage, counts.Parent) = (point.LineageOf(value), point.ParentOf(value));
            _lastTask = Math.Max(_lastTask, task);
        }

        if (point.TryGetOperation(value, out var resource, out var isWrite))
        {
            while (_resources.Count <= resource)
            {
                _resources.Add(point.ResourceOf(_resources.Count));
            }

            _announcements.Add((task, counts.Announcements++, resource, isWrite));
        }
    }

    /// <summary>What the last run has shown.</summary>
    public RunProfile ToProfile()
    {
        var tasks = new List<RunProfile.ProfiledTask>();
        var indices = new int[_lastTask + 1];
        Array.Fill(indices, -1);
        for (var task = 1L; task <= _lastTask; task++)
        {
            var counts = _tasks[task];
            if (counts.Steps > 0)
            {
                indices[task] = tasks.Count;
                tasks.Add(new RunProfile.ProfiledTask(counts.Lineage, indices[counts.Parent], counts.Steps));
            }
        }

        return new RunProfile(_steps, _choices, tasks, Shared(indices));
    }

    private IEnumerable<RunProfile.SharedResource> Shared(int[] indices)
    {
        foreach (var uses in _announcements.GroupBy(static use => use.Resource).OrderBy(static uses => uses.Key))
        {
            var accesses = uses.GroupBy(static use => use.Task).Select(own => (Index: indices[own.Key], Count: own.LongCount()))
                .OrderBy(static own => own.Index).ToArray();
            if (accesses.Length > 1 && uses.Any(static use => use.IsWrite))
            {
                var name = _resources[uses.Key] as string;
                yield return new RunProfile.SharedResource(
                    name, accesses, name is null ? [.. uses.Select(use => (indices[use.Task], use.Nth))] : []);
            }
        }
    }

    private struct Counts
    {
        public ulong Lineage;
        public long Parent;
        public long Steps;
        public int Announcements;
    }
}
