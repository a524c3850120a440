using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Sim.Core;

/// <summary>
/// Tasks that end together: asyncio's task group (rules 78 to 80). The group is left when its body and all its tasks have
/// ended; the first failure cancels the others and the body, and all failures come out as one
/// <see cref="TaskGroupException"/>. Loop thread only.
/// </summary>
public sealed class TaskGroup : IWaitReason, INamedWork
{
    private static readonly Action<object?> _childEnded = static child => ((Child)child!).End();

    private readonly EventLoop _loop;
    private readonly ILoopTask _parent;

    // In the order of creation, in which they are cancelled.
    private readonly LinkedList<Future> _running = [];
    private readonly List<Exception> _failures = [];
    private RequestToken _token;
    private Exception? _fatal;
    private Waiter? _allEnded;
    private bool _bodyEnded;
    private bool _aborting;
    private bool _parentAsked;

    private TaskGroup()
    {
        _loop = EventLoop.RequireRunning();
        _loop.NoteCreated(this);
        _parent = TaskContext.RunningOn(_loop)?.Task ?? throw new LoopException(
            $"A task group belongs to a task, and there is none {Places.Here()}: use it inside an async method that runs as a task.");
    }

    /// <summary>
    /// Cancelled when the group is: because a task or the body has failed, the group or its own task was asked to stop. For what
    /// the tasks await that is not the loop's.
    /// </summary>
    public CancellationToken CancellationToken => _token.Get(_aborting);

    string INamedWork.WorkName => $"task group of {_parent.Name}";

    IEnumerable<Future> IWaitReason.AwaitedFutures => _running;

    string IWaitReason.DescribeReason() => $"the tasks of its group: {Futures.Describe(_running)}";

    /// <summary>
    /// Runs <paramref name="body"/> in the current task, with a group to start tasks in; returns when they have all ended.
    /// </summary>
    /// <exception cref="TaskGroupException">The body or a task failed; cancellations are no failures.</exception>
    /// <exception cref="OperationCanceledException">The current task was asked to stop, and nothing failed.</exception>
    /// <exception cref="LoopException">There is no current task.</exception>
    public static async ValueTask RunAsync(Func<TaskGroup, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        await RunAsync(async group =>
        {
            await Bodies.RunAsync(body(group), "a task group");
            return default(ValueTuple);
        });
    }

    /// <returns>What <paramref name="body"/> returned; the default if the group was cancelled before.</returns>
    /// <inheritdoc cref="RunAsync(Func{TaskGroup, Task})"/>
    public static async ValueTask<T> RunAsync<T>(Func<TaskGroup, Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var group = new TaskGroup();
        T result = default!;
        Exception? failure = null;
        try
        {
            result = await Bodies.RunAsync(body(group), "a task group");
        }
        catch (Exception error)
        {
            failure = error;
        }

        await group.LeaveAsync(failure);
        return result;
    }

    /// <inheritdoc cref="RunAsync(Func{TaskGroup, Task})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask RunAsync(Func<TaskGroup, ValueTask> body) => RunAsync(Bodies.AsTask(body));

    /// <inheritdoc cref="RunAsync{T}(Func{TaskGroup, Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public static ValueTask<T> RunAsync<T>(Func<TaskGroup, ValueTask<T>> body) => RunAsync(Bodies.AsTask(body));

