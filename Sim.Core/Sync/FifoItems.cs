namespace Sim.Core;

/// <summary>Items of which the oldest is the next.</summary>
internal sealed class FifoItems<T> : IItems<T>
{
    private readonly Queue<T> _items = new();

    public int Count => _items.Count;

    public void Add(T item) => _items.Enqueue(item);

    public T Take() => _items.Dequeue();

    public void Clear() => _items.Clear();
}
