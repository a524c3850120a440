using Sim.Core;

namespace Sim.Properties;

/// <summary>A queue with a mistake of the kind that people make: lines of its own around a queue that makes none.</summary>
internal sealed class FaultyQueue(FaultyQueue.Fault fault) : IQueueUnderStorm
{
    private readonly AsyncQueue<int> _items = new(StormWorld.Room);
    private readonly List<Future<int>> _getters = [];
    private readonly List<Future<int>> _putters = [];

    public enum Fault
    {
        /// <summary>No mistake: whatever is noticed in the others is due to theirs.</summary>
        None,

        /// <summary>Of those who get, the youngest is woken first.</summary>
        WakesTheYoungestGetter,

        /// <summary>Of those who put, the youngest is woken first.</summary>
        WakesTheYoungestPutter,

        /// <summary>One that gets, was woken and then cancelled keeps the wake-up to itself.</summary>
        LosesTheWakeUp,

        /// <summary>One that gets, was woken and then cancelled has taken its item all the same.</summary>
        LosesAnItem,
    }

    public int Count => _items.Count;

    public bool IsFull => _items.IsFull;

    public async ValueTask PutAsync(int item, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        while (IsFull && !_items.IsShutDown)
        {
            await WaitAsync(_putters, () => IsFull, token);
        }

        _items.PutNoWait(item);
        WakeOne(_getters, fault == Fault.WakesTheYoungestGetter);
    }

    public async ValueTask<int> GetAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        while (Count == 0 && !_items.IsShutDown)
        {
            await WaitAsync(_getters, () => Count == 0, token);
        }

        var item = _items.GetNoWait();
        WakeOne(_putters, fault == Fault.WakesTheYoungestPutter);
        return item;
    }

    public IAsyncEnumerator<int> ReadAll(CancellationToken token) => new Reader(this, token);

    public bool TryGet(out int item)
    {
        var any = _items.TryGet(out item);
        if (any)
        {
            WakeOne(_putters, fault == Fault.WakesTheYoungestPutter);
        }

        return any;
    }

    public void TaskDone() => _items.TaskDone();

    public ValueTask JoinAsync(CancellationToken token) => _items.JoinAsync(token);

    public void Shutdown(bool immediate)
    {
        _items.Shutdown(immediate);
        _getters.Concat(_putters).ToList().ForEach(static waiter => waiter.TrySetResult(0));
    }

    private async Task WaitAsync(List<Future<int>> line, Func<bool> isInVain, CancellationToken token)
    {
        var waiter = Asyncio.GetRunningLoop().CreateFuture<int>();
        line.Add(waiter);
        try
        {
            using var link = waiter.CancelOn(token);
            await waiter;
        }
        catch (OperationCanceledException)
        {
            line.Remove(waiter);
            if (!isInVain() && !waiter.IsCancelled)
            {
                Miss(line);
            }

            throw;
        }
    }

    // It was woken and cannot go on.
    private void Miss(List<Future<int>> line)
    {
        if (ReferenceEquals(line, _putters) || fault is not (Fault.LosesTheWakeUp or Fault.LosesAnItem))
        {
            WakeOne(line, youngest: false);
        }
        else if (fault == Fault.LosesAnItem)
        {
            TryGet(out _);
        }
    }

    private static void WakeOne(List<Future<int>> line, bool youngest)
    {
        var waiting = line.Where(static waiter => !waiter.IsDone);
        var woken = youngest ? waiting.LastOrDefault() : waiting.FirstOrDefault();
        if (woken is not null)
        {
            line.Remove(woken);
            woken.SetResult(0);
        }
    }

    // By hand: a C# iterator would take a tick more.
    private sealed class Reader(FaultyQueue queue, CancellationToken token) : IAsyncEnumerator<int>
    {
        public int Current { get; private set; }

        public async ValueTask<bool> MoveNextAsync()
        {
            try
            {
                Current = await queue.GetAsync(token);
                return true;
            }
            catch (QueueShutDownException)
            {
                return false;
            }
        }

        public ValueTask DisposeAsync() => default;
    }
}
