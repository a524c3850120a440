using Sim.World;

namespace Sim.Testing;

/// <summary>Tells in which lane of a timeline an event belongs. Asked in the order of the trace.</summary>
internal sealed class LaneFinder
{
    private const string LoopName = "loop";

    // Where a task has that name: lanes are told apart by theirs.
    private const string OtherLoopName = "loop (callbacks)";
    private const string Creates = "creates task ";

    private readonly List<string> _tasks = [];

    // Looked up, never iterated.
    private readonly Dictionary<string, int> _numbers = [];
    private bool _usesLoop;

    /// <summary>A finder for the tasks of a trace: who is created, or takes a task's step.</summary>
    public LaneFinder(IReadOnlyList<TraceEvent> events, IReadOnlyList<StepKey> order)
    {
        foreach (var happened in events)
        {
            if (happened.Kind == TraceEventKind.Create && happened.Text.StartsWith(Creates, StringComparison.Ordinal))
            {
                Add(happened.Text[Creates.Length..]);
            }
            else if (happened.Kind == TraceEventKind.Step && IsOfTask(happened))
            {
                Add(happened.Step >= 1 && happened.Step <= order.Count ? order[(int)happened.Step - 1].Name : happened.Task);
            }
        }
    }

    /// <summary>The lanes, once all events have been asked for.</summary>
    public IReadOnlyList<TimelineLane> Lanes =>
    [
        .. _tasks.Select(static name => new TimelineLane(name, LaneKind.Task)),
        .. _usesLoop ? (TimelineLane[])[new TimelineLane(_numbers.ContainsKey(LoopName) ? OtherLoopName : LoopName, LaneKind.Loop)] : [],
    ];

    /// <summary>Whether a step is a task's, by how it begins.</summary>
    public static bool IsOfTask(TraceEvent step) => !step.Text.StartsWith("runs", StringComparison.Ordinal);

    /// <summary>The lane of who has this name; what is no task belongs to the loop.</summary>
    public int Of(string name, bool isTask = true)
    {
        if (isTask && _numbers.TryGetValue(name, out var number))
        {
            return number;
        }

        _usesLoop = true;
        return _tasks.Count;
    }

    private void Add(string name)
    {
        if (_numbers.TryAdd(name, _tasks.Count))
        {
            _tasks.Add(name);
        }
    }
}
