namespace Sim.Core;

/// <summary>
/// asyncio's lock: one holder at a time, first come first served, not owned by a task and not reentrant (rule 82). Take it
/// with <c>using (await l.AcquireAsync())</c>, or with <c>await using</c>. Loop thread only; it belongs to the loop on which
/// somebody first had to wait for it.
/// </summary>
public sealed partial class AsyncLock : IWaitReason
{
    private readonly WaitLine _waiters = new();
    private LoopBinding _loop;
    private SpareWaits<Wait> _spares;

    // Holds are numbered, so that a holder that is disposed twice cannot release the hold of another.
    private long _hold;
    private long _lastHold;
    private LoopContext? _holder;

    /// <summary>A lock that nobody holds.</summary>
    /// <param name="name">Its name in messages and traces.</param>
    public AsyncLock(string? name = null)
    {
        Title = Titles.Of("lock", name);
        EventLoop.NoteCreatedOnRunning(this);
    }

    /// <summary>Whether somebody holds it. Between a release and the step of the one it wakes, nobody does.</summary>
    public bool IsLocked
    {
        get
        {
            EventLoop.TouchOnRunning(this, isWrite: false);
            return _hold != 0;
        }
    }

    /// <summary>
    /// Takes the lock; waits in line if it is held, or if others wait already. Without a wait it takes no tick and allocates
    /// nothing.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Releases the lock when it is disposed. Whoever prefers <see cref="Release"/> may ignore it.</returns>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled: the lock is not taken.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the lock.</exception>
    public ValueTask<Holder> AcquireAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Holder>(cancellationToken);
        }

        return CanTake ? new ValueTask<Holder>(Take(++_lastHold)) : WaitInLine(cancellationToken);
    }

    /// <summary>Releases the lock and wakes the first who waits: it takes the lock in its own step, and nobody can slip in before it.</summary>
    /// <exception cref="NotAcquiredException">Nobody holds it.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void Release()
    {
        _loop.CheckThread();
        if (_hold == 0)
        {
            throw new NotAcquiredException(
                $"Release of {Title} {Places.Here()}: nobody holds it. It was released before, or never acquired: "
                + "release it once for every AcquireAsync, best with 'using (await l.AcquireAsync())'.");
        }

        Touch();
        _hold = 0;
        _holder = null;
        _waiters.WakeHead();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Title} ({(_hold != 0 ? "locked" : "unlocked")}{WaitersText})";

    IEnumerable<LoopContext> IWaitReason.Holders => _holder is null ? [] : [_holder];

    string IWaitReason.DescribeReason() => _holder switch
    {
        { IsTask: true } task => $"{Title} (acquired by task {task.Name})",
        not null => $"{Title} (acquired by a callback)",
        null => Title,
    };

    /// <summary>The lock that a condition makes for itself.</summary>
    internal static AsyncLock Of(string title, bool isInner) => new() { Title = $"the lock of {title}", IsInner = isInner };

    internal string Title { get; private init; }

    /// <summary>Whether it belongs to something else than a user.</summary>
    internal bool IsInner { get; private init; }

    /// <summary>The number of the current hold; 0 = nobody holds the lock.</summary>
    internal long Hold => _hold;

    private string WaitersText => _waiters.Count > 0 ? $", {_waiters.Count} waiting" : "";

    /// <summary>Whether who comes now need not wait. If all who wait were cancelled, nobody is passed by.</summary>
    internal bool CanTake => _hold == 0 && !_waiters.HasLive;

    // The lock inside of something else, which speaks for itself, is a part of the machinery.
    private void Touch()
    {
        if (IsInner)
        {
            EventLoop.NoteUseOnRunning(this, UseKind.Change);
        }
        else
        {
            EventLoop.TouchOnRunning(this);
        }
    }

    /// <summary>
    /// Takes the lock as this hold: a new one, or the same that was given up with <see cref="Release"/>, so that its holder
    /// releases it as if nothing had been.
    /// </summary>
    internal Holder Take(long hold)
    {
        _loop.CheckThread();
        Touch();
        _hold = hold;
        _holder = EventLoop.Running?.StepContext;
        return new Holder(this, hold);
    }

    /// <summary>The line, for one who waits in it on this loop.</summary>
    internal WaitLine BindLine()
    {
        _loop.Bind(this).NoteUse(this, UseKind.Change);
        return _waiters;
    }

    /// <summary>One who may have been woken cannot go on: the next one shall.</summary>
    internal void PassOn()
    {
        if (_hold == 0)
        {
            _waiters.WakeHead();
        }
    }

    private ValueTask<Holder> WaitInLine(CancellationToken cancellationToken)
    {
        var loop = _loop.Bind(this);
        loop.NoteUse(this, UseKind.Change);
        return (_spares.Take() ?? new Wait(loop, this)).Begin(cancellationToken);
    }

    private sealed class Wait(EventLoop loop, AsyncLock owner) : LineWait<Holder>(loop, owner, owner._waiters)
    {
        // The one mistake that a stall report can name: to wait for oneself.
        internal override string Describe() => Waiting is { } waiting && ReferenceEquals(owner._holder, waiting) && waiting.IsTask
            ? $"{owner.Title}, which it has acquired itself (an AsyncLock is not re-entrant)"
            : base.Describe();

        protected override bool TryFinish(out Holder result)
        {
            Line.Leave(this);
            result = owner.Take(++owner._lastHold);
            return true;
        }

        protected override void GiveUp()
        {
            EventLoop.NoteUseOnRunning(owner, UseKind.Change);
            Line.Leave(this);
            owner.PassOn();
        }

        protected override void Recycle() => owner._spares.Give(this);
    }
}
