namespace Sim.Core;

/// <summary>
/// The sockets of a loop that have operations under way, or may have: closing the loop closes those that nobody has disposed,
/// because an operation that is under way keeps its socket open, and out of reach of the garbage collector. Loop thread only.
/// </summary>
internal sealed class OpenSockets
{
    private static readonly LoopLocal<OpenSockets> _all = new(static loop => new OpenSockets(loop));

    private readonly LinkedList<IDisposable> _open = new();

    private OpenSockets(EventLoop loop) => loop.Closing += CloseAll;

    /// <summary>Those of a loop.</summary>
    public static OpenSockets Of(EventLoop loop) => _all[loop];

    /// <summary>Adds one, until it leaves.</summary>
    public Place Add(IDisposable socket) => new(_open, _open.AddLast(socket));

    private void CloseAll()
    {
        while (_open.First is { } first)
        {
            first.Value.Dispose();
        }
    }

    /// <summary>The place of one.</summary>
    internal readonly struct Place(LinkedList<IDisposable> list, LinkedListNode<IDisposable> node)
    {
        /// <summary>To be called once, when it is disposed.</summary>
        public void Leave() => list.Remove(node);
    }
}
