namespace Sim.Core;

/// <content>Putting items in.</content>
public partial class AsyncQueue<T>
{
    private readonly WaitLine _putters = new();
    private SpareWaits<PutWait> _sparePuts;

    /// <summary>Puts an item in; waits as long as the queue is full. Without a wait it takes no tick.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="QueueShutDownException">The queue was shut down.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled: the item is not in the queue.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the queue.</exception>
    public ValueTask PutAsync(T item, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (_isShutDown)
        {
            return ValueTask.FromException(ShutForPutting());
        }

        if (HasNoRoom)
        {
            var loop = _loop.Bind(RoomReason);
            NoteLine();
            var wait = _sparePuts.Take() ?? new PutWait(loop, this);
            wait.Item = item;
            return wait.BeginVoid(cancellationToken);
        }

        Store(item);
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts an item in.</summary>
    /// <exception cref="QueueFullException">There is no room.</exception>
    /// <exception cref="QueueShutDownException">The queue was shut down.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void PutNoWait(T item)
    {
        if (_isShutDown)
        {
            throw ShutForPutting();
        }

        if (HasNoRoom)
        {
            NoteLook();
            throw new QueueFullException(
                $"PutNoWait into {_title} {Places.Here()}: it is full ({Count} of {MaxSize}). Use PutAsync to wait for room, or TryPut to do without.");
        }

        Store(item);
    }

    /// <summary>Puts an item in unless the queue is full or shut down.</summary>
    /// <returns>Whether it is in.</returns>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public bool TryPut(T item)
    {
        if (_isShutDown || HasNoRoom)
        {
            NoteLook();
            return false;
        }

        Store(item);
        return true;
    }

    private void Store(T item)
    {
        _loop.CheckThread();
        EventLoop.TouchOnRunning(this);
        _items.Add(item);
        _unfinished++;
        _finished.Clear();
        _getters.TakeAndWakeOne();
    }

    private QueueShutDownException ShutForPutting() =>
        ShutDown("Put into", " and takes no more items. Stop putting when IsShutDown says so, or take this exception as the end.");

    private sealed class PutWait(EventLoop loop, AsyncQueue<T> queue) : LineWait<ValueTuple>(loop, queue.RoomReason, queue._putters)
    {
        public T? Item { get; set; }

        protected override bool TryFinish(out ValueTuple result)
        {
            result = default;
            if (queue.HasNoRoom && !queue._isShutDown)
            {
                queue.NoteLine();
                return false;
            }

            if (queue._isShutDown)
            {
                throw queue.ShutForPutting();
            }

            queue.Store(Item!);
            return true;
        }

        protected override void GiveUp()
        {
            queue.NoteLine();
            Line.Leave(this);
            if (!queue.HasNoRoom && !WasCancelled)
            {
                // It was woken and cannot put: the next one shall.
                Line.TakeAndWakeOne();
            }
        }

        protected override void Recycle()
        {
            Item = default;
            queue._sparePuts.Give(this);
        }
    }
}
