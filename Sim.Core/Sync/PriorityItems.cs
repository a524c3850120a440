namespace Sim.Core;

/// <summary>
/// Items of which the least is the next, and of equal ones the oldest: a binary heap, ordered by the comparer and the number
/// of each item. All is compared before anything is moved, so that a comparer that throws leaves it as it was.
/// </summary>
internal sealed class PriorityItems<T>(IComparer<T> comparer) : IItems<T>
{
    private readonly List<(T Item, long Number)> _heap = [];
    private long _lastNumber;

    public int Count => _heap.Count;

    public void Add(T item)
    {
        var added = (item, ++_lastNumber);
        var place = _heap.Count;
        var top = place;
        while (top > 0 && IsBefore(added, _heap[Parent(top)]))
        {
            top = Parent(top);
        }

        _heap.Add(added);
        for (; place != top; place = Parent(place))
        {
            _heap[place] = _heap[Parent(place)];
        }

        _heap[top] = added;
    }

    public T Take()
    {
        // The last one goes to where it belongs on the way down; what stands above it on this way moves up by one.
        var count = _heap.Count - 1;
        var moved = _heap[count];
        var place = 0;
        for (var child = 1; child < count; child = 2 * place + 1)
        {
            child += child + 1 < count && IsBefore(_heap[child + 1], _heap[child]) ? 1 : 0;
            if (!IsBefore(_heap[child], moved))
            {
                break;
            }

            place = child;
        }

        _heap.RemoveAt(count);
        if (count == 0)
        {
            return moved.Item;
        }

        for (; place > 0; place = Parent(place))
        {
            (_heap[place], moved) = (moved, _heap[place]);
        }

        (_heap[0], moved) = (moved, _heap[0]);
        return moved.Item;
    }

    public void Clear() => _heap.Clear();

    private static int Parent(int place) => (place - 1) / 2;

    private bool IsBefore((T Item, long Number) left, (T Item, long Number) right)
    {
        var order = comparer.Compare(left.Item, right.Item);
        return order < 0 || (order == 0 && left.Number < right.Number);
    }
}
