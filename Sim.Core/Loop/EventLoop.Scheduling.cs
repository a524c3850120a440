using System.Runtime.CompilerServices;
using Sim.Clock;

namespace Sim.Core;

/// <content>Scheduling callbacks: soon, and from other threads.</content>
public partial class EventLoop
{
    /// <summary>Runs <paramref name="callback"/> in the next iteration, after all that is ready already (rules 2, 4).</summary>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public Handle CallSoon(Action callback) => CallSoonCore(callback, null);

    /// <summary>Runs <paramref name="callback"/> with <paramref name="state"/> in the next iteration; allocates nothing.</summary>
    /// <inheritdoc cref="CallSoon(Action)"/>
    public Handle CallSoon(Action<object?> callback, object? state) => CallSoonCore(callback, state);

    /// <summary>Runs <paramref name="callback"/> soon on the loop thread and wakes the loop. Any thread (rule 22).</summary>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    public Handle CallSoonThreadSafe(Action callback) => CallSoonThreadSafeCore(callback, null);

    /// <inheritdoc cref="CallSoonThreadSafe(Action)"/>
    public Handle CallSoonThreadSafe(Action<object?> callback, object? state) => CallSoonThreadSafeCore(callback, state);

    /// <summary>As <see cref="CallSoonThreadSafe(Action)"/>, for who cannot do anything about a loop that is closed or closing.</summary>
    /// <returns>Whether it was handed in.</returns>
    internal bool TryCallSoonThreadSafe(Action callback) => PostLetter(callback, null, _callbacks, ExecutionContext.Capture());

    /// <summary>Hands in what the loop itself has begun and is over now, also from the loop thread. Allocates nothing. Any thread.</summary>
    /// <returns>False: the loop is closed, or closing.</returns>
    internal bool TryPost(Action<object?> callback, object? state) => Post(new Inbox.Letter(callback, state, _callbacks, null, null));

    /// <summary>Calls back now on the loop thread, soon from any other; not at all when the loop is closed or closing.</summary>
    internal void CallHereOrSoon(Action callback)
    {
        if (IsOnLoopThread)
        {
            callback();
        }
        else
        {
            TryCallSoonThreadSafe(callback);
        }
    }

    internal bool IsReady(long sequence)
    {
        _causes?.OnWithdrawn(sequence);
        return _ready.Contains(sequence);
    }

    internal bool CancelReady(long sequence)
    {
        CheckThread();
        var cancelled = _ready.Cancel(sequence);
        _causes?.OnWithdrawn(sequence);
        if (cancelled && sequence < _batchEnd)
        {
            // A cancelled callback keeps its turn (rule 11): nobody else gets it in this iteration.
            _batchLeft--;
        }

        return cancelled;
    }

    /// <summary>The door through which the awaits of BCL tasks and pipes come back, from any thread.</summary>
    internal void PostFromAnywhere(Delegate callback, object? state, LoopContext? context)
    {
        if (IsOnLoopThread)
        {
            Enqueue(callback, state, context, null);
        }
        else if (!PostLetter(callback, state, context, null))
        {
            // Nobody can be thrown at: the caller is the runtime. But nothing disappears without a word (invariant A11).
            WriteLog($"{Time} {Options.Name} is closed: '{WorkName(callback, state)}' in {context?.Name ?? "callback"} came back from thread "
                + $"'{ThreadName()}' and does not run any more.");
        }
    }

    /// <summary>
    /// The one door to the ready queue. A custom loop may look at what passes, and must pass it on.
    /// </summary>
    /// <param name="callback">An <c>Action</c>, <c>Action&lt;object?&gt;</c> or <c>SendOrPostCallback</c>.</param>
    /// <param name="state">Handed to it.</param>
    /// <param name="context">The context to run under; null for completions of the loop itself.</param>
    /// <param name="flow">The execution context to run in; null = the loop's own.</param>
    /// <returns>The number of the callback in the order of all that became ready.</returns>
    protected internal virtual long Enqueue(Delegate callback, object? state, LoopContext? context, ExecutionContext? flow)
    {
        var sequence = _ready.Add(callback, state, _ready.PlaceOf(context, flow));
        if (_isWatched)
        {
            TellOfReady(sequence, callback, state, context);
        }

        return sequence;
    }

    private void TellOfReady(long sequence, Delegate callback, object? state, LoopContext? context)
    {
        Observe(LoopEventKind.Ready, null, null, sequence);
        _causes?.OnReady(sequence, context, ReferenceEquals(callback, _fireTimer) ? state : null, _inStep);
    }

