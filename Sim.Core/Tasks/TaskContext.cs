using System.Diagnostics.CodeAnalysis;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// A task's identity and the part of it that does not depend on the type of its result: what it waits on, and
/// asyncio's cancellation (edge-triggered and counted, rules 52 to 60).
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The token source has no timer; code may look at the token after the task has ended.")]
internal sealed partial class TaskContext : LoopContext
{
    /// <summary>
    /// The task whose flow this is, for code that lost the synchronization context: after <c>ConfigureAwait(false)</c>.
    /// </summary>
    private static readonly AsyncLocal<TaskContext?> _flowing = new();

    // A coroutine waits on one thing; a task that holds several async flows (Task.WhenAll) on several, in this order.
    private IWait? _wait;
    private List<FlowWait>? _moreWaits;

    // Waits that were over when the task was asked to stop, but whose flow has not run yet: it stops when it does.
    private List<IWait>? _doomedWaits;
    private object? _continuation;
    private Instant _waitingSince;
    private bool _mustCancel;
    private RequestToken _token;

    private readonly TaskName _unwritten;

    public TaskContext(EventLoop loop, TaskName name, ILoopTask task)
        : base(loop)
    {
        _unwritten = name;
        Task = task;
        loop.Register(this);
        if (loop.IsObserved)
        {
            loop.Observe(LoopEventKind.TaskCreated, this, Name);
        }
    }

    public ILoopTask Task { get; }

    public override bool IsTask => true;

    private bool HasEnded => ((Future)Task).HasEnded;

    internal override bool IsInFullRun => HasStarted && CancelRequests == 0 && !HasEnded;

    private protected override string MakeName() => _unwritten.ToString();

    public int CancelRequests { get; private set; }

    /// <summary>When it was last asked to stop; meaningless if it never was.</summary>
    public Instant AskedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public Instant EndedAt { get; private set; }

    /// <summary>Whether anybody ever asked it to stop.</summary>
    public bool WasAsked { get; private set; }

    public CancellationToken CancellationToken => _token.Get(CancelRequests > 0);

    /// <summary>The task that runs now on <paramref name="loop"/>, or null in a plain callback (rule 51).</summary>
    public static TaskContext? RunningOn(EventLoop loop)
    {
        // Not what is current on the thread: a task stays the one that runs when its code sets another context for a while.
        if (loop.StepContext is { } context)
        {
            return context as TaskContext;
        }

        // A timer keeps the flow of the task that made it, also when that task has long ended.
        return _flowing.Value is { HasEnded: false } flowing && ReferenceEquals(flowing.Loop, loop) ? flowing : null;
    }

    /// <summary>Whether its first step has begun.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>What its flows are suspended on, oldest first.</summary>
    public IEnumerable<IWait> Waits => _wait is null ? [] : [_wait, .. (_moreWaits ?? []).Select(static flow => flow.Wait)];

    /// <summary>Makes this the task of the flow that begins now.</summary>
    public void BeginFlow()
    {
        HasStarted = true;
        _flowing.Value = this;
    }

    /// <summary>Refuses to wait where the wake-up could not arrive, or never would (rule 50).</summary>
    public static void CheckAwaitable(EventLoop loop, Future? future)
    {
        var running = EventLoop.Running;
        if (!ReferenceEquals(running, loop))
        {
            throw new LoopException(running is null
                ? $"{future?.Describe() ?? "This wait"} belongs to {loop.Options.Name}, which does not run on this thread: await it inside its loop."
                : $"{future?.Describe() ?? "This wait"} belongs to {Futures.NameOf(loop, running)}, but is awaited {Places.Here()} of {running.Options.Name}: "
                    + "a task can only await futures of its own loop. Hand the result over with CallSoonThreadSafe.");
        }

        loop.CheckOpen();
        if (future is not null && RunningOn(loop) is { } task && ReferenceEquals(task.Task, future))
        {
            throw new LoopException($"Task {task.Name} awaits itself {Places.Here()}: it would wait for ever.");
        }
    }

