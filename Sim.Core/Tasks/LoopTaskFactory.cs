namespace Sim.Core;

/// <summary>
/// Makes the tasks of a loop: asyncio's task factory. Derive from it to look at every task that is made, or to put code
/// around its body, and pass the call on to the base. Loop thread only.
/// </summary>
public class LoopTaskFactory
{
    private readonly bool _eager;

    /// <summary>A factory.</summary>
    /// <param name="eager">Whether tasks take their first step inside <c>CreateTask</c> where the call does not say.</param>
    public LoopTaskFactory(bool eager = false) => _eager = eager;

    /// <summary>The default: the first step runs in the next iteration (rule 45).</summary>
    public static LoopTaskFactory Lazy { get; } = new();

    /// <summary>asyncio's <c>eager_task_factory</c>: the first step runs inside <c>CreateTask</c> (rule 88).</summary>
    public static LoopTaskFactory Eager { get; } = new(eager: true);

    private static readonly LoopLocal<LoopTaskFactory> _local = new(static _ => Lazy);

    /// <summary>Makes a task without a result.</summary>
    public virtual LoopTask Create(EventLoop loop, Func<Task> body, TaskCreation creation)
    {
        ArgumentNullException.ThrowIfNull(loop);
        var task = new LoopTask(loop, body, TaskNames.Next(loop, creation.Name, creation.Expression));
        task.Begin(creation.Eager ?? _eager);
        return task;
    }

    /// <summary>Makes a task with a result.</summary>
    public virtual LoopTask<T> Create<T>(EventLoop loop, Func<Task<T>> body, TaskCreation creation)
    {
        ArgumentNullException.ThrowIfNull(loop);
        var task = new LoopTask<T>(loop, body, TaskNames.Next(loop, creation.Name, creation.Expression));
        task.Begin(creation.Eager ?? _eager);
        return task;
    }

    internal static LoopTaskFactory Of(EventLoop loop) => _local[loop];

    internal static void Set(EventLoop loop, LoopTaskFactory factory) => _local.Set(loop, factory);
}