    /// <summary>Starts <paramref name="body"/> as a task of this group.</summary>
    /// <param name="body">The coroutine.</param>
    /// <param name="name">The name in messages and traces; by default the method in the source text of <paramref name="body"/>.</param>
    /// <param name="eager">Whether the first step runs now, inside this call (rule 88); null = as the loop's task factory has it.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <exception cref="LoopException">The group is shutting down or was left: nothing was started.</exception>
    public LoopTask CreateTask(
        Func<Task> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null)
    {
        CheckAccepts();
        return Add(_loop.CreateTask(body, name, eager, expression));
    }

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, bool?, string?)"/>
    public LoopTask<T> CreateTask<T>(
        Func<Task<T>> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null)
    {
        CheckAccepts();
        return Add(_loop.CreateTask(body, name, eager, expression));
    }

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, bool?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public LoopTask CreateTask(
        Func<ValueTask> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return CreateTask(() => body().AsTask(), name, eager, expression);
    }

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, bool?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public LoopTask<T> CreateTask<T>(
        Func<ValueTask<T>> body, string? name = null, bool? eager = null, [CallerArgumentExpression(nameof(body))] string? expression = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return CreateTask(() => body().AsTask(), name, eager, expression);
    }

    /// <summary>
    /// Asks all tasks of the group and its body to stop; the group then ends without an error (Python 3.15's
    /// <c>TaskGroup.cancel</c>). A second call, or one after the group was left, does nothing.
    /// </summary>
    public void Cancel()
    {
        // First: a refused call must not have changed anything.
        _loop.CheckThread();
        if (_aborting || (_bodyEnded && _running.Count == 0))
        {
            return;
        }

        Abort();
        AskParent();
    }

    private TTask Add<TTask>(TTask task)
        where TTask : Future
    {
        // Always through a callback: a task that has failed already, because it is eager, must not cancel the body inside of
        // this call (as CPython 3.14 has it).
        _loop.NoteUse(this, UseKind.Change);
        var child = new Child(this, _running.AddLast(task));
        task.AddCallback(new DoneCallback(_childEnded, child, _loop.CallbackContext, null));
        if (_aborting && !task.HasEnded)
        {
            // It is eager, and has aborted its own group in its first step.
            task.Cancel();
        }

        return task;
    }

    private void CheckAccepts()
    {
        if (_bodyEnded && _running.Count == 0)
        {
            throw new LoopException(
                $"The task group of {_parent.Name} has ended: {Places.Here()} it takes no more tasks. Start them before its body returns.");
        }

        if (_aborting)
        {
            throw new LoopException(
                $"The task group of {_parent.Name} is shutting down: {Places.Here()} it takes no more tasks, because one has failed or it was cancelled.");
        }
    }

    private void Abort()
    {
        _loop.NoteUse(this, UseKind.Change);
        _aborting = true;
        _token.Cancel(_loop, _parent.Name);
        foreach (var task in _running)
        {
            // One that has failed meanwhile keeps its failure: to cancel it would count as having seen it.
            if (!task.HasEnded)
            {
                task.Cancel();
            }
        }
    }

    private void AskParent()
    {
        _parentAsked = true;
        _parent.Cancel();
    }

    private void OnChildEnded(LinkedListNode<Future> node)
    {
        var task = node.Value;
        // Successes count, in any order; a failure stops the others.
        _loop.NoteUse(this, task.ExceptionUnmarked is null ? UseKind.Count : UseKind.Decide);
        _running.Remove(node);
        if (_running.Count == 0)
        {
            _loop.NoteUse(this, UseKind.Total);
            _allEnded?.Wake();
        }

        if (task.ExceptionUnmarked is not { } failure)
        {
            return;
        }

        task.IsExceptionRetrieved = true;
        _failures.Add(failure);
        if (_loop.IsFatal(failure))
        {
            _fatal ??= failure;
        }

        if (((Future)_parent).HasEnded)
        {
            var error = new LoopError(
                "A task of a group failed after the group's own task had ended", failure, _loop.Time, task.Describe());
            _loop.CallExceptionHandler(error, task.FailureFlow);
        }
        else if (!_aborting && !_parentAsked)
        {
            Abort();
            AskParent();
        }
    }

    private async ValueTask LeaveAsync(Exception? failure)
    {
        _bodyEnded = true;
        if (failure is not null && _loop.IsFatal(failure))
        {
            _fatal ??= failure;
        }

        var stopped = failure as OperationCanceledException;
        if (failure is not null && !_aborting)
        {
            Abort();
        }

        // In a circle: whoever waits here may be asked to stop more than once.
        while (HasRunning)
        {
            _allEnded = new Waiter(_loop, this);
            try
            {
                await _allEnded;
            }
            catch (OperationCanceledException asked)
            {
                if (!_aborting)
                {
                    stopped = asked;
                    Abort();
                }
            }

            _allEnded = null;
        }

        Throw(failure, stopped);
    }

    private bool HasRunning
    {
        get
        {
            _loop.NoteUse(this, UseKind.Take);
            return _running.Count > 0;
        }
    }

    private void Throw(Exception? failure, OperationCanceledException? stopped)
    {
        if (_fatal is not null)
        {
            ExceptionDispatchInfo.Throw(_fatal);
        }

        if (_parentAsked && _parent.Uncancel() == 0)
        {
            // The only request was this group's own.
            stopped = null;
        }

        if (stopped is not null && _failures.Count == 0)
        {
            ExceptionDispatchInfo.Throw(stopped);
        }

        if (failure is not null and not OperationCanceledException)
        {
            _failures.Add(failure);
        }

        if (_failures.Count > 0)
        {
            if (_parent.CancelRequests > 0)
            {
                // The request of somebody else must not be lost behind the failures: it comes again at the next wait.
                _parent.Uncancel();
                _parent.Cancel();
            }

            var count = _failures.Count == 1 ? "1 failure" : $"{_failures.Count} failures";
            throw new TaskGroupException($"{count} in the task group of {_parent.Name}, which ended {Places.Here()}.", _failures);
        }
    }

    /// <summary>A task of the group and its place.</summary>
    private sealed record Child(TaskGroup Group, LinkedListNode<Future> Node) : INamedWork
    {
        public string WorkName => ((INamedWork)Group).WorkName;

        public void End() => Group.OnChildEnded(Node);
    }
}
