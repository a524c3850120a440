namespace Sim.Core;

/// <summary>
/// asyncio's event: a flag that others wait for (rule 83). Loop thread only; it belongs to the loop on which somebody first
/// had to wait for it.
/// </summary>
public sealed class AsyncEvent : IWaitReason
{
    private readonly WaitLine _waiters = new();
    private readonly IWaitReason _reason;
    private readonly string _title;
    private LoopBinding _loop;
    private bool _isSet;
    private SpareWaits<Wait> _spares;

    /// <summary>An event that is not set.</summary>
    /// <param name="name">Its name in messages and traces.</param>
    public AsyncEvent(string? name = null)
    {
        _title = Titles.Of("event", name);
        _reason = this;
        EventLoop.NoteCreatedOnRunning(this);
    }

    /// <summary>The event inside of something else, which is what one waits for.</summary>
    internal AsyncEvent(IWaitReason owner)
    {
        _title = owner.DescribeReason();
        _reason = owner;
        EventLoop.NoteCreatedOnRunning(this);
    }

    /// <summary>Whether the flag is up.</summary>
    public bool IsSet
    {
        get
        {
            Touch(isWrite: false);
            return _isSet;
        }
    }

    /// <summary>Raises the flag and wakes all who wait, in the order of their arrival, even if it is lowered before they run.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void Set()
    {
        _loop.CheckThread();
        Touch(isWrite: true);
        if (!_isSet)
        {
            _isSet = true;
            _waiters.Wake(int.MaxValue);
        }
    }

    /// <summary>Lowers the flag: who comes now waits.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void Clear()
    {
        _loop.CheckThread();
        Touch(isWrite: true);
        _isSet = false;
    }

    /// <summary>Waits until the flag is raised; takes no tick if it is up.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the event.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (_isSet)
        {
            Touch(isWrite: false);
            return ValueTask.CompletedTask;
        }

        var loop = _loop.Bind(_reason);
        loop.NoteUse(this, UseKind.Look);
        return (_spares.Take() ?? new Wait(loop, this)).BeginVoid(cancellationToken);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_title} ({(_isSet ? "set" : "not set")}{(_waiters.Count > 0 ? $", {_waiters.Count} waiting" : "")})";

    string IWaitReason.DescribeReason() => _title;

    // The event inside of something else, which speaks for itself, is a part of the machinery.
    private void Touch(bool isWrite)
    {
        if (ReferenceEquals(_reason, this))
        {
            EventLoop.TouchOnRunning(this, isWrite);
        }
        else
        {
            EventLoop.NoteUseOnRunning(this, isWrite ? UseKind.Finish : UseKind.Take);
        }
    }

    private sealed class Wait(EventLoop loop, AsyncEvent owner) : LineWait<ValueTuple>(loop, owner._reason, owner._waiters)
    {
        protected override bool TryFinish(out ValueTuple result)
        {
            owner.Touch(isWrite: false);
            Line.Leave(this);
            result = default;
            return true;
        }

        protected override void GiveUp() => Line.Leave(this);

        protected override void Recycle() => owner._spares.Give(this);
    }
}
