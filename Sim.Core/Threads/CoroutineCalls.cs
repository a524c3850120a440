namespace Sim.Core;

/// <summary>The coroutines of a loop for which other threads wait: at its close none of them waits for ever. Any thread.</summary>
internal sealed class CoroutineCalls
{
    private static readonly LoopLocal<CoroutineCalls> _local = new(static loop => new CoroutineCalls(loop));

    private readonly LinkedList<ICoroutineCall> _open = [];
    private readonly EventLoop _loop;
    private bool _isClosed;

    private CoroutineCalls(EventLoop loop)
    {
        _loop = loop;
        loop.Closing += Close;
    }

    public static CoroutineCalls Of(EventLoop loop) => _local[loop];

    /// <exception cref="LoopClosedException">The loop is closed, or closing.</exception>
    public LinkedListNode<ICoroutineCall> Add(ICoroutineCall call)
    {
        lock (_open)
        {
            if (!_isClosed)
            {
                return _open.AddLast(call);
            }
        }

        throw Closed(_loop);
    }

    public void Remove(LinkedListNode<ICoroutineCall> place)
    {
        lock (_open)
        {
            if (place.List is not null)
            {
                _open.Remove(place);
            }
        }
    }

    public static LoopClosedException Closed(EventLoop loop) => new(
        $"{loop.Options.Name} was closed before the coroutine had ended: nothing runs on it any more. Close the loop when nobody waits for it.");

    private void Close()
    {
        ICoroutineCall[] left;
        lock (_open)
        {
            _isClosed = true;
            left = [.. _open];
            _open.Clear();
        }

        foreach (var call in left)
        {
            call.Abandon();
        }
    }
}
