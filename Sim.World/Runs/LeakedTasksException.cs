using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>A scenario had ended and tasks, or async calls that nobody awaits, were still alive.</summary>
public sealed class LeakedTasksException : LoopException
{
    /// <summary>An error with a message.</summary>
    public LeakedTasksException(string message)
        : base(message)
    {
    }

    /// <summary>They need not be, whether or not they would stop.</summary>
    internal static LeakedTasksException Alive(Instant ended, CallGraph left)
    {
        var (tasks, calls) = (left.DescribeEach(), left.DescribeForsaken());
        var what = calls.Count == 0 ? Count(tasks.Count, "task")
            : tasks.Count == 0 ? Count(calls.Count, "async call")
            : $"{Count(tasks.Count, "task")} and {Count(calls.Count, "async call")}";
        return new LeakedTasksException(
            $"The scenario has ended at {ended}, and {what} {(tasks.Count + calls.Count == 1 ? "is" : "are")} still alive:\n  "
            + string.Join("\n  ", tasks.Concat(calls))
            + (tasks.Count == 0 ? "\nAwait each async call, or make it a task of a TaskGroup."
                : "\nAwait each task that is started, start it in a TaskGroup, or cancel it."))
        {
            Reason = left.Tasks is [var first, ..] ? $"{first.Name} is left behind" : "an async call is left behind",
        };
    }

    /// <summary>They were asked to stop, and do not. The last task is the loop's own, which waits for the others.</summary>
    internal static LeakedTasksException Unstoppable(Instant ended, CallGraph left)
    {
        var tasks = left.DescribeEach().SkipLast(1).ToList();
        return new LeakedTasksException(
            $"The scenario has ended at {ended}, and {Count(tasks.Count, "task")} "
            + $"{(tasks.Count == 1 ? "does" : "do")} not stop though asked to:\n  "
            + string.Join("\n  ", tasks)
            + "\nA wait that is not the loop's, such as Task.Delay, ends early only by a token: give it that of Asyncio.CurrentTask(), "
            + "or wait by Asyncio.SleepAsync. Await each task that is started, start it in a TaskGroup, or end it.")
        {
            Reason = tasks.Count > 0 ? $"{left.Tasks[0].Name} does not stop" : "does not stop",
        };
    }

    private static string Count(int count, string what) =>
        count == 1 ? $"{(what[0] == 'a' ? "an" : "a")} {what}" : $"{count} {what}s";
}
