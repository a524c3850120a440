namespace Sim.Clock;

/// <summary>
/// Timers ordered by (deadline, sequence): equal deadlines come out in the order in which they went in (invariant A6).
/// An intrusive 4-ary heap: O(log n) to add, to take and to remove. A removed entry leaves at once, so none of
/// asyncio's bookkeeping for cancelled timers (rule 10: lazy removal at the head, purge above 100) is needed to get its
/// visible effects: a cancelled timer never causes a wake-up. The heap holds the keys beside the entries, so that finding
/// the earliest child does not visit the children. One thread at a time.
/// </summary>
public sealed class TimerQueue
{
    private const int Arity = 4;

    private Node[] _heap = new Node[16];
    private long _sequence;

    /// <summary>How many entries wait.</summary>
    public int Count { get; private set; }

    /// <summary>The earliest deadline, or null when nothing waits.</summary>
    public Instant? NextDeadline => Count == 0 ? null : new Instant(_heap[0].When);

    /// <summary>The entry that is due first, or null when nothing waits.</summary>
    public TimerEntry? First => Count == 0 ? null : _heap[0].Entry;

    /// <summary>Queues <paramref name="entry"/> for <paramref name="when"/>, behind all others with that deadline.</summary>
    /// <exception cref="InvalidOperationException">The entry already waits.</exception>
    public void Add(TimerEntry entry, Instant when)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.IsQueued)
        {
            throw new InvalidOperationException("The timer entry already waits in a queue: remove it before adding it again.");
        }

        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        entry.When = when;
        entry.Sequence = _sequence;
        SiftUp(new Node(when.Ticks, _sequence++, entry), Count++);
    }

    /// <summary>Takes <paramref name="entry"/> out; false when it does not wait.</summary>
    public bool Remove(TimerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var slot = entry.Slot;
        if (slot == TimerEntry.NotQueued)
        {
            return false;
        }

        if (slot >= Count || !ReferenceEquals(_heap[slot].Entry, entry))
        {
            throw new InvalidOperationException("The timer entry waits in another queue.");
        }

        RemoveAt(slot);
        return true;
    }

    /// <summary>Takes out the first entry whose deadline is <paramref name="now"/> or earlier (rule 6: due when when &lt;= now).</summary>
    public bool TryTakeDue(Instant now, out TimerEntry entry)
    {
        if (Count == 0 || _heap[0].When > now.Ticks)
        {
            entry = null!;
            return false;
        }

        entry = _heap[0].Entry;
        RemoveAt(0);
        return true;
    }

    /// <summary>Takes out everything, in no particular order.</summary>
    public void Clear()
    {
        for (var i = 0; i < Count; i++)
        {
            _heap[i].Entry.Slot = TimerEntry.NotQueued;
            _heap[i] = default;
        }

        Count = 0;
    }

    /// <summary>The entries that wait, first due first. A copy, for reports.</summary>
    public IReadOnlyList<TimerEntry> ToSortedList()
    {
        var copy = _heap[..Count];
        Array.Sort(copy, static (a, b) => a.When != b.When ? a.When.CompareTo(b.When) : a.Sequence.CompareTo(b.Sequence));
        return Array.ConvertAll(copy, static node => node.Entry);
    }

    /// <summary>Throws when the queue has lost its order. O(n).</summary>
    /// <exception cref="InvalidOperationException">There is a defect in this class.</exception>
    public void AssertInvariants()
    {
        for (var i = 0; i < Count; i++)
        {
            var (when, sequence, entry) = _heap[i];
            Check(entry.Slot == i, "Every entry knows its own slot.");
            Check(entry.When.Ticks == when && entry.Sequence == sequence, "The keys beside an entry are its own.");
            Check(i == 0 || !Before(in _heap[i], in _heap[(i - 1) / Arity]), "No entry is due before its parent.");
        }

        Check(Count == _heap.Length || _heap[Count].Entry is null, "Nothing is kept alive behind the last entry.");
    }

    private static void Check(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Timer queue invariant violated: {sentence}");
        }
    }

    private static bool Before(in Node a, in Node b) => a.When < b.When || (a.When == b.When && a.Sequence < b.Sequence);

    private void RemoveAt(int slot)
    {
        _heap[slot].Entry.Slot = TimerEntry.NotQueued;
        var last = _heap[--Count];
        _heap[Count] = default;
        if (slot == Count)
        {
            return;
        }

        // The last entry fills the gap; it may belong above it (other branch of the heap) or below.
        if (slot > 0 && Before(in last, in _heap[(slot - 1) / Arity]))
        {
            SiftUp(in last, slot);
        }
        else
        {
            SiftDown(in last, slot);
        }
    }

    private void SiftUp(in Node node, int slot)
    {
        var heap = _heap;
        while (slot > 0)
        {
            var parent = (slot - 1) / Arity;
            ref var above = ref heap[parent];
            if (!Before(in node, in above))
            {
                break;
            }

            heap[slot] = above;
            above.Entry.Slot = slot;
            slot = parent;
        }

        heap[slot] = node;
        node.Entry.Slot = slot;
    }

    private void SiftDown(in Node node, int slot)
    {
        var heap = _heap;
        while (true)
        {
            var firstChild = (slot * Arity) + 1;
            if (firstChild >= Count)
            {
                break;
            }

            var best = firstChild;
            var end = Math.Min(firstChild + Arity, Count);
            for (var child = firstChild + 1; child < end; child++)
            {
                if (Before(in heap[child], in heap[best]))
                {
                    best = child;
                }
            }

            ref var earliest = ref heap[best];
            if (!Before(in earliest, in node))
            {
                break;
            }

            heap[slot] = earliest;
            earliest.Entry.Slot = slot;
            slot = best;
        }

        heap[slot] = node;
        node.Entry.Slot = slot;
    }

    /// <summary>An entry with its keys.</summary>
    private readonly record struct Node(long When, long Sequence, TimerEntry Entry);
}
