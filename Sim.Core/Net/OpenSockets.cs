namespace Sim.Core;

/// <summary>
/// The sockets of a loop that go by completions, until they are disposed. Closing the loop closes those that are left: the
/// platform keeps a socket that has had operations out of reach of the garbage collector, and nobody can use it any more. Loop
/// thread only.
/// </summary>
internal sealed class OpenSockets
{
    private static readonly LoopLocal<OpenSockets> _all = new(static loop => new OpenSockets(loop));

    private readonly LinkedList<IDisposable> _open = new();

    private OpenSockets(EventLoop loop) => loop.Closing += CloseAll;

    /// <summary>Adds one to those of a loop.</summary>
    /// <returns>Its place, to <see cref="Remove"/> it.</returns>
    public static LinkedListNode<IDisposable> Add(EventLoop loop, IDisposable socket) => _all[loop]._open.AddLast(socket);

    /// <summary>It is disposed.</summary>
    public static void Remove(LinkedListNode<IDisposable> place) => place.List?.Remove(place);

    private void CloseAll()
    {
        while (_open.First is { } first)
        {
            _open.RemoveFirst();
            first.Value.Dispose();
        }
    }
}
