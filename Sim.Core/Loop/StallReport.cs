using System.Text;

namespace Sim.Core;

/// <summary>
/// Why a loop would wait for ever, in words: who waits on what since when; who waits for each other in a circle, and who
/// waits for something that nobody is left to give.
/// </summary>
internal static class StallReport
{
    public static string Describe(EventLoop loop)
    {
        var text = new StringBuilder($"Nothing is ready and nothing is due at {loop.Time}: {loop.Options.Name} would wait for ever.");
        var contexts = loop.Contexts.ToList();
        if (contexts.Count == 0)
        {
            return text.Append(" No task is left, and nobody called Stop.").ToString();
        }

        foreach (var context in contexts)
        {
            text.Append($"\n  {context.Name} {context.DescribeState()}");
        }

        var circles = Circles(contexts);
        foreach (var circle in circles)
        {
            text.Append(circle.Count == 1
                ? $"\n  Deadlock: {circle[0].Name} waits for itself. A lock is not reentrant: its holder must not take it again."
                : $"\n  Deadlock: {string.Join(", ", circle.Select((context, i) => $"{context.Name} waits for {circle[(i + 1) % circle.Count].Name}"))}.");
        }

        var inCircles = circles.SelectMany(static circle => circle).ToHashSet();
        var orphans = contexts.Where(context => context.WaitsForNobody && !inCircles.Contains(context)).Select(static context => context.Name).ToList();
        if (orphans.Count > 0)
        {
            text.Append($"\n  Lost wake-up: no task is left that could wake {string.Join(", ", orphans)}.");
        }

        return text.ToString();
    }

    // Each task is followed along the first way that is not known to lead out: the graph is small, and one circle is enough
    // for each task in it.
    private static List<List<LoopContext>> Circles(List<LoopContext> contexts)
    {
        var circles = new List<List<LoopContext>>();
        var settled = new HashSet<LoopContext>();
        foreach (var start in contexts)
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
}
