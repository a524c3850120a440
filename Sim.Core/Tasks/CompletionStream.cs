using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// Futures in the order of their completion: asyncio's <c>as_completed</c> (rule 68). Written by hand, because an async
/// iterator of C# takes a tick more for each element. Several tasks may draw from one enumerator.
/// </summary>
internal sealed class CompletionStream<TFuture> : IAsyncEnumerable<TFuture>, IWaitReason, INamedWork
    where TFuture : Future
{
    private readonly EventLoop _loop;
    private readonly TFuture[] _members;
    private readonly Queue<TFuture?> _finished = new();
    private readonly WaitLine _getters = new();
    private readonly Action<object?> _memberDone;
    private readonly TimerHandle? _timer;
    private readonly Instant _begun;
    private int _unfinished;
    private int _unclaimed;
    private bool _timedOut;

    public CompletionStream(EventLoop loop, IEnumerable<TFuture> futures, TimeSpan? timeout)
    {
        _loop = loop;
        _begun = loop.Time;
        _members = Futures.OfOneLoop(loop, futures, "await as completed");
        _unfinished = _unclaimed = _members.Length;
        _memberDone = OnMemberDone;
        foreach (var member in _members)
        {
            member.AddCallback(new DoneCallback(_memberDone, member, loop.CallbackContext, null));
        }

        if (_members.Length > 0 && timeout is { } limit && limit != Timeout.InfiniteTimeSpan)
        {
            _timer = loop.CallAt(loop.Time + limit, static stream => ((CompletionStream<TFuture>)stream!).OnTimeout(), this);
        }
    }

    string INamedWork.WorkName => "as completed";

    IEnumerable<Future> IWaitReason.AwaitedFutures => _members.Where(static member => !member.HasEnded);

    string IWaitReason.DescribeReason() => $"the next of {Futures.Describe(_members)}";

    /// <summary>All enumerators draw from the same completions.</summary>
    public IAsyncEnumerator<TFuture> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(this, cancellationToken);

    private void OnMemberDone(object? done)
    {
        _loop.NoteUse(this, UseKind.Decide);
        if (_timedOut)
        {
            // It was in the ready queue when the time was up.
            return;
        }

        _unfinished--;
        Add((TFuture)done!);
        if (_unfinished == 0)
        {
            _timer?.Cancel();
        }
    }

    private void OnTimeout()
    {
        _timedOut = true;
        foreach (var member in _members)
        {
            member.RemoveCallback(_memberDone, member);
        }

        // One for each that is missing, so that everybody who waits learns of it.
        for (; _unfinished > 0; _unfinished--)
        {
            Add(null);
        }
    }

    private void Add(TFuture? member)
    {
        _finished.Enqueue(member);
        _getters.TakeAndWakeOne();
    }

    private async ValueTask<TFuture> NextAsync(CancellationToken token)
    {
        while (_finished.Count == 0)
        {
            var getter = new Waiter(_loop, this);
            _getters.Join(getter);
            using var link = new TokenLink(getter, token);
            try
            {
                await getter;
            }
            catch
            {
                _getters.Leave(getter);
                // Woken, but asked to stop before its turn: the wake-up is another's.
                if (!getter.WasCancelled && _finished.Count > 0)
                {
                    _getters.TakeAndWakeOne();
                }

                throw;
            }
        }

        return _finished.Dequeue() ?? throw new TimeoutException(
            $"The time for {Futures.Count(_members.Length)} was up {Places.Here()}, after {Durations.Format(_loop.Time - _begun)}; not done: {Futures.NamesOfPending(_members)}.");
    }

    /// <summary>Takes the completions one by one.</summary>
    private sealed class Enumerator(CompletionStream<TFuture> stream, CancellationToken token) : IAsyncEnumerator<TFuture>
    {
        private TFuture? _current;

        public TFuture Current => _current ?? throw new InvalidOperationException("There is no current future: call MoveNextAsync first.");

        public ValueTask<bool> MoveNextAsync()
        {
            stream._loop.NoteUse(stream, UseKind.Change);
            if (stream._unclaimed == 0)
            {
                return ValueTask.FromResult(false);
            }

            stream._unclaimed--;
            return TakeAsync();
        }

        public ValueTask DisposeAsync() => default;

        private async ValueTask<bool> TakeAsync()
        {
            try
            {
                _current = await stream.NextAsync(token);
            }
            catch (OperationCanceledException)
            {
                // CPython's iterator counts an element that was never handed out; then the last one is never seen.
                stream._unclaimed++;
                throw;
            }

            return true;
        }
    }
}
