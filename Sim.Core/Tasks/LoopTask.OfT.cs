namespace Sim.Core;

/// <summary>
/// A coroutine that runs on a loop: asyncio's task. It starts in the iteration after its creation (rule 45), or inside of it
/// if it is eager (rule 88), runs until its first suspension, and is done when its body has returned. Loop thread only.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
public class LoopTask<T> : Future<T>, ILoopTask
{
    private static readonly Action<object?> _start = static task => ((LoopTask<T>)task!).Start();
    private static readonly ContextCallback _startInline = static task => ((LoopTask<T>)task!).Start();

    private readonly TaskContext _context;
    private Func<Task>? _body;
    private Task? _running;

    internal LoopTask(EventLoop loop, Func<Task> body, TaskName name)
        : base(loop)
    {
        _body = body;
        _context = new TaskContext(loop, name, this);
    }

    /// <inheritdoc/>
    public string Name => _context.Name;

    /// <inheritdoc/>
    public int CancelRequests => _context.CancelRequests;

    /// <inheritdoc/>
    public CancellationToken CancellationToken => _context.CancellationToken;

    /// <inheritdoc cref="ILoopTask.Cancel"/>
    public override bool Cancel()
    {
        var requested = _context.Cancel();
        // Asking a task to stop that has failed counts as having seen it fail (rule 43).
        IsExceptionRetrieved |= HasEnded;
        return requested;
    }

    /// <inheritdoc/>
    public int Uncancel() => _context.Uncancel();

    /// <inheritdoc/>
    public Future AsFuture() => this;

    FutureAwaiter ILoopTask.GetAwaiter() => new(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({StateNow.ToString().ToLowerInvariant()})";

    internal override TaskContext? TaskContext => _context;

    internal override Task? RunningBody => _running;

    internal override string Describe() => $"task {Name}";

    private protected override string DescribeCancelled()
    {
        if (_context.WasAsked)
        {
            return $"task {Name} ended as cancelled at {_context.EndedAt}: it was asked to stop at {_context.AskedAt}";
        }

        // Not the whole chain of causes: each of a long line of tasks would tell of all before it.
        var cause = CancelCause switch
        {
            null => "",
            { InnerException: null } first => $": {first.Message.TrimEnd('.')}",
            _ => ": the inner exceptions say what",
        };
        return $"task {Name} ended as cancelled at {_context.EndedAt}, though nobody had asked it to stop. What it awaited was cancelled{cause}";
    }

    /// <summary>
    /// Queues the first step, or takes it now if the task is eager (rule 88). On a loop that does not run, none can be taken.
    /// </summary>
    internal void Begin(bool eager)
    {
        if (eager && Loop.IsOnLoopThread)
        {
            Loop.RunInline(_startInline, this, _context);
        }
        else
        {
            Loop.Enqueue(_start, this, _context, EventLoop.CaptureFlow());
        }
    }

    private protected override void CheckSettable() =>
        throw new LoopException($"The outcome of task {Name} is that of its body: it cannot be set from outside, as was tried {Places.Here()}.");

    private void Start()
    {
        var body = _body!;
        _body = null;
        if (_context.TakeCancelRequest())
        {
            End(FutureState.Cancelled);
            return;
        }

        _context.BeginFlow();
        try
        {
            _running = Bodies.Started(body(), $"task {Name}");
        }
        catch (Exception error)
        {
            EndWith(error);
            return;
        }

        if (_running.IsCompleted)
        {
            TakeOutcome();
        }
        else
        {
            // Whatever context the body has left behind: its end must come back to the loop.
            SynchronizationContext.SetSynchronizationContext(_context);
            _running.GetAwaiter().UnsafeOnCompleted(TakeOutcome);
        }
    }

    private void TakeOutcome()
    {
        var ended = _running!;
        _running = null;
        if (ended.IsFaulted)
        {
            EndWith(UnretrievedErrors.FirstOf(ended.Exception!, Loop, Name));
        }
        else if (ended.IsCanceled || _context.TakeCancelRequest())
        {
            // Nobody asked it to stop: what did, a time-out of a library for example, must not be lost.
            CancelCause = ended.IsCanceled && CancelRequests == 0 ? CauseOf(ended) : null;
            End(FutureState.Cancelled);
        }
        else
        {
            _context.End("done");
            Succeed(ended is Task<T> typed ? typed.GetAwaiter().GetResult() : default!);
        }
    }

    private static OperationCanceledException? CauseOf(Task cancelled)
    {
        try
        {
            cancelled.GetAwaiter().GetResult();
            return null;
        }
        catch (OperationCanceledException cause)
        {
            return cause;
        }
    }

    private void EndWith(Exception error)
    {
        if (error is OperationCanceledException cause)
        {
            CancelCause = cause;
            End(FutureState.Cancelled);
            return;
        }

        _context.End($"failed: {error.GetType().Name}: {error.Message}");
        Fail(error);
        if (Loop.IsFatal(error))
        {
            IsExceptionRetrieved = true;
            Loop.EscapeWith(error);
        }
    }

    private void End(FutureState state)
    {
        _context.End("cancelled");
        Finish(state);
    }
}
