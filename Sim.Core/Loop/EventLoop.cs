using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// An event loop with the semantics of CPython 3.14's asyncio, written against a clock and a poller: on real time with a
/// real poller, in simulation on virtual time, line for line the same code. Not sealed: a custom loop overrides what it
/// wants to do differently, or composes its own clock, poller and scheduler. One thread runs a loop at a time; members
/// are for that thread, except where they say otherwise.
/// </summary>
/// <remarks>The picture of one iteration is in <c>docs/the-loop.md</c>; <see cref="RunOnce"/> has the same steps.</remarks>
public partial class EventLoop : IDisposable, ITimerScheduler
{
    private static readonly Instant _immediately = new(long.MinValue);

    [ThreadStatic]
    private static EventLoop? _running;

    private ReadyQueue _ready;
    private readonly TimerQueue _timers = new();
    private readonly Inbox _inbox = new();
    private readonly List<PollEvent> _polled = [];
    private readonly IPoller _poller;
    private readonly IScheduler? _scheduler;
    private readonly ILoopObserver? _observer;
    private readonly LoopContext _callbacks;
    private readonly LoopMeter? _meter;
    private readonly bool _debug;
    private readonly bool _isWatched;
    // Neither watched nor in debug mode, and no custom loop: whatever passes the door to the ready queue passes unseen.
    private readonly bool _isPlain;
    private readonly Lock _door = new();
    private int _threadId;
    private Thread? _thread;
    private bool _stopping;
    private ClockTimeProvider? _timeProvider;

    /// <summary>A loop that owns <paramref name="poller"/> and disposes it when it is closed.</summary>
    /// <param name="clock">Tells the time; the poller waits on the same time line.</param>
    /// <param name="poller">Waits: the one place where time moves.</param>
    /// <param name="options">How the loop behaves.</param>
    public EventLoop(IClock clock, IPoller poller, LoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(poller);
        Clock = clock;
        _poller = poller;
        Options = options ?? new LoopOptions();
        _scheduler = Options.Scheduler;
        _causes = _scheduler?.Causes;
        _observer = Options.Observer;
        _isWatched = _observer is not null || _causes is not null;
        _meter = Options.Meters == true ? new LoopMeter(Options.Name) : null;
        _debug = Options.Debug;
        _isPlain = !_debug && !_isWatched && GetType() == typeof(EventLoop);
        _callbacks = new LoopContext(this, "callback");
        _ready = new ReadyQueue(_callbacks);
    }

    /// <summary>The loop that runs on this thread, or null. Any thread.</summary>
    public static EventLoop? Running => _running;

    /// <summary>How the loop behaves.</summary>
    public LoopOptions Options { get; }

    /// <summary>The clock. Any thread.</summary>
    public IClock Clock { get; }

    /// <summary>Monotonic time of the loop's clock (asyncio's <c>loop.time()</c>). Any thread.</summary>
    public Instant Time => Clock.Now;

    /// <summary>The time at which the current iteration began, after its poll: cheaper than <see cref="Time"/>.</summary>
    public Instant IterationTime { get; private set; }

    /// <summary>How many iterations have begun.</summary>
    public long Iteration { get; private set; }

    /// <summary>How many callbacks and task steps have begun; during one, its number.</summary>
    public long Step { get; private set; }

    /// <summary>How many callbacks and task steps could run now, the one that runs not counted. Loop thread only.</summary>
    public int ReadyCount => _ready.LiveCount;

    /// <summary>How many timers are pending. Loop thread only.</summary>
    public int TimerCount => _timers.Count;

    /// <summary>The loop as a <see cref="System.TimeProvider"/>, for code that waits through one. Any thread.</summary>
    public TimeProvider TimeProvider => _timeProvider ??= new ClockTimeProvider(Clock, this);

    /// <summary>The context of plain callbacks.</summary>
    internal LoopContext CallbackContext => _callbacks;

    /// <summary>Whether the loop runs now, on some thread.</summary>
    public bool IsRunning => Volatile.Read(ref _threadId) != 0;

    /// <summary>Whether the loop was closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the caller is on the thread that runs this loop. Any thread.</summary>
    public bool IsOnLoopThread => ReferenceEquals(Volatile.Read(ref _thread), Thread.CurrentThread);

