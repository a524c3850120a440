using Sim.Core;

namespace Sim.World;

/// <summary>Counts whose steps they are, in the last stretch of a run that does not end: who keeps it going. Loop thread only.</summary>
internal sealed class StepCensus
{
    /// <summary>How many steps are counted.</summary>
    public const int Length = 1_000;

    private readonly List<LoopContext> _contexts = [];

    // Looked up, never iterated.
    private readonly Dictionary<LoopContext, int> _counts = new(ReferenceEqualityComparer.Instance);

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
    }

    /// <summary>"task poller (998 of the last 1000 steps; it yields in PollAsync)", the busiest first.</summary>
    public string Describe()
    {
        var busiest = _contexts.OrderByDescending(context => _counts[context]).Take(3).Where(context => _counts[context] * 10 >= Length);
        return string.Join(", ", busiest.Select(context => context.IsTask
            ? $"task {context.Name} ({_counts[context]} of the last {Length} steps; it {context.DescribeState()})"
            : $"callbacks ({_counts[context]} of the last {Length} steps)"));
    }
}
