namespace Sim.Core;

/// <summary>
/// asyncio's semaphore: so many at a time, first come first served (rule 84). Take a unit with
/// <c>using (await s.AcquireAsync())</c>, or with <c>await using</c>. Loop thread only; it belongs to the loop on which
/// somebody first had to wait for it.
/// </summary>
public partial class AsyncSemaphore : IWaitReason
{
    private readonly WaitLine _waiters = new();
    private LoopBinding _loop;
    private SpareWaits<Wait> _spares;
    private UnitHolders _holders;

    /// <summary>A semaphore with <paramref name="value"/> units.</summary>
    /// <param name="value">How many can be had before somebody has to wait.</param>
    /// <param name="name">Its name in messages and traces.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is less than 0.</exception>
    public AsyncSemaphore(int value = 1, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
        _holders = new UnitHolders(value);
        Title = Titles.Of("semaphore", name);
        EventLoop.NoteCreatedOnRunning(this);
    }

    /// <summary>Whether who comes now has to wait: no unit is left, or somebody stands in line.</summary>
    public bool IsLocked
    {
        get
        {
            EventLoop.TouchOnRunning(this, isWrite: false);
            return MustWait;
        }
    }

    private bool MustWait => Value == 0 || _waiters.HasLive;

    /// <summary>The units that can be had; one that was handed to somebody who has not run yet is not among them.</summary>
    private protected int Value { get; private set; }

    private protected string Title { get; }

    /// <summary>Takes a unit; waits in line if there is none, or if others wait already. Without a wait it takes no tick.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Gives the unit back when it is disposed. Whoever prefers <see cref="Release"/> may ignore it.</returns>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled: no unit is taken.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the semaphore.</exception>
    public ValueTask<Holder> AcquireAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Holder>(cancellationToken);
        }

        if (MustWait)
        {
            var loop = _loop.Bind(this);
            loop.NoteUse(this, UseKind.Change);
            return (_spares.Take() ?? new Wait(loop, this)).Begin(cancellationToken);
        }

        _loop.CheckThread();
        EventLoop.TouchOnRunning(this);
        Value--;
        _holders.Add(Value);
        return new ValueTask<Holder>(NewHolder());
    }

    /// <summary>Gives a unit back: to the first who waits, at once, or to whoever comes next.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public virtual void Release()
    {
        _loop.CheckThread();
        EventLoop.TouchOnRunning(this);
        Value++;
        _holders.Remove();
        WakeNext();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Title} ({(MustWait ? "locked" : $"{Value} left")}{(_waiters.Count > 0 ? $", {_waiters.Count} waiting" : "")})";

    string IWaitReason.DescribeReason() => _holders.Describe() is { } holders ? $"{Title} ({holders})" : Title;

    IEnumerable<LoopContext> IWaitReason.Holders => _holders.All;

    private bool WakeNext()
    {
        if (_waiters.Wake(1) == 0)
        {
            return false;
        }

        Value--;
        return true;
    }

    private sealed class Wait(EventLoop loop, AsyncSemaphore owner) : LineWait<Holder>(loop, owner, owner._waiters)
    {
        protected override bool TryFinish(out Holder result)
        {
            EventLoop.TouchOnRunning(owner);
            Line.Leave(this);
            WakeOthers();
            owner._holders.Add(owner.Value);
            result = owner.NewHolder();
            return true;
        }

        protected override void GiveUp()
        {
            EventLoop.NoteUseOnRunning(owner, UseKind.Change);
            Line.Leave(this);
            // It was handed a unit and cannot go on: the unit comes back.
            if (HasEnded && !WasCancelled)
            {
                owner.Value++;
            }

            WakeOthers();
        }

        protected override void Recycle() => owner._spares.Give(this);

        // Who came while this one was on its way had to wait although there were units.
        private void WakeOthers()
        {
            while (owner.Value > 0 && owner.WakeNext())
            {
            }
        }
    }
}
