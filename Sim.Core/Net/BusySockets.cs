namespace Sim.Core;

/// <summary>
/// The sockets of a loop that have operations under way. Closing the loop closes them: an operation that is under way keeps its
/// socket open and out of reach of the garbage collector, and nobody can use it any more. Loop thread only.
/// </summary>
internal sealed class BusySockets
{
    private static readonly LoopLocal<BusySockets> _all = new(static loop => new BusySockets(loop));

    private readonly LinkedList<IDisposable> _busy = new();

    private BusySockets(EventLoop loop) => loop.Closing += CloseAll;

    /// <summary>Those of a loop.</summary>
    public static BusySockets Of(EventLoop loop) => _all[loop];

    /// <summary>An operation has begun.</summary>
    public void Add(LinkedListNode<IDisposable> place) => _busy.AddLast(place);

    /// <summary>It is over.</summary>
    public void Remove(LinkedListNode<IDisposable> place)
    {
        if (place.List is not null)
        {
            _busy.Remove(place);
        }
    }

    private void CloseAll()
    {
        while (_busy.First is { } first)
        {
            _busy.Remove(first);
            first.Value.Dispose();
        }
    }
}