    /// <summary>Iterates until <see cref="Stop"/> is called (rules 13 to 18).</summary>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    /// <exception cref="LoopRunningException">This or another loop runs on this thread, or this one on another thread.</exception>
    /// <exception cref="StalledException">There is nothing to wait for, and never will be.</exception>
    public virtual void RunForever()
    {
        var stage = Enter();
        try
        {
            _scheduler?.Start(this);
            do
            {
                RunOnce();
            }
            while (!_stopping);
        }
        finally
        {
            _stopping = false;
            Leave(stage);
        }
    }

    /// <summary>
    /// Asks the loop to end after the current iteration: the rest of the batch still runs, what it schedules waits for the
    /// next run. Before a run: that run makes one iteration without waiting (rules 13, 14).
    /// </summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void Stop()
    {
        CheckThread();
        _stopping = true;
        _causes?.OnStopping();
    }

    /// <summary>One iteration (rule 1), a method for each step. A custom loop may do something before or after it.</summary>
    protected virtual void RunOnce()
    {
        AssertInvariants();
        var deadline = NextDeadline();
        Poll(deadline);
        TakeThreadSafeCalls();
        TakeReadyHandles();
        TakeDueTimers();
        RunReady();
    }

    // Until when to wait: not at all if something is ready or the loop shall stop, else until the next timer (rule 5).
    // A scheduler may find that what is ready takes its time, and a timer is faster.
    private Instant? NextDeadline()
    {
        _guest?.BringWork();
        var timer = _timers.NextDeadline;
        if (_stopping || !_inbox.IsEmpty)
        {
            return _immediately;
        }

        return _ready.Count == 0 || (_scheduler is { } scheduler && timer is { } deadline && LetsTimePass(scheduler, deadline))
            ? timer
            : _immediately;
    }

    private bool LetsTimePass(IScheduler scheduler, Instant deadline)
    {
        // What is cancelled is no work; that it stood there still makes an iteration.
        _ready.DropCancelled();
        return _ready.Count > 0 && deadline > Time && scheduler.LetTimePass(new RunnableSet(ref _ready), deadline);
    }

    // The one place where time moves. Afterwards the time is read again (rule 6).
    private void Poll(Instant? deadline)
    {
        Iteration++;
        // The poller's own waiting is not that of the code that ran last.
        SynchronizationContext.SetSynchronizationContext(null);
        var outcome = _poller.Poll(deadline, _polled);
        IterationTime = Clock.Now;
        if (outcome == PollOutcome.Stalled)
        {
            OnStalled();
        }
    }

    // Work from other threads stands before this poll's I/O callbacks, as in rule 22.
    private void TakeThreadSafeCalls()
    {
        List<Inbox.Letter>? escaped = null;
        // What arrives meanwhile is for the next time. Taken from inside of this (an observer that calls the loop between
        // two runs), the rest comes in all the same order.
        for (var left = _inbox.Count; left > 0 && _inbox.TryTake(out var letter); left--)
        {
            if (letter.Escape is not null)
            {
                (escaped ??= []).Add(letter);
            }

            Enqueue(letter.Callback, letter.State, letter.Context, letter.Flow);
        }

        // Afterwards, so that a handler that throws a fatal exception loses none of the work.
        escaped?.ForEach(letter => ReportError("Work came back from outside the loop", letter.Escape!, letter.Context?.Name ?? "callback"));
    }

    // Due timers become ready in one batch, by deadline and sequence, before any of them runs (rules 3, 7, 9).
    private void TakeDueTimers()
    {
        while (_timers.TryTakeDue(IterationTime, out var entry))
        {
            // A user's callback runs under the callback context. A completion of the loop's own (a bridge timer, a sleep)
            // runs under none, so that what awaits it with ConfigureAwait(false) goes on inline, on this thread.
            var handle = entry as TimerHandle;
            _meter?.OnTimer(IterationTime - entry.When);
            Enqueue(_fireTimer, entry, handle is null ? null : _callbacks, handle?.Flow);
        }
    }

    // Exactly as many callbacks as were ready at this point; what they add waits for the next iteration (rule 2).
    private void RunReady()
    {
        _timesCallbacks = _meter?.OnIteration(Step, _ready.Count) == true || _debug;
        if (_scheduler is not null)
        {
            RunAsChosen(_scheduler);
        }
        else if (_observer is not null || _timesCallbacks)
        {
            RunWatched();
        }
        else
        {
            RunInOrder();
        }

        // Between the batches runs the loop itself: not under the identity of the last task, and free to wait.
        SynchronizationContext.SetSynchronizationContext(null);
        if (_meter is not null && LoopMeter.TimesBatches)
        {
            _meter.OnBatch(Time - IterationTime);
        }
    }
}
