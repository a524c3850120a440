namespace Sim.Core;

/// <summary>
/// asyncio's queue: items wait for those who get them, oldest first, and where there is room for so many only, those who put
/// wait too (rule 87). A wake-up is no hand-over: who is woken looks again, and goes to the end of the line if another was
/// faster. Loop thread only; it belongs to the loop on which somebody first had to wait.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
public partial class AsyncQueue<T>
{
    private readonly string _title;
    private readonly AsyncEvent _finished;
    private int _unfinished;
    private LoopBinding _loop;
    private bool _isShutDown;

    /// <summary>An empty queue.</summary>
    /// <param name="maxSize">How many items there is room for; 0 or less = any number.</param>
    /// <param name="name">Its name in messages and traces.</param>
    public AsyncQueue(int maxSize = 0, string? name = null)
        : this(new FifoItems<T>(), maxSize, name)
    {
    }

    private protected AsyncQueue(IItems<T> items, int maxSize, string? name)
    {
        _items = items;
        MaxSize = maxSize;
        _title = Titles.Of("queue", name);
        _finished = new AsyncEvent(new WaitReason(this, "the end of the work of"));
        _finished.Set();
        EventLoop.NoteCreatedOnRunning(this);
    }

    /// <summary>How many items are in it.</summary>
    public int Count
    {
        get
        {
            NoteLook();
            return _items.Count;
        }
    }

    /// <summary>How many items there is room for; 0 or less = any number.</summary>
    public int MaxSize { get; }

    /// <summary>Whether there is no item in it.</summary>
    public bool IsEmpty
    {
        get
        {
            NoteLook();
            return HasNone;
        }
    }

    /// <summary>Whether there is no room for another item.</summary>
    public bool IsFull
    {
        get
        {
            NoteLook();
            return HasNoRoom;
        }
    }

    /// <summary>Whether <see cref="Shutdown"/> was called: it takes no more items.</summary>
    public bool IsShutDown
    {
        get
        {
            NoteLook();
            return _isShutDown;
        }
    }

    /// <summary>Says that the work on an item that was gotten is done; the last one lets <see cref="JoinAsync"/> return.</summary>
    /// <exception cref="TooManyReleasesException">Said more often than items were put in.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void TaskDone()
    {
        _loop.CheckThread();
        EventLoop.NoteUseOnRunning(_finished, UseKind.Count);
        if (_unfinished == 0)
        {
            throw new TooManyReleasesException(
                $"TaskDone of {_title} {Places.Here()}: the work on every item that was put in is reported as done already. "
                + "Call it once for each item gotten.");
        }

        if (--_unfinished == 0)
        {
            _finished.Set();
        }
    }

    /// <summary>Waits until the work on every item is done (<see cref="TaskDone"/>); takes no tick if it is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the queue.</exception>
    public ValueTask JoinAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        EventLoop.NoteUseOnRunning(_finished, UseKind.Take);
        return _unfinished > 0 ? _finished.WaitAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>
    /// Ends the queue: nothing more can be put in, and nothing gotten once it is empty. All who wait are woken to see it. A
    /// second call may still drop the items.
    /// </summary>
    /// <param name="immediate">Whether to drop the items that are in it, which counts as work done.</param>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void Shutdown(bool immediate = false)
    {
        _loop.CheckThread();
        EventLoop.TouchOnRunning(this);
        _isShutDown = true;
        if (immediate)
        {
            _unfinished = Math.Max(0, _unfinished - _items.Count);
            _items.Clear();
            if (_unfinished == 0)
            {
                _finished.Set();
            }
        }

        _getters.TakeAndWakeAll();
        _putters.TakeAndWakeAll();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_title} ({_items.Count} items{(MaxSize > 0 ? $" of {MaxSize}" : "")}{Waiting(_getters.Count, "getting")}{Waiting(_putters.Count, "putting")}"
        + $"{(_unfinished > 0 ? $", {_unfinished} unfinished" : "")}{(_isShutDown ? ", shut down" : "")})";

    private bool HasNone => _items.Count == 0;

    private bool HasNoRoom => MaxSize > 0 && _items.Count >= MaxSize;

    private void NoteLook() => EventLoop.TouchOnRunning(this, isWrite: false);

    // Stands in line, or leaves it without what it came for: no operation, but others may get their turn by it.
    private void NoteLine() => EventLoop.NoteUseOnRunning(this, UseKind.Change);

    private static string Waiting(int count, string what) => count > 0 ? $", {count} {what}" : "";

    private QueueShutDownException ShutDown(string what, string advice) => new($"{what} {_title} {Places.Here()}: it was shut down{advice}");
}
