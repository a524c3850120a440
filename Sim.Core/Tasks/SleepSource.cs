using System.Threading.Tasks.Sources;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// A sleep: a timer and its awaiter in one pooled object, so that sleeping allocates nothing in steady state. The timer
/// wakes the task through the ready queue: a sleep takes two ticks, the timer's and the step's (rule 47).
/// </summary>
internal sealed class SleepSource : TimerEntry, IValueTaskSource, IWait, INamedWork
{
    private static readonly LoopLocal<Stack<SleepSource>> _pool = new(static _ => new Stack<SleepSource>());

    private readonly EventLoop _loop;
    private Action<object?>? _continuation;
    private object? _continuationState;
    private LoopContext? _context;
    private ExecutionContext? _flow;
    private ValueTaskSourceStatus _status;
    private TaskContext? _sleeper;
    private short _token;
    private bool _endless;

    private SleepSource(EventLoop loop) => _loop = loop;

    string INamedWork.WorkName => _sleeper is null ? "sleep" : $"timer of {_sleeper.Name}";

    public static ValueTask Start(EventLoop loop, TimeSpan delay)
    {
        var pool = _pool[loop];
        var source = pool.Count > 0 ? pool.Pop() : new SleepSource(loop);
        source._status = ValueTaskSourceStatus.Pending;
        source._endless = delay == Timeout.InfiniteTimeSpan;
        if (!source._endless)
        {
            ((ITimerScheduler)loop).Arm(source, loop.Time + delay);
        }

        return new ValueTask(source, source._token);
    }

    public override void Fire()
    {
        _loop.NoteUse(this, UseKind.Change);
        // Cancelled between falling due and this call: the cancellation has resumed the task already.
        if (_status == ValueTaskSourceStatus.Pending && !IsQueued)
        {
            Complete(ValueTaskSourceStatus.Succeeded);
        }
    }

    public bool CancelWait()
    {
        _loop.NoteUse(this, UseKind.Change);
        if (_status != ValueTaskSourceStatus.Pending)
        {
            return false;
        }

        ((ITimerScheduler)_loop).Disarm(this);
        Complete(ValueTaskSourceStatus.Canceled);
        return true;
    }

    public string DescribeWait() => _endless ? "sleeps for ever" : $"sleeps until {When}";

    public ValueTaskSourceStatus GetStatus(short token)
    {
        CheckToken(token);
        TaskContext.CheckAwaitable(_loop, null);
        // Refused here, at the await: an exception from OnCompleted would be thrown on the thread pool.
        return _status == ValueTaskSourceStatus.Pending && _continuation is not null ? throw AwaitedTwice() : _status;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckToken(token);
        _sleeper = TaskContext.RunningOn(_loop);
        _context = (LoopContext?)_sleeper ?? _loop.CallbackContext;
        _flow = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0 ? ExecutionContext.Capture() : null;
        _continuation = continuation;
        _continuationState = state;
        if (_status != ValueTaskSourceStatus.Pending)
        {
            _loop.Enqueue(continuation, state, _context, _flow);
        }

        _sleeper?.BeginWait(this, state ?? continuation);
    }

    public void GetResult(short token)
    {
        CheckToken(token);
        if (_status == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidStateException($"The sleep until {When} is not over at {_loop.Time}: await it.");
        }

        var cancelled = _status == ValueTaskSourceStatus.Canceled;
        var sleeper = _sleeper;
        // A timer that fell due but has not fired yet still refers to this object: it is not used again.
        Recycle();
        sleeper?.EndWait(this);
        if (cancelled)
        {
            throw new OperationCanceledException(sleeper is { CancelRequests: > 0 }
                ? $"The sleep was cancelled: task {sleeper.Name} was asked to stop at {sleeper.AskedAt}."
                : "The sleep was cancelled.");
        }
    }

    private void Complete(ValueTaskSourceStatus status)
    {
        _status = status;
        if (_continuation is { } continuation)
        {
            _loop.Enqueue(continuation, _continuationState, _context, _flow);
        }
    }

    private void Recycle()
    {
        var reusable = _status == ValueTaskSourceStatus.Succeeded;
        _continuation = null;
        _continuationState = null;
        _context = null;
        _flow = null;
        _sleeper = null;
        _token++;
        if (reusable)
        {
            _pool[_loop].Push(this);
        }
    }

    private void CheckToken(short token)
    {
        if (token != _token)
        {
            throw AwaitedTwice();
        }
    }

    private static InvalidOperationException AwaitedTwice() =>
        new($"The ValueTask of a sleep is awaited a second time {Places.Here()}: the loop uses its object again for another sleep as soon as it is over. "
            + "Await it once, or call AsTask() and await the task.");
}