    /// <summary>The task suspends on <paramref name="wait"/>. A request that was not delivered yet is delivered here (rule 56).</summary>
    public void BeginWait(IWait wait, object continuation)
    {
        if (_wait is null)
        {
            _wait = wait;
            _continuation = continuation;
            _waitingSince = Loop.IterationTime;
        }
        else
        {
            (_moreWaits ??= []).Add(new FlowWait(wait, continuation, Loop.IterationTime));
        }

        if (Loop.IsObserved)
        {
            Loop.Observe(LoopEventKind.Wait, this, wait.DescribeWait());
        }

        if (_mustCancel)
        {
            _mustCancel = false;
            Walk(new AskStep(this, wait, false));
        }
    }

    /// <summary>The task goes on after <paramref name="wait"/>, if it suspended on it; throws if it was asked to stop meanwhile.</summary>
    public void EndWait(IWait wait)
    {
        if (ReferenceEquals(_wait, wait))
        {
            _wait = null;
            if (_moreWaits is { Count: > 0 } more)
            {
                (_wait, _continuation, _waitingSince) = more[0];
                more.RemoveAt(0);
            }
        }
        else if (_moreWaits is null || !FlowWait.Remove(_moreWaits, wait))
        {
            return;
        }

        // The result was there, but the request came before the task could take it: cancellation wins (rule 55).
        if (_doomedWaits?.Remove(wait) == true)
        {
            throw new OperationCanceledException($"Task {Name} was asked to stop at {AskedAt}.");
        }
    }

    public int Uncancel()
    {
        Loop.CheckThread();
        Loop.NoteUse(this, UseKind.Change);
        if (CancelRequests > 0 && --CancelRequests == 0)
        {
            _mustCancel = false;
            _doomedWaits?.Clear();
        }

        return CancelRequests;
    }

    /// <summary>Whether the task, about to start or to end, was asked to stop and has not noticed (rules 54, 56).</summary>
    public bool TakeCancelRequest()
    {
        var requested = _mustCancel;
        _mustCancel = false;
        return requested;
    }

    public void End(string how)
    {
        Loop.Unregister(this);
        if (_wait is not null)
        {
            Loop.NoteLeftFlows(this);
        }

        EndedAt = WasAsked ? Loop.Time : Loop.IterationTime;
        if (Loop.IsObserved)
        {
            Loop.Observe(LoopEventKind.TaskEnded, this, how);
        }
    }

    public override string DescribeWait() => DescribeWait(CodeNames.OfContinuation, static () => null);

    public override string DescribeState()
    {
        var body = ((Future)Task).RunningBody;
        // Where no method of the user's is above the wait, the one that is suspended in the body is it.
        return DescribeWait(
            continuation => AwaitSites.StackOf(continuation) is [var innermost, ..] ? innermost
                : BodyWaits.SiteOf(body) ?? CodeNames.OfContinuation(continuation),
            () => BodyWaits.Describe(body));
    }

    internal override IReadOnlyList<string> DescribeFlows() => _wait is null ? [] :
        [
            new FlowWait(_wait, _continuation, _waitingSince).Describe(AwaitSites.Of),
            .. (_moreWaits ?? []).Select(static flow => flow.Describe(AwaitSites.Of)),
        ];

    private string DescribeWait(Func<object?, string?> siteOf, Func<string?> bodyWait)
    {
        if (!HasStarted || HasEnded)
        {
            return HasEnded ? "has ended" : "has not started";
        }

        if (_wait is null)
        {
            return ReferenceEquals(Loop.StepContext, this) ? "runs now" : bodyWait() ?? BodyWaits.Unknown;
        }

        var others = _moreWaits is { Count: > 0 } more
            ? ", and in another flow " + string.Join(", ", more.Select(flow => flow.Describe(siteOf)))
            : "";
        return new FlowWait(_wait, _continuation, _waitingSince).Describe(siteOf) + others;
    }
}
