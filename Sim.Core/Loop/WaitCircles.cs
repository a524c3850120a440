namespace Sim.Core;

/// <summary>The circles in which tasks wait for each other, and where else their waits end.</summary>
internal static class WaitCircles
{
    /// <summary>The circles that tasks lead to, in the order of the tasks; one for each task is enough.</summary>
    public static List<List<LoopContext>> Of(IEnumerable<LoopContext> starts)
    {
        // Each task is followed along the first way that is not known to lead out: the graph is small.
        var circles = new List<List<LoopContext>>();
        var settled = new HashSet<LoopContext>();
        foreach (var start in starts)
        {
            var path = new List<LoopContext>();
            var onPath = new HashSet<LoopContext>();
            var ways = new Stack<IEnumerator<LoopContext>>();
            Enter(start);
            while (ways.TryPeek(out var way))
            {
                if (!way.MoveNext())
                {
                    ways.Pop();
                    settled.Add(path[^1]);
                    onPath.Remove(path[^1]);
                    path.RemoveAt(path.Count - 1);
                }
                else if (onPath.Contains(way.Current))
                {
                    circles.Add(path[path.IndexOf(way.Current)..]);
                    settled.UnionWith(path);
                    break;
                }
                else
                {
                    Enter(way.Current);
                }
            }

            void Enter(LoopContext context)
            {
                if (!settled.Contains(context))
                {
                    path.Add(context);
                    onPath.Add(context);
                    ways.Push(context.WaitsFor.GetEnumerator());
                }
            }
        }

        return circles;
    }

    /// <summary>
    /// What a task is stuck on: the first circle that its waits lead to, members by name; else the task at their end and its wait.
    /// It does not tell who else is stuck, so it is the same in other runs that are stuck on the same.
    /// </summary>
    public static string DescribeEnd(LoopContext start)
    {
        if (DescribeFirst([start]) is { } circle)
        {
            return circle;
        }

        var end = start;
        while (end.WaitsFor.FirstOrDefault() is { } next)
        {
            end = next;
        }

        return $"{end.Name} {end.FirstWait}";
    }

    /// <summary>The first circle that tasks lead to, its members by name; null if there is none.</summary>
    public static string? DescribeFirst(IEnumerable<LoopContext> starts) => Of(starts) is [var circle, ..]
        ? $"deadlock of {string.Join(", ", circle.Select(static context => context.Name).Order(StringComparer.Ordinal))}" : null;
}
