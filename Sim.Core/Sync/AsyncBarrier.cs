namespace Sim.Core;

/// <summary>
/// asyncio's barrier: tasks wait at it until there are enough of them, then all go on (rule 86). It can be used again and
/// again. Loop thread only; it belongs to the loop on which somebody first had to wait.
/// </summary>
public sealed class AsyncBarrier : IWaitReason
{
    private readonly AsyncCondition _condition;
    private readonly Func<bool> _isOpen;
    private readonly Func<bool> _isPassed;
    private readonly string _title;
    private Phase _phase = Phase.Filling;

    // Who is inside: waits, or was let go and has not left yet.
    private int _inside;

    /// <summary>A barrier at which nobody waits.</summary>
    /// <param name="parties">How many must come.</param>
    /// <param name="name">Its name in messages and traces.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parties"/> is less than 1.</exception>
    public AsyncBarrier(int parties, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parties, 1);
        Parties = parties;
        _title = Titles.Of("barrier", name);
        EventLoop.NoteCreatedOnRunning(this);
        _condition = new AsyncCondition(this, _title);
        _isOpen = () => _phase is not (Phase.Draining or Phase.Resetting);
        _isPassed = () => _phase is not Phase.Filling;
    }

    /// <summary>How many must come.</summary>
    public int Parties { get; }

    /// <summary>How many wait for the others; 0 while those who were let go leave.</summary>
    public int Waiting
    {
        get
        {
            EventLoop.TouchOnRunning(this, isWrite: false);
            return _phase == Phase.Filling ? _inside : 0;
        }
    }

    /// <summary>Whether it was aborted.</summary>
    public bool IsBroken
    {
        get
        {
            EventLoop.TouchOnRunning(this, isWrite: false);
            return _phase == Phase.Broken;
        }
    }

    /// <summary>
    /// Waits until <see cref="Parties"/> have come. The last one does not wait for the others; they go on in the order of
    /// their arrival. Who comes while they leave waits for the next round.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait: this one leaves, the others go on waiting.</param>
    /// <returns>Which in the order of arrival this was, from 0.</returns>
    /// <exception cref="BrokenBarrierException">It was aborted, or was reset while this one waited.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the barrier.</exception>
    public async ValueTask<int> WaitAsync(CancellationToken cancellationToken = default)
    {
        using var hold = await _condition.AcquireAsync(cancellationToken);
        await _condition.WaitForAsync(_isOpen, cancellationToken);
        if (_phase == Phase.Broken)
        {
            throw Broken("it was aborted and lets nobody through: make a new one, or call ResetAsync");
        }

        try
        {
            EventLoop.TouchOnRunning(this);
            var index = _inside++;
            if (index + 1 == Parties)
            {
                _phase = Phase.Draining;
                _condition.NotifyAll();
                return index;
            }

            await _condition.WaitForAsync(_isPassed, cancellationToken);
            EventLoop.TouchOnRunning(this, isWrite: false);
            return _phase switch
            {
                Phase.Broken => throw Broken("it was aborted meanwhile: one of the others has given up"),
                Phase.Resetting => throw Broken("it was reset meanwhile: begin the round again"),
                _ => index,
            };
        }
        finally
        {
            EventLoop.NoteUseOnRunning(this, UseKind.Change);
            _inside--;
            LetNewcomersIn();
        }
    }

    /// <summary>Makes it as new: who waits gets a <see cref="BrokenBarrierException"/>, who comes later waits as ever.</summary>
    /// <param name="cancellationToken">Ends the wait for its turn: then nothing is changed.</param>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled before it could be done.</exception>
    public async ValueTask ResetAsync(CancellationToken cancellationToken = default)
    {
        using var hold = await _condition.AcquireAsync(cancellationToken);
        EventLoop.TouchOnRunning(this);
        _phase = _inside > 0 ? Phase.Resetting : Phase.Filling;
        _condition.NotifyAll();
    }

    /// <summary>Breaks it: who waits, and whoever comes later, gets a <see cref="BrokenBarrierException"/>.</summary>
    /// <param name="cancellationToken">Ends the wait for its turn: then nothing is changed.</param>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled before it could be done.</exception>
    public async ValueTask AbortAsync(CancellationToken cancellationToken = default)
    {
        using var hold = await _condition.AcquireAsync(cancellationToken);
        EventLoop.TouchOnRunning(this);
        _phase = Phase.Broken;
        _condition.NotifyAll();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_title} ({_phase.ToString().ToLowerInvariant()}{(IsBroken ? "" : $", {Waiting} of {Parties} waiting")})";

    string IWaitReason.DescribeReason() => $"{_title} ({Waiting} of {Parties} there)";

    private void LetNewcomersIn()
    {
        if (_inside > 0)
        {
            return;
        }

        if (_phase is Phase.Resetting or Phase.Draining)
        {
            _phase = Phase.Filling;
        }

        _condition.NotifyAll();
    }

    private BrokenBarrierException Broken(string why) => new($"Wait at {_title} {Places.Here()}: {why}.");

    private enum Phase
    {
        /// <summary>Waits for more to come.</summary>
        Filling,

        /// <summary>Enough have come, and they leave.</summary>
        Draining,

        /// <summary>Was reset, and those who waited leave.</summary>
        Resetting,

        /// <summary>Was aborted.</summary>
        Broken,
    }
}
