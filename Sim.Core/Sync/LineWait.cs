using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Sim.Core;

/// <summary>
/// One wait in a line, and the value task of it in the same object. It goes on in a step of its own, which looks whether
/// there is something for it and then runs on into the code that awaits: the ticks of an async method without its boxes,
/// the names of the awaiting method in reports, and no way to the thread pool. Loop thread only.
/// </summary>
/// <typeparam name="TResult">What the wait is for.</typeparam>
internal abstract class LineWait<TResult> : Waiter, IValueTaskSource<TResult>, IValueTaskSource, IResumption
{
    private static readonly Action<object?> _step = static wait => ((LineWait<TResult>)wait!).Step();

    private TokenLink _link;
    private CancellationToken _token;

    // Whose wait it is, and who awaits its value task: nearly always the same.
    private LoopContext? _waiting;
    private LoopContext? _awaiting;
    private Action<object?>? _continuation;
    private object? _state;
    private ExecutionContext? _flow;

    // Which use of this object it is: the value task of an earlier one is refused.
    private short _use;
    private bool _isOver;
    private TResult? _result;
    private ExceptionDispatchInfo? _failure;
    private Waiter? _unseen;

    protected LineWait(EventLoop loop, IWaitReason reason, WaitLine line)
        : base(loop, reason) => Line = line;

    /// <summary>Where it stands; a wait in two lines changes it before it stands in line again.</summary>
    protected WaitLine Line { get; set; }

    /// <summary>What was given to end the wait.</summary>
    protected CancellationToken Token => _token;

    /// <summary>Whether the token ends the wait in this line.</summary>
    protected virtual bool ListensToToken => true;

    /// <summary>Whose wait it is.</summary>
    protected LoopContext? Waiting => _waiting;

    /// <summary>
    /// Whether who awaits with <c>ConfigureAwait(false)</c> goes on under no context, one tick later: then what follows in its
    /// library is not sent to the thread pool. Otherwise it goes on under the context that awaits, as everybody does.
    /// </summary>
    protected virtual bool ResumesWithoutContext => false;

    object? IResumption.Continuation => _state ?? _continuation;

    /// <summary>Stands in line from now on.</summary>
    public ValueTask<TResult> Begin(CancellationToken cancellationToken)
    {
        StandInLine(cancellationToken);
        return new ValueTask<TResult>(this, _use);
    }

    /// <inheritdoc cref="Begin"/>
    public ValueTask BeginVoid(CancellationToken cancellationToken)
    {
        StandInLine(cancellationToken);
        return new ValueTask(this, _use);
    }

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckUse(token);
        _awaiting = ResumesWithoutContext && (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) == 0
            ? null
            : (LoopContext?)TaskContext.RunningOn(Loop) ?? Loop.CallbackContext;
        _flow = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0 ? ExecutionContext.Capture() : null;
        _continuation = continuation;
        _state = state;
        if (_isOver)
        {
            Loop.Enqueue(continuation, state, _awaiting, _flow);
        }
    }

    TResult IValueTaskSource<TResult>.GetResult(short token) => GetResult(token);

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <summary>
    /// It was woken and it is its turn. False: there is nothing for it, and it stands in line again, at the end. What this
    /// throws is the outcome.
    /// </summary>
    protected abstract bool TryFinish([MaybeNullWhen(false)] out TResult result);

    /// <summary>It was cancelled, woken before or not: leaves the line, and lets another one have what it was woken for.</summary>
    protected abstract void GiveUp();

    /// <summary>It was cancelled and has given up its place. True: that is not the end, and <see cref="TryFinish"/> goes on with it.</summary>
    protected virtual bool GoesOnAfter(OperationCanceledException cancelled) => false;

    /// <summary>It is over and its result is taken: it may be used again.</summary>
    protected abstract void Recycle();

    private void StandInLine(CancellationToken cancellationToken)
    {
        var task = TaskContext.RunningOn(Loop);
        _waiting = (LoopContext?)task ?? Loop.CallbackContext;
        _token = cancellationToken;
        Line.Join(this);
        _link = ListensToToken ? new TokenLink(this, cancellationToken) : default;
        AddCallback(new DoneCallback(_step, this, _waiting, null));
        task?.BeginWait(this, this);
    }

    private void Step()
    {
        _link.Dispose();
        try
        {
            if (!GoOn())
            {
                return;
            }
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }

        _isOver = true;
        if (_continuation is not { } continuation)
        {
            KeepFailure();
            return;
        }

        if (_flow is null && ReferenceEquals(_awaiting, _waiting))
        {
            continuation(_state);
        }
        else
        {
            Loop.Enqueue(continuation, _state, _awaiting, _flow);
        }
    }

    // Nobody awaits, and perhaps nobody will: a failure must not be lost. That somebody was asked to stop is none.
    private void KeepFailure()
    {
        if (_failure is { SourceException: not OperationCanceledException } failure)
        {
            _unseen = new Waiter(Loop, Reason);
            _unseen.SetException(failure.SourceException);
        }
    }

    // False: it waits again.
    private bool GoOn()
    {
        try
        {
            (_waiting as TaskContext)?.EndWait(this);
            ThrowIfNotSucceeded();
        }
        catch (OperationCanceledException cancelled)
        {
            GiveUp();
            if (!GoesOnAfter(cancelled))
            {
                throw;
            }
        }

        if (TryFinish(out _result))
        {
            return true;
        }

        Reopen();
        StandInLine(_token);
        return false;
    }

    private ValueTaskSourceStatus GetStatus(short token)
    {
        CheckUse(token);
        if (!_isOver)
        {
            // Refused here, at the await: an exception from OnCompleted would be thrown on the thread pool.
            TaskContext.CheckAwaitable(Loop, null);
            return _continuation is null ? ValueTaskSourceStatus.Pending : throw AwaitedTwice();
        }

        return _failure is null ? ValueTaskSourceStatus.Succeeded
            : _failure.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    private TResult GetResult(short token)
    {
        CheckUse(token);
        if (!_isOver)
        {
            throw new InvalidStateException($"The wait for {Describe()} is not over {Places.Here()}: await it.");
        }

        if (_unseen is not null)
        {
            _unseen.IsExceptionRetrieved = true;
        }

        // However it ended: its value task is used up.
        _use++;
        _failure?.Throw();
        var result = _result!;

        // A token may still reach this object from another thread: such a one is not used again.
        if (!_token.CanBeCanceled)
        {
            _isOver = false;
            _result = default;
            _continuation = null;
            _state = null;
            _flow = null;
            _waiting = _awaiting = null;
            Reopen();
            Recycle();
        }

        return result;
    }

    private void CheckUse(short token)
    {
        if (token != _use)
        {
            throw AwaitedTwice();
        }
    }

    private InvalidOperationException AwaitedTwice() =>
        new($"The ValueTask of a wait for {Describe()} was awaited twice {Places.Here()}: await it once, or call AsTask() and await the task.");
}
