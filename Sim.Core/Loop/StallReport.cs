using System.Text;

namespace Sim.Core;

/// <summary>
/// Why a loop would wait for ever, in words: who waits on what since when; who waits for each other in a circle, and who
/// waits for something that nobody is left to give.
/// </summary>
public static class StallReport
{
    /// <summary>Nobody reads on; the circles below are told of all tasks.</summary>
    private const int MostTasks = 100;

    /// <summary>
    /// A line for each task that is alive, and below them the circles in which tasks wait for each other, each after a line break
    /// and two blanks. What the tasks of a loop that still goes on are stuck on is told as well as that of one that cannot.
    /// </summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static string DescribeTasks(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckThread();
        var text = new StringBuilder();
        var contexts = loop.Contexts.ToList();
        AppendTasks(text, contexts);
        AppendCircles(text, WaitCircles.Of(contexts));
        return text.ToString();
    }

    /// <summary>"deadlock of alice, bob": the first circle of tasks, in the order of their creation; null if there is none.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static string? DescribeDeadlock(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckThread();
        return WaitCircles.DescribeFirst(loop.Contexts);
    }

    /// <summary>The error of a loop that would wait for ever. What its first task is stuck on is the reason; others may be, too.</summary>
    internal static StalledException ToError(EventLoop loop) => new(Describe(loop))
    {
        Reason = loop.Contexts.FirstOrDefault() is { } first ? WaitCircles.DescribeEnd(first) : "no task is left",
    };

    private static string Describe(EventLoop loop)
    {
        var text = new StringBuilder($"Nothing is ready and nothing is due at {loop.Time}: {loop.Options.Name} would wait for ever.");
        var contexts = loop.Contexts.ToList();
        if (contexts.Count == 0)
        {
            return text.Append(" No task is left, and nobody called Stop.").ToString();
        }

        AppendTasks(text, contexts);
        var circles = WaitCircles.Of(contexts);
        AppendCircles(text, circles);
        var inCircles = circles.SelectMany(static circle => circle).ToHashSet();
        var orphans = contexts.Where(context => context.WaitsForNobody && !inCircles.Contains(context)).ToList();
        AppendOrphans(text, orphans, contexts);
        return text.ToString();
    }

    private static void AppendTasks(StringBuilder text, List<LoopContext> contexts)
    {
        foreach (var context in contexts.Take(MostTasks))
        {
            text.Append($"\n  {context.Name} {context.DescribeState()}{context.DescribeOrigin()}");
        }

        if (contexts.Count > MostTasks)
        {
            text.Append($"\n  and {contexts.Count - MostTasks} more");
        }
    }

    private static void AppendCircles(StringBuilder text, List<List<LoopContext>> circles)
    {
        foreach (var circle in circles)
        {
            text.Append(circle.Count == 1
                ? $"\n  Deadlock: {circle[0].Name} waits for itself. No lock or semaphore is reentrant: "
                    + "its holder must not take it again."
                : $"\n  Deadlock: {string.Join(", ", circle.Select((context, i) => $"{context.Name} waits for {circle[(i + 1) % circle.Count].Name}"))}.");
        }
    }

    // Who would wake such a task is not known. But a task that waits for something that the other holds may have been about to.
    private static void AppendOrphans(StringBuilder text, List<LoopContext> orphans, List<LoopContext> contexts)
    {
        var lost = new List<string>();
        foreach (var orphan in orphans)
        {
            var behind = contexts.Where(context => context.WaitsForHolders.Contains(orphan))
                .Select(static context => context.Name).ToList();
            if (behind.Count == 0)
            {
                lost.Add(orphan.Name);
                continue;
            }

            var names = string.Join(", ", behind);
            text.Append($"\n  Likely deadlock: {names} {(behind.Count == 1 ? "waits" : "wait")} for what {orphan.Name} holds, and no task "
                + $"but {names} is left that could wake {orphan.Name}: it must not wait for others while it holds what they need.");
        }

        if (lost.Count > 0)
        {
            text.Append($"\n  Lost wake-up: no task is left that could wake {string.Join(", ", lost)}. "
                + "Perhaps the wake-up came before the wait: then keep in a state that it came, and look at that before waiting. "
                + "Perhaps who should wake has ended, or was never started: then see why, or wait with a time limit.");
        }
    }
}
