using System.Runtime.ExceptionServices;

namespace Sim.Core;

/// <summary>
/// Something that will have a result, an exception or be cancelled: asyncio's future. Whoever awaits it or has added a
/// callback is put into the ready queue at the moment it is done, in the order of registration, and never runs inside
/// of <c>SetResult</c> (rules 37 to 43). Loop thread only.
/// </summary>
public abstract class Future : IWait
{
    // Nearly every future has exactly one waiter: it needs no list.
    private DoneCallback _first;
    private bool _hasFirst;
    private List<DoneCallback>? _more;

    private Failure? _failure;
    private FutureState _state;

    private protected Future(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        Loop = loop;
        loop.NoteCreated(this);
    }

    /// <summary>The loop to which it belongs.</summary>
    public EventLoop Loop { get; }

    /// <summary>Where it stands.</summary>
    public FutureState State
    {
        get
        {
            Loop.NoteUse(this, _state == FutureState.Pending ? UseKind.SeePending : UseKind.SeeEnded);
            return _state;
        }
    }

    /// <summary>As <see cref="State"/>, for the library: what it looks at by itself is no operation of the user's.</summary>
    internal FutureState StateNow
    {
        get
        {
            Loop.NoteUse(this, _state == FutureState.Pending ? UseKind.Look : UseKind.Take);
            return _state;
        }
    }

    /// <inheritdoc cref="StateNow"/>
    internal bool HasEnded => StateNow != FutureState.Pending;

    /// <inheritdoc cref="StateNow"/>
    internal bool WasCancelled => StateNow == FutureState.Cancelled;

    /// <summary>Whether it has a result, an exception or was cancelled.</summary>
    public bool IsDone => State != FutureState.Pending;

    /// <summary>Whether it was cancelled.</summary>
    public bool IsCancelled => State == FutureState.Cancelled;

    /// <summary>
    /// The exception, or null when there is a result. Looking at it counts as having dealt with it: it is not reported as
    /// unretrieved any more.
    /// </summary>
    /// <exception cref="InvalidStateException">Not done yet.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Exception? Exception
    {
        get
        {
            CheckDone();
            IsExceptionRetrieved = true;
            return WasCancelled ? throw CreateCancelled() : ExceptionUnmarked;
        }
    }

    /// <summary>
    /// Whether somebody has seen the exception, or has cancelled what failed. An exception that nobody has seen is reported
    /// when the loop closes, or earlier (rule 43).
    /// </summary>
    public bool IsExceptionRetrieved
    {
        get;
        internal set
        {
            field = value;
            if (value)
            {
                _failure?.Forget();
            }
        }
    }

    /// <summary>The gather that looked at it last, as a mark against counting it twice.</summary>
    internal object? LastGather { get; set; }

    /// <summary>The result, whatever its type.</summary>
    internal abstract object? UntypedResult { get; }

    /// <summary>The exception without marking it as seen.</summary>
    internal Exception? ExceptionUnmarked => _failure?.Info.SourceException;

    /// <summary>The execution context of the task that failed; null for a plain future, which has none (rule 91).</summary>
    internal ExecutionContext? FailureFlow => _failure?.Flow;

    /// <summary>The context of the task that this future is; null for a plain future.</summary>
    internal virtual TaskContext? TaskContext => null;

    /// <summary>What the body of a task has returned, while it is on its way; for reports.</summary>
    internal virtual Task? RunningBody => null;

    /// <summary>The futures on which this one depends, in argument order: the children of a gather, the inner of a shield.</summary>
    internal virtual IEnumerable<Future> Awaited => [];

    /// <summary>The futures that are cancelled instead of this one: the children of a gather. Null for any other.</summary>
    internal virtual IReadOnlyList<Future>? CancelledThrough => null;

    /// <summary>Those that are cancelled instead have been reached.</summary>
    internal virtual void NoteCancelRequest()
    {
    }

