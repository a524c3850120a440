namespace Sim.Core;

/// <summary>
/// asyncio's condition: under a lock, tasks wait to be notified of a change (rule 85). A wait may end without a notification
/// that was meant for it: look at the state again, as <see cref="WaitForAsync"/> does. Loop thread only; it belongs to the
/// loop on which somebody first waited.
/// </summary>
public sealed partial class AsyncCondition : IWaitReason
{
    private readonly WaitLine _waiters = new();
    private readonly AsyncLock _lock;
    private readonly IWaitReason _reason;
    private readonly string _title;
    private LoopBinding _loop;
    private SpareWaits<Wait> _spares;

    /// <summary>A condition on a lock.</summary>
    /// <param name="lock">The lock; several conditions may share one. By default a new one.</param>
    /// <param name="name">Its name in messages and traces.</param>
    public AsyncCondition(AsyncLock? @lock = null, string? name = null)
    {
        _title = Titles.Of("condition", name);
        _lock = @lock ?? AsyncLock.Of(_title, isInner: false);
        _reason = this;
        EventLoop.NoteCreatedOnRunning(this);
    }

    /// <summary>The condition inside of something else, which is what one waits for.</summary>
    internal AsyncCondition(IWaitReason owner, string title)
    {
        _title = title;
        _lock = AsyncLock.Of(title, isInner: true);
        EventLoop.NoteCreatedOnRunning(this);
        _reason = owner;
    }

    /// <summary>Whether somebody holds the lock.</summary>
    public bool IsLocked => _lock.IsLocked;

    /// <inheritdoc cref="AsyncLock.AcquireAsync"/>
    public ValueTask<AsyncLock.Holder> AcquireAsync(CancellationToken cancellationToken = default) => _lock.AcquireAsync(cancellationToken);

    /// <inheritdoc cref="AsyncLock.Release"/>
    public void Release() => _lock.Release();

    /// <summary>
    /// Releases the lock, waits for a notification, and takes the lock again, however the wait ends: when this returns or
    /// throws, the lock is held.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for the notification, not that for the lock.</param>
    /// <exception cref="NotAcquiredException">Nobody holds the lock.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the condition.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken = default) => Begin(null, cancellationToken);

    /// <summary>Waits, again and again, until <paramref name="predicate"/> is true; takes no tick if it is.</summary>
    /// <inheritdoc cref="WaitAsync"/>
    public ValueTask WaitForAsync(Func<bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        try
        {
            return predicate() ? ValueTask.CompletedTask : Begin(predicate, cancellationToken);
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
    }

    /// <summary>Wakes the first <paramref name="count"/> who wait and were not notified yet. They go on when they get the lock, in that order.</summary>
    /// <exception cref="NotAcquiredException">Nobody holds the lock.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void Notify(int count = 1)
    {
        _loop.CheckThread();
        CheckHeld("Notification of");
        Touch();
        _waiters.Wake(count);
    }

    /// <summary>Wakes all who wait.</summary>
    /// <inheritdoc cref="Notify"/>
    public void NotifyAll() => Notify(_waiters.Count);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_title} ({(_lock.Hold != 0 ? "locked" : "unlocked")}{(_waiters.Count > 0 ? $", {_waiters.Count} waiting" : "")})";

    string IWaitReason.DescribeReason() => $"a notification of {_title}";

    private ValueTask Begin(Func<bool>? predicate, CancellationToken cancellationToken)
    {
        try
        {
            CheckHeld("Wait for");
            if (cancellationToken.IsCancellationRequested)
            {
                return ValueTask.FromCanceled(cancellationToken);
            }

            var loop = _loop.Bind(_reason);
            var wait = _spares.Take() ?? new Wait(loop, this);
            wait.Prepare(predicate);
            return wait.BeginVoid(cancellationToken);
        }
        catch (LoopException error)
        {
            return ValueTask.FromException(error);
        }
    }

    // The condition inside of something else, which speaks for itself, is a part of the machinery.
    private void Touch()
    {
        if (ReferenceEquals(_reason, this))
        {
            EventLoop.TouchOnRunning(this);
        }
        else
        {
            EventLoop.NoteUseOnRunning(this, UseKind.Change);
        }
    }

    private void CheckHeld(string what)
    {
        if (_lock.Hold == 0)
        {
            throw new NotAcquiredException(
                $"{what} {_title} {Places.Here()}: nobody holds {_lock.Title}. What is waited for could change unseen: "
                + "do this inside of 'using (await c.AcquireAsync())'.");
        }
    }
}
