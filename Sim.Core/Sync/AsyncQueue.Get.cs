using System.Diagnostics.CodeAnalysis;

namespace Sim.Core;

/// <content>Getting items out.</content>
public partial class AsyncQueue<T>
{
    private readonly IItems<T> _items;
    private readonly WaitLine _getters = new();
    private SpareWaits<GetWait> _spareGets;

    /// <summary>Takes an item out; waits as long as there is none. Without a wait it takes no tick and allocates nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="QueueShutDownException">The queue was shut down and is empty.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled: no item is taken.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the queue.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        if (!HasNone)
        {
            return new ValueTask<T>(Take());
        }

        if (_isShutDown)
        {
            return ValueTask.FromException<T>(ShutForGetting());
        }

        var loop = _loop.Bind(ItemReason);
        NoteLine();
        return (_spareGets.Take() ?? new GetWait(loop, this)).Begin(cancellationToken);
    }

    /// <summary>Takes an item out.</summary>
    /// <exception cref="QueueEmptyException">There is none.</exception>
    /// <exception cref="QueueShutDownException">There is none, and there will be none: the queue was shut down.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public T GetNoWait()
    {
        if (!HasNone)
        {
            return Take();
        }

        NoteLook();
        throw _isShutDown ? ShutForGetting() : new QueueEmptyException(
            $"GetNoWait from {_title} {Places.Here()}: it is empty. Use GetAsync to wait for an item, or TryGet to do without.");
    }

    /// <summary>Takes an item out if there is one.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public bool TryGet([MaybeNullWhen(false)] out T item)
    {
        if (HasNone)
        {
            NoteLook();
            item = default;
            return false;
        }

        item = Take();
        return true;
    }

    private T Take()
    {
        _loop.CheckThread();
        EventLoop.TouchOnRunning(this);
        var item = _items.Take();
        _putters.TakeAndWakeOne();
        return item;
    }

    private QueueShutDownException ShutForGetting() =>
        ShutDown("Get from", " and is empty: there will be no more items. Take this exception as the end, or read with ReadAllAsync, which just ends.");

    private abstract class ItemWait<TResult>(EventLoop loop, AsyncQueue<T> queue) : LineWait<TResult>(loop, queue.ItemReason, queue._getters)
    {
        protected AsyncQueue<T> Queue => queue;

        protected override void GiveUp()
        {
            queue.NoteLine();
            Line.Leave(this);
            if (!queue.HasNone && !WasCancelled)
            {
                // It was woken and cannot get: the next one shall.
                Line.TakeAndWakeOne();
            }
        }
    }

    private sealed class GetWait(EventLoop loop, AsyncQueue<T> queue) : ItemWait<T>(loop, queue)
    {
        protected override bool TryFinish([MaybeNullWhen(false)] out T result)
        {
            if (!Queue.HasNone)
            {
                result = Queue.Take();
                return true;
            }

            Queue.NoteLine();
            result = default;
            return Queue._isShutDown ? throw Queue.ShutForGetting() : false;
        }

        protected override void Recycle() => Queue._spareGets.Give(this);
    }
}