    /// <summary>Fails it (rule 40).</summary>
    /// <exception cref="InvalidStateException">It is done already.</exception>
    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        CheckSettable();
        Fail(exception);
    }

    /// <summary>Cancels it and everybody who waits on it; false when it is done already.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public virtual bool Cancel()
    {
        Loop.CheckThread();
        IsExceptionRetrieved = true;
        if (HasEnded)
        {
            Loop.NoteUse(this, UseKind.SeeEnded);
            return false;
        }

        Finish(FutureState.Cancelled);
        return true;
    }

    /// <summary>
    /// Calls <paramref name="callback"/> with this future once it is done, through the ready queue; if it is done already,
    /// in the next iteration. Adding one twice calls it twice.
    /// </summary>
    public void AddDoneCallback(Action<Future> callback) => AddUserCallback(callback);

    /// <summary>Removes every registration of <paramref name="callback"/> that is not yet in the ready queue.</summary>
    /// <returns>How many were removed.</returns>
    public int RemoveDoneCallback(Action<Future> callback) => RemoveUserCallback(callback);

    /// <summary>Suspends the current task until it is done; resumes it through the ready queue. There is no result to take.</summary>
    public FutureAwaiter GetAwaiter() => new(this);

    /// <summary>
    /// Lets <paramref name="token"/> cancel it, from any thread, until the result of this call is disposed: asyncio's
    /// cancellation for who has a .NET token. For a task, a request like any other.
    /// </summary>
    public IDisposable CancelOn(CancellationToken token) => new TokenLink(this, token);

    /// <summary>Cancels it on behalf of a token, which the exception of its awaiters then carries.</summary>
    internal void CancelFor(CancellationToken token)
    {
        if (!HasEnded)
        {
            CancelCause = new OperationCanceledException(token);
            Cancel();
        }
    }

    bool IWait.CancelWait() => Cancel();

    string IWait.DescribeWait() => $"waits on {Describe()}";

    internal void AddCallback(in DoneCallback entry)
    {
        if (entry.Context is not { IsTask: true })
        {
            // Who comes first among plain callbacks shows in the order of their turns.
            Loop.NoteUse(this, UseKind.Change);
        }

        if (HasEnded)
        {
            Loop.Enqueue(entry.Callback, entry.State, entry.Context, entry.Flow);
        }
        else if (!_hasFirst)
        {
            _first = entry;
            _hasFirst = true;
        }
        else
        {
            (_more ??= []).Add(entry);
        }
    }

    /// <summary>Removes an internal registration that is not yet in the ready queue; nothing if it is not there.</summary>
    internal void RemoveCallback(Delegate callback, object? state)
    {
        _more?.RemoveAll(entry => entry.Callback == callback && ReferenceEquals(entry.State, state));
        if (_hasFirst && _first.Callback == callback && ReferenceEquals(_first.State, state))
        {
            TakeOutFirst();
        }
    }

    /// <summary>Lets a task that awaits it go on although it is not done.</summary>
    internal void ReleaseWaiter(TaskContext task)
    {
        DoneCallback released;
        if (_hasFirst && ReferenceEquals(_first.Context, task))
        {
            released = _first;
            TakeOutFirst();
        }
        else if (_more?.FindIndex(entry => ReferenceEquals(entry.Context, task)) is >= 0 and var place)
        {
            released = _more[place];
            _more.RemoveAt(place);
        }
        else
        {
            return;
        }

        Loop.Enqueue(released.Callback, released.State, released.Context, released.Flow);
    }

    /// <summary>Throws what awaiting it throws, if it did not succeed.</summary>
    internal void ThrowIfNotSucceeded()
    {
        CheckDone();
        if (StateNow == FutureState.Succeeded)
        {
            return;
        }

        IsExceptionRetrieved = true;
        if (WasCancelled)
        {
            throw CreateCancelled();
        }

        _failure!.Info.Throw();
    }

    internal virtual string Describe() => "a future";

    /// <summary>What ended the body of a cancelled task: the inner exception of what its awaiters get.</summary>
    private protected OperationCanceledException? CancelCause { get; set; }

    internal OperationCanceledException CreateCancelled() =>
        new($"{DescribeCancelled()}.", CancelCause, CancelCause?.CancellationToken ?? default);

    /// <summary>How it came to be cancelled, without a full stop; made when somebody is told.</summary>
    private protected virtual string DescribeCancelled() => $"{Describe()} was cancelled{DescribeRequest()}";

    /// <summary>That the task which is told was asked to stop, if it was.</summary>
    private protected string DescribeRequest() =>
        Sim.Core.TaskContext.RunningOn(Loop) is { CancelRequests: > 0 } asked ? $": task {asked.Name} was asked to stop at {asked.AskedAt}" : "";

    private protected void Fail(Exception exception)
    {
        _failure = new Failure(ExceptionDispatchInfo.Capture(exception), TaskContext is null ? null : EventLoop.CaptureFlow());
        if (!IsExceptionRetrieved)
        {
            UnretrievedErrors.Of(Loop).Track(this, _failure);
        }

        Finish(FutureState.Failed);
    }

    private protected void Finish(FutureState state)
    {
        Loop.NoteUse(this, UseKind.Finish);
        _state = state;
        if (!_hasFirst)
        {
            return;
        }

        Loop.Enqueue(_first.Callback, _first.State, _first.Context, _first.Flow);
        _first = default;
        _hasFirst = false;
        if (_more is { } more)
        {
            _more = null;
            foreach (var entry in more)
            {
                Loop.Enqueue(entry.Callback, entry.State, entry.Context, entry.Flow);
            }
        }
    }

    /// <summary>Makes it as if it had not succeeded: for one that nobody else knows, and that waits again.</summary>
    private protected void Reopen()
    {
        _state = FutureState.Pending;
        CancelCause = null;
    }

    private protected void AddUserCallback(Delegate callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Loop.CheckOpen();
        Loop.CheckThread();
        AddCallback(new DoneCallback(DoneCall.Runner, new DoneCall(callback, this), Loop.CallbackContext, EventLoop.CaptureFlow()));
    }

    private protected int RemoveUserCallback(Delegate callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Loop.CheckThread();
        var removed = _more?.RemoveAll(entry => entry.State is DoneCall call && call.IsOf(callback)) ?? 0;
        if (_hasFirst && _first.State is DoneCall first && first.IsOf(callback))
        {
            removed++;
            TakeOutFirst();
        }

        return removed;
    }

    /// <summary>Calls a done callback of the user's, which may be for the type of this future.</summary>
    private protected virtual void CallBack(Delegate callback) => ((Action<Future>)callback)(this);

    private protected virtual void CheckSettable()
    {
        Loop.CheckThread();
        if (HasEnded)
        {
            throw new InvalidStateException(
                $"{Describe()} {StateWords()}, and is completed again {Places.Here()}: a future is completed once. "
                + "Where two may race to complete it, use TrySetResult.");
        }
    }

    private string StateWords() => StateNow switch
    {
        FutureState.Succeeded => "has a result already",
        FutureState.Failed => "has failed already",
        _ => "was cancelled already",
    };

    private void TakeOutFirst()
    {
        _hasFirst = _more is { Count: > 0 };
        _first = _hasFirst ? _more![0] : default;
        if (_hasFirst)
        {
            _more!.RemoveAt(0);
        }
    }

    private void CheckDone()
    {
        if (!HasEnded)
        {
            throw new InvalidStateException($"{Describe()} is not done {Places.Here()}: await it before asking for its outcome.");
        }
    }

    /// <summary>A done callback of the user's together with its future.</summary>
    private sealed record DoneCall(Delegate Callback, Future Future) : INamedWork
    {
        public static Action<object?> Runner { get; } = static call => ((DoneCall)call!).Run();

        public string WorkName => CodeNames.OfDelegate(Callback);

        // The same method may have come once as a callback for any future and once as one for this type of future.
        public bool IsOf(Delegate callback) =>
            Callback.Equals(callback)
            || (Callback.HasSingleTarget && callback.HasSingleTarget && ReferenceEquals(Callback.Target, callback.Target) && Callback.Method == callback.Method);

        private void Run() => Future.CallBack(Callback);
    }
}
