namespace Sim.Core;

/// <summary>
/// What of the networks of a loop is open: connections, listeners, datagram sockets. What still is when the loop is closed is
/// told to the log, as asyncio's <c>ResourceWarning</c> does, and its descriptors are given back at once instead of whenever the
/// finalizer comes. Loop thread only.
/// </summary>
internal sealed class OpenEnds
{
    private const int Named = 3;

    private static readonly LoopLocal<OpenEnds> _ofLoop = new(static loop => new OpenEnds(loop));

    private readonly EventLoop _loop;

    // In the order in which they were opened.
    private readonly LinkedList<OpenEnd> _open = [];

    private OpenEnds(EventLoop loop)
    {
        _loop = loop;
        loop.Closing += TellAndClose;
    }

    /// <summary>Something is open from now on.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="end">What it is, by its text.</param>
    /// <param name="descriptor">What to dispose with the loop; null = nothing of the machine.</param>
    /// <returns>What to give to <see cref="Remove"/>.</returns>
    public static LinkedListNode<OpenEnd> Add(EventLoop loop, object end, IDisposable? descriptor) =>
        _ofLoop[loop]._open.AddLast(new OpenEnd(end, descriptor));

    /// <summary>It is closed now. A second call does nothing.</summary>
    public static void Remove(LinkedListNode<OpenEnd> place) => place.List?.Remove(place);

    private void TellAndClose()
    {
        if (_open.Count == 0)
        {
            return;
        }

        var some = string.Join(", ", _open.Take(Named).Select(static open => open.What));
        var more = _open.Count > Named ? $", and {_open.Count - Named} more" : "";
        _loop.WriteLog($"{_loop.Time} {_loop.Options.Name} is closed, and of its network there is still open: {some}{more}. "
            + "It is closed now too, as if the program had ended: dispose it before.");
        foreach (var open in _open)
        {
            open.Descriptor?.Dispose();
        }

        _open.Clear();
    }
}
