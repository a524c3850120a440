namespace Sim.Core;

/// <content>Who this task waits for.</content>
internal sealed partial class TaskContext
{
    /// <summary>The tasks that it awaits, through gathers, shields, waits and groups; in the order of the arguments.</summary>
    public IEnumerable<TaskContext> AwaitedTasks => FuturesBehind().Select(static future => future.TaskContext).OfType<TaskContext>();

    internal override IEnumerable<LoopContext> WaitsFor => FuturesBehind()
        .SelectMany(static future => future.TaskContext is { } task ? [task] : HoldersOf(future))
        .Where(static context => context.IsTask);

    internal override IEnumerable<LoopContext> WaitsForHolders =>
        FuturesBehind().SelectMany(HoldersOf).Where(static context => context.IsTask);

    internal override string FirstWait => _wait?.DescribeWait() ?? base.FirstWait;

    internal override bool WaitsForNobody =>
        _wait is not null && !WaitsFor.Any() && Waits.All(static wait => wait is Future { HasEnded: false });

    private static IEnumerable<LoopContext> HoldersOf(Future future) => (future as Waiter)?.Holders ?? [];

    // Up to the next task on each way; a task's own waits are its own.
    private IEnumerable<Future> FuturesBehind()
    {
        var ahead = new Stack<Future>(Waits.OfType<Future>().Reverse());
        var seen = new HashSet<Future>();
        while (ahead.TryPop(out var future))
        {
            if (!seen.Add(future))
            {
                continue;
            }

            yield return future;
            if (future.TaskContext is null)
            {
                foreach (var behind in future.Awaited.Reverse())
                {
                    ahead.Push(behind);
                }
            }
        }
    }
}
