using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>A scenario had ended and tasks were still alive.</summary>
public sealed class LeakedTasksException : LoopException
{
    /// <summary>An error with a message.</summary>
    public LeakedTasksException(string message)
        : base(message)
    {
    }

    /// <summary>They need not be, whether or not they would stop.</summary>
    internal static LeakedTasksException Alive(Instant ended, IReadOnlyList<string> left) => new(
        $"The scenario has ended at {ended}, and {(left.Count == 1 ? "a task is" : $"{left.Count} tasks are")} still alive:\n  "
        + string.Join("\n  ", left) + "\nAwait each task that is started, start it in a TaskGroup, or cancel it.");

    /// <summary>They were asked to stop, and do not.</summary>
    internal static LeakedTasksException Unstoppable(Instant ended, IReadOnlyList<string> left) => new(
        $"The scenario has ended at {ended}, and {(left.Count == 1 ? "a task does" : $"{left.Count} tasks do")} "
        + "not stop though asked to:\n  "
        + string.Join("\n  ", left)
        + "\nA wait that is not the loop's, such as Task.Delay, ends early only by a token: give it that of Asyncio.CurrentTask(), or wait "
        + "by Asyncio.SleepAsync. Await each task that is started, start it in a TaskGroup, or end it.");
}
