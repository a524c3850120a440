namespace Sim.Core;

/// <summary>One wait on several futures (rules 66, 67). It cancels none of them and raises none of their failures.</summary>
internal sealed class MembersWait<TFuture> : IWaitReason, INamedWork
    where TFuture : Future
{
    private readonly EventLoop _loop;
    private readonly TFuture[] _members;
    private readonly ReturnWhen _returnWhen;
    private readonly Waiter _waiter;
    private readonly Action<object?> _memberDone;
    private int _left;
    private TimerHandle? _timer;

    public MembersWait(EventLoop loop, IEnumerable<TFuture> futures, ReturnWhen returnWhen)
    {
        _loop = loop;
        _returnWhen = returnWhen;
        _members = Futures.OfOneLoop(loop, futures, "wait for");
        if (_members.Length == 0)
        {
            throw new ArgumentException($"There is nothing to wait for {Places.Here()}: the list of futures is empty.", nameof(futures));
        }

        _left = _members.Length;
        loop.NoteCreated(this);
        _waiter = new Waiter(loop, this);
        _memberDone = OnMemberDone;
    }

    string INamedWork.WorkName => "wait";

    IEnumerable<Future> IWaitReason.AwaitedFutures => _members;

    string IWaitReason.DescribeReason() => _returnWhen switch
    {
        ReturnWhen.FirstCompleted => $"the first of {Futures.Describe(_members)}",
        ReturnWhen.FirstException => $"the first failure of {Futures.Describe(_members)}",
        _ => $"all of {Futures.Describe(_members)}",
    };

    public async ValueTask<WaitResult<TFuture>> RunAsync(TimeSpan? timeout, CancellationToken token)
    {
        if (timeout is { } limit && limit != Timeout.InfiniteTimeSpan)
        {
            _timer = _loop.CallAt(_loop.Time + limit, static wait => ((MembersWait<TFuture>)wait!)._waiter.Wake(), this);
        }

        foreach (var member in _members)
        {
            // One that is done already is put into the ready queue: it, too, takes its two ticks.
            member.AddCallback(new DoneCallback(_memberDone, member, _loop.CallbackContext, null));
        }

        using var link = new TokenLink(_waiter, token);
        try
        {
            await _waiter;
        }
        finally
        {
            _timer?.Cancel();
            foreach (var member in _members)
            {
                member.RemoveCallback(_memberDone, member);
            }
        }

        // Read now, not at the wake-up: what ended in between counts as done.
        return new WaitResult<TFuture>(
            [.. _members.Where(static member => member.IsDone)], [.. _members.Where(static member => !member.IsDone)]);
    }

    private void OnMemberDone(object? done)
    {
        var member = (TFuture)done!;
        _loop.NoteUse(this, CountsOnly(member) ? UseKind.Count : UseKind.Change);
        _left--;
        if (_left <= 0 || _returnWhen == ReturnWhen.FirstCompleted || (_returnWhen == ReturnWhen.FirstException && HasFailed(member)))
        {
            _loop.NoteUse(this, UseKind.Total);
            _timer?.Cancel();
            _waiter.Wake();
        }
    }

    private bool CountsOnly(TFuture member) =>
        _returnWhen == ReturnWhen.AllCompleted || (_returnWhen == ReturnWhen.FirstException && member.ExceptionUnmarked is null);

    // To look is to have seen it (rule 43).
    private static bool HasFailed(TFuture member)
    {
        if (member.ExceptionUnmarked is null)
        {
            return false;
        }

        member.IsExceptionRetrieved = true;
        return true;
    }
}
