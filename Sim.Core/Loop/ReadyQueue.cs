namespace Sim.Core;

/// <summary>
/// The callbacks that are ready, oldest first: a ring buffer whose entries are in the order of their sequence numbers.
/// Loop thread only.
/// </summary>
internal sealed class ReadyQueue
{
    private ReadyItem[] _ring = new ReadyItem[64];
    private int _head;
    private int _cancelled;
    private long _nextSequence = 1;

    /// <summary>Entries in the queue, cancelled ones included: they keep their turn (rule 11).</summary>
    public int Count { get; private set; }

    /// <summary>Entries that will run.</summary>
    public int LiveCount => Count - _cancelled;

    /// <summary>The number that the next entry gets.</summary>
    public long NextSequence => _nextSequence;

    public ref ReadyItem this[int index] => ref _ring[(_head + index) & (_ring.Length - 1)];

    public long Add(Delegate callback, object? state, LoopContext? context, ExecutionContext? flow)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        // The slot is empty: a null need not be written.
        ref var item = ref _ring[(_head + Count) & (_ring.Length - 1)];
        item.Callback = callback;
        item.State = state;
        item.Context = context;
        if (flow is not null)
        {
            item.Flow = flow;
        }

        item.Sequence = _nextSequence;
        Count++;
        return _nextSequence++;
    }

    /// <summary>The oldest entry; its callback is null when it was cancelled.</summary>
    public ref ReadyItem First => ref _ring[_head];

    public void DropFirst()
    {
        ref var slot = ref _ring[_head];
        _cancelled -= slot.Callback is null ? 1 : 0;
        slot = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
    }

    /// <summary>Takes the entry at <paramref name="index"/>; the others keep their order.</summary>
    public void TakeAt(int index, out ReadyItem item)
    {
        item = this[index];
        for (var i = index; i > 0; i--)
        {
            this[i] = this[i - 1];
        }

        this[0] = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
    }

    /// <summary>Drops the entries that were cancelled, so that an index counts live ones only.</summary>
    public void DropCancelled()
    {
        if (_cancelled == 0)
        {
            return;
        }

        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Callback is not null)
            {
                this[kept++] = this[i];
            }
        }

        for (var i = kept; i < Count; i++)
        {
            this[i] = default;
        }

        Count = kept;
        _cancelled = 0;
    }

    /// <summary>Whether the entry with this sequence number waits and is not cancelled.</summary>
    public bool Contains(long sequence) => Find(sequence) is var index && index >= 0 && this[index].Callback is not null;

    /// <summary>Cancels an entry and lets go of what it refers to; false when it has left the queue or is cancelled.</summary>
    public bool Cancel(long sequence)
    {
        var index = Find(sequence);
        if (index < 0 || this[index].Callback is null)
        {
            return false;
        }

        this[index] = new ReadyItem { Sequence = sequence };
        _cancelled++;
        return true;
    }

    public void Clear()
    {
        Array.Clear(_ring);
        _head = 0;
        Count = 0;
        _cancelled = 0;
    }

    /// <summary>Throws when the queue is inconsistent. O(n).</summary>
    public void AssertInvariants()
    {
        var cancelled = 0;
        for (var i = 0; i < Count; i++)
        {
            cancelled += this[i].Callback is null ? 1 : 0;
            Invariant.Holds(i == 0 || this[i - 1].Sequence < this[i].Sequence, "Ready callbacks stand in the order of their sequence numbers.");
        }

        Invariant.Holds(cancelled == _cancelled, "The count of cancelled callbacks is the number of them in the queue.");
    }

    // Entries are sorted by sequence number, and without gaps as long as nothing was taken out of order.
    private int Find(long sequence)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var found = this[middle].Sequence;
            if (found == sequence)
            {
                return middle;
            }

            if (found < sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    private void Grow()
    {
        var larger = new ReadyItem[_ring.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _head = 0;
    }
}