    internal void CheckThread()
    {
        var owner = _threadId;
        if (owner != 0 && owner != Environment.CurrentManagedThreadId)
        {
            var touched = $"{CodeNames.OfCaller()} touched {Options.Name} at {Time} from thread '{ThreadName()}', which does not run it";
            if (Options.Isolation == ThreadIsolation.Sealed)
            {
                // The other thread may swallow the exception; the run must not pass all the same.
                _inbox.Add(new Inbox.Letter(static () => { }, null, _callbacks, null, new WorkEscapedException($"{touched}.")), out _);
                _poller.Wake();
            }

            throw new ForeignThreadException($"{touched}: use {nameof(CallSoonThreadSafe)} from other threads.");
        }

        if (owner == 0 && !_inbox.IsEmpty && !IsClosed)
        {
            // Between two runs too the ready queue has one order (rule 4): what was handed in comes before what comes now.
            TakeThreadSafeCalls();
        }
    }

    internal void CheckOpen()
    {
        if (IsClosed)
        {
            throw new LoopClosedException(
                $"{Options.Name} was closed at {_closedAt}, and is used {Places.Here()}: nothing can be scheduled on it any more. "
                + "Make a new loop.");
        }
    }

    private Handle CallSoonCore(Delegate callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        // A loop that runs is not closed, and takes in by itself what other threads hand in.
        if (!IsOnLoopThread)
        {
            CheckOpen();
            CheckThread();
        }

        var flow = CaptureFlow();
        if (_isPlain)
        {
            return new Handle(this, _ready.Add(callback, state, (object?)flow ?? _callbacks));
        }

        CheckCallback(callback);
        return new Handle(this, Enqueue(callback, state, _callbacks, flow));
    }

    private Handle CallSoonThreadSafeCore(Delegate callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        if (IsOnLoopThread)
        {
            return CallSoonCore(callback, state);
        }

        CheckCallback(callback);
        var call = new ThreadSafeCall(callback, state);
        if (!PostLetter(ThreadSafeCall.Runner, call, _callbacks, ExecutionContext.Capture()))
        {
            CheckOpen();
            throw new LoopClosedException(
                $"{Options.Name} is being closed, and is handed work {Places.Here()}: it would never run. Close a loop when nobody needs it any more.");
        }

        return new Handle(call);
    }

    // In debug mode, as asyncio does it: to look at the method of every callback costs more than the call.
    internal void CheckCallback(Delegate callback)
    {
        if (_debug && callback.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
        {
            throw new ArgumentException(
                $"{CodeNames.OfDelegate(callback)} is async void, and is scheduled as a callback {Places.Here()}: nobody could await it, cancel it "
                + "or see it fail. Use CreateTask for it.",
                nameof(callback));
        }
    }

    // The caller's execution context; null when its flow is suppressed. That of the run is not left out: what is left
    // over from one run keeps its context in the next, which may have another.
    internal static ExecutionContext? CaptureFlow() => ExecutionContext.Capture();

    // False: the loop is closed, or closing.
    private bool PostLetter(Delegate callback, object? state, LoopContext? context, ExecutionContext? flow)
    {
        var escape = Options.Isolation == ThreadIsolation.Sealed && IsRunning ? DescribeEscape(callback, state, context) : null;
        return Post(new Inbox.Letter(callback, state, context, flow, escape));
    }

    private bool Post(in Inbox.Letter letter)
    {
        if (!_inbox.Add(in letter, out var isFirst))
        {
            return false;
        }

        if (isFirst)
        {
            _poller.Wake();
        }

        return true;
    }

    private static WorkEscapedException DescribeEscape(Delegate callback, object? state, LoopContext? context)
    {
        return new WorkEscapedException(
            $"Work left the loop and came back from thread '{ThreadName()}': '{WorkName(callback, state)}' in {context?.Name ?? "callback"}. Usual causes: "
            + "Task.Run, a real Task.Delay or timer, ConfigureAwait(false) after a TaskCompletionSource, real I/O. "
            + "Use the loop's TimeProvider, CreateTask and SleepAsync instead.");
    }

    private static string WorkName(Delegate callback, object? state) =>
        CodeNames.OfContinuation(state) ?? (state as INamedWork)?.WorkName ?? CodeNames.OfDelegate(state as Delegate ?? callback);

    private static string ThreadName()
    {
        var thread = Thread.CurrentThread;
        return thread.IsThreadPoolThread ? "thread pool" : thread.Name ?? "unnamed";
    }
}
