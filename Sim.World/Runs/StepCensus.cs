using Sim.Core;

namespace Sim.World;

/// <summary>
/// Counts whose steps they are, in the last stretch of a run that does not end: who keeps it going, who gets nowhere, and whether
/// anything new happens at all. Loop thread only.
/// </summary>
internal sealed class StepCensus(EventLoop loop)
{
    /// <summary>How many steps are counted.</summary>
    public const int Length = 1_000;

    private const int MostNames = 5;

    private readonly List<LoopContext> _contexts = [];
    private readonly IReadOnlyList<ILoopTask> _tasks = CallGraph.Capture(loop).Tasks;

    // These two are looked up, never iterated.
    private readonly Dictionary<LoopContext, int> _counts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(LoopContext, string)> _situations = [];

    private int _steps;
    private int _newest;

    public void Count(LoopContext? context)
    {
        if (context is null)
        {
            return;
        }

        if (!_counts.TryGetValue(context, out var count))
        {
            _contexts.Add(context);
        }

        _counts[context] = count + 1;
        _steps++;
        if (_situations.Add((context, string.Concat(context.DescribeWait().Where(static c => !char.IsAsciiDigit(c))))))
        {
            _newest = _steps;
        }
    }

    /// <summary>Who keeps it going, by name.</summary>
    public IEnumerable<string> BusiestNames() =>
        _contexts.Where(IsBusy).Select(static context => context.IsTask ? context.Name : "callbacks").Order(StringComparer.Ordinal);

    /// <summary>"task poller keeps polling (998 of the last 1000 steps; it yields in PollAsync)"; of several the busiest first.</summary>
    public string Describe(string alone)
    {
        var busiest = _contexts.OrderByDescending(context => _counts[context]).Where(IsBusy).Take(3).ToList();
        return busiest is [var only] ? Describe(only, alone) : string.Join(", ", busiest.Select(context => Describe(context, "")));
    }

    /// <summary>Sentences, each after a line break: whether the state repeats, as far as that shows, and who took no step.</summary>
    public string DescribeRest()
    {
        var tasks = CallGraph.Capture(loop).Tasks;
        var idle = tasks.Where(task => !_contexts.Exists(context => context.IsTask && context.Name == task.Name))
            .Select(static task => task.Name).ToList();
        var repeats = _newest <= _steps / 2 && tasks.SequenceEqual(_tasks);
        return (repeats ? $"\nThe state repeats: no task begins or ends, and each comes back to where it was{Livelock()}." : "")
            + (idle.Count == 0 ? "" : $"\nNo step was taken meanwhile by {string.Join(", ", idle.Take(MostNames))}"
                + (idle.Count > MostNames ? $" and {idle.Count - MostNames} more." : "."));
    }

    private string Livelock() => _contexts.Count(context => context.IsTask && IsBusy(context)) > 1
        ? "; where each undoes or outruns what another does, that is a livelock" : "";

    private string Describe(LoopContext context, string does) => context.IsTask
        ? $"task {context.Name}{does} ({_counts[context]} of the last {Length} steps; it {context.DescribeState()})"
        : $"callbacks ({_counts[context]} of the last {Length} steps)";

    private bool IsBusy(LoopContext context) => _counts[context] * 10 >= Length;
}
