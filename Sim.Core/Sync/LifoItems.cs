namespace Sim.Core;

/// <summary>Items of which the newest is the next.</summary>
internal sealed class LifoItems<T> : IItems<T>
{
    private readonly Stack<T> _items = new();

    public int Count => _items.Count;

    public void Add(T item) => _items.Push(item);

    public T Take() => _items.Pop();

    public void Clear() => _items.Clear();
}
