namespace Sim.Core;

/// <content>Reading it to its end.</content>
public partial class AsyncQueue<T>
{
    /// <summary>
    /// All items as they come, until the queue is shut down and empty: <c>await foreach (var item in queue.ReadAllAsync())</c>.
    /// It costs the ticks of <see cref="GetAsync"/> and no more; several may read at the same time, and each item goes to
    /// one of them.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) => new Items(this, cancellationToken);

    // Two tokens: that of ReadAllAsync, and that of WithCancellation.
    private sealed class Items(AsyncQueue<T> queue, CancellationToken first) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken) => new Reader(queue, first, cancellationToken);
    }

    // By hand: a C# iterator would cost a post for every item that it waits for.
    private sealed class Reader : IAsyncEnumerator<T>
    {
        private readonly AsyncQueue<T> _queue;
        private readonly CancellationToken _token;
        private readonly CancellationTokenSource? _either;
        private SpareWaits<ReadWait> _spares;

        public Reader(AsyncQueue<T> queue, CancellationToken first, CancellationToken second)
        {
            _queue = queue;
            _either = first.CanBeCanceled && second.CanBeCanceled && first != second
                ? CancellationTokenSource.CreateLinkedTokenSource(first, second)
                : null;
            _token = _either?.Token ?? (first.CanBeCanceled ? first : second);
        }

        public T Current { get; private set; } = default!;

        public ValueTask<bool> MoveNextAsync()
        {
            if (_token.IsCancellationRequested)
            {
                return ValueTask.FromCanceled<bool>(_token);
            }

            if (_queue.HasNone)
            {
                return _queue._isShutDown ? default : WaitAndMove();
            }

            Current = _queue.Take();
            return new ValueTask<bool>(true);
        }

        public ValueTask DisposeAsync()
        {
            _either?.Dispose();
            return default;
        }

        private ValueTask<bool> WaitAndMove()
        {
            var loop = _queue._loop.Bind(_queue.ItemReason);
            _queue.NoteLine();
            return (_spares.Take() ?? new ReadWait(loop, this)).Begin(_token);
        }

        private sealed class ReadWait(EventLoop loop, Reader reader) : ItemWait<bool>(loop, reader._queue)
        {
            protected override bool TryFinish(out bool result)
            {
                result = !Queue.HasNone;
                if (result)
                {
                    reader.Current = Queue.Take();
                }
                else
                {
                    Queue.NoteLine();
                }

                return result || Queue._isShutDown;
            }

            protected override void Recycle() => reader._spares.Give(this);
        }
    }
}
