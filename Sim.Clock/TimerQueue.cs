using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sim.Clock;

/// <summary>
/// Timers ordered by (deadline, sequence): equal deadlines come out in the order in which they went in (invariant A6).
/// A 4-ary heap: O(log n) to take. Adding one, and taking out one that is not due, are O(1) on average. One thread at a time.
/// </summary>
/// <remarks>
/// The heap holds deadlines and numbers, four to a line of the cache, and a table tells what is behind a number: moving an entry
/// visits no entry and writes down no position. With a million of them, that is most of the cost. For that, what is removed
/// leaves its place in the heap behind, to be dropped at the top or when there are more of these than entries, as asyncio has it
/// (rule 10); the entry itself is let go at once, is not counted, and never causes a wake-up.
/// </remarks>
public sealed class TimerQueue
{
    private const int Arity = 4;

    // Below this many forsaken places the heap is not worth cleaning.
    private const int FewForsaken = 64;

    private Node[] _heap = new Node[16];
    private Place[] _places = new Place[16];
    private int _length;
    private int _forsaken;
    private int _ids;
    private int _firstFree = TimerEntry.NotQueued;
    private long _sequence;

    /// <summary>How many entries wait.</summary>
    public int Count => _length - _forsaken;

    /// <summary>The earliest deadline, or null when nothing waits.</summary>
    public Instant? NextDeadline => _length == 0 ? null : new Instant(_heap[0].When);

    /// <summary>The entry that is due first, or null when nothing waits.</summary>
    public TimerEntry? First => _length == 0 ? null : _places[_heap[0].Id].Entry;

    /// <summary>Queues <paramref name="entry"/> for <paramref name="when"/>, behind all others with that deadline.</summary>
    /// <exception cref="InvalidOperationException">The entry already waits.</exception>
    public void Add(TimerEntry entry, Instant when)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.IsQueued)
        {
            throw new InvalidOperationException("The timer entry already waits in a queue: remove it before adding it again.");
        }

        if (_length == _heap.Length)
        {
            Array.Resize(ref _heap, _length * 2);
            Array.Resize(ref _places, _length * 2);
        }

        var id = _firstFree;
        if (id == TimerEntry.NotQueued)
        {
            id = _ids++;
        }
        else
        {
            _firstFree = (int)_places[id].Sequence;
        }

        entry.When = when;
        entry.Id = id;
        entry.Sequence = _sequence;
        _places[id].Entry = entry;
        _places[id].Sequence = _sequence++;
        SiftUp(new Node(when.Ticks, id), _length++);
    }

    /// <summary>Takes <paramref name="entry"/> out; false when it does not wait.</summary>
    public bool Remove(TimerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var id = entry.Id;
        if (id == TimerEntry.NotQueued)
        {
            return false;
        }

        if (id >= _ids || !ReferenceEquals(_places[id].Entry, entry))
        {
            throw new InvalidOperationException("The timer entry waits in another queue.");
        }

        entry.Id = TimerEntry.NotQueued;
        _places[id].Entry = null;
        _forsaken++;
        if (_heap[0].Id == id)
        {
            DropForsakenAtTop();
        }
        else if (_forsaken > FewForsaken && _forsaken > Count)
        {
            DropForsaken();
        }

        return true;
    }

    /// <summary>Takes out the first entry whose deadline is <paramref name="now"/> or earlier (rule 6: due when when &lt;= now).</summary>
    public bool TryTakeDue(Instant now, out TimerEntry entry)
    {
        if (_length == 0 || _heap[0].When > now.Ticks)
        {
            entry = null!;
            return false;
        }

        ref var place = ref _places[_heap[0].Id];
        entry = place.Entry!;
        place.Entry = null;
        entry.Id = TimerEntry.NotQueued;
        DropTop();
        if (_forsaken > 0)
        {
            DropForsakenAtTop();
        }

        return true;
    }

    /// <summary>Takes out everything, in no particular order.</summary>
    public void Clear()
    {
        for (var i = 0; i < _length; i++)
        {
            if (_places[_heap[i].Id].Entry is { } entry)
            {
                entry.Id = TimerEntry.NotQueued;
            }
        }

        Array.Clear(_places);
        (_length, _forsaken, _ids, _firstFree) = (0, 0, 0, TimerEntry.NotQueued);
    }

    /// <summary>The entries that wait, first due first. A copy, for reports.</summary>
    public IReadOnlyList<TimerEntry> ToSortedList()
    {
        var copy = new List<TimerEntry>(Count);
        for (var i = 0; i < _length; i++)
        {
            if (_places[_heap[i].Id].Entry is { } entry)
            {
                copy.Add(entry);
            }
        }

        copy.Sort(static (a, b) => a.When != b.When ? a.When.CompareTo(b.When) : a.Sequence.CompareTo(b.Sequence));
        return copy;
    }

    /// <summary>Throws when the queue has lost its order. O(n).</summary>
    /// <exception cref="InvalidOperationException">There is a defect in this class.</exception>
    public void AssertInvariants()
    {
        var forsaken = 0;
        for (var i = 0; i < _length; i++)
        {
            var (when, id) = _heap[i];
            var entry = _places[id].Entry;
            forsaken += entry is null ? 1 : 0;
            Check(entry is null || entry.Id == id, "Every entry can be found.");
            Check(entry is null || entry.When.Ticks == when, "The deadline beside an entry is its own.");
            Check(entry is null || entry.Sequence == _places[id].Sequence, "The sequence beside an entry is its own.");
            Check(i == 0 || !Before(_heap[i], _heap[(i - 1) / Arity]), "No entry is due before its parent.");
        }

        Check(forsaken == _forsaken, "The count of the places that were left behind is the number of them.");
        Check(First is not null || _length == 0, "The entry at the top waits.");
        Check(_places.Count(static place => place.Entry is not null) == Count, "Nothing is kept alive that does not wait.");
    }

    private static void Check(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Timer queue invariant violated: {sentence}");
        }
    }

    private bool Before(Node a, Node b) => a.When < b.When || (a.When == b.When && IsOlder(a.Id, b.Id));

    private bool IsOlder(int a, int b) => _places[a].Sequence < _places[b].Sequence;

    private void Free(int id)
    {
        _places[id].Sequence = _firstFree;
        _firstFree = id;
    }

    private void DropTop()
    {
        Free(_heap[0].Id);
        var last = _heap[--_length];
        if (_length > 0)
        {
            SiftDown(last, 0);
            FetchTop();
        }
    }

    // The entry that is due next is most likely not in any cache: it is on its way while the one before it fires.
    private unsafe void FetchTop()
    {
        if (Sse.IsSupported && _places[_heap[0].Id].Entry is { } next)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref next.Id));
        }
    }

    private void DropForsakenAtTop()
    {
        while (_length > 0 && _places[_heap[0].Id].Entry is null)
        {
            DropTop();
            _forsaken--;
        }
    }

    private void DropForsaken()
    {
        var kept = 0;
        for (var i = 0; i < _length; i++)
        {
            var node = _heap[i];
            if (_places[node.Id].Entry is null)
            {
                Free(node.Id);
            }
            else
            {
                _heap[kept++] = node;
            }
        }

        (_length, _forsaken) = (kept, 0);
        // From the last one that has children to the top (Floyd's way to build a heap).
        for (var slot = (_length - 2) / Arity; slot >= 0 && _length > 1; slot--)
        {
            SiftDown(_heap[slot], slot);
        }
    }

    private void SiftUp(Node node, int slot)
    {
        var heap = _heap;
        while (slot > 0)
        {
            var parent = (slot - 1) / Arity;
            var above = heap[parent];
            if (!Before(node, above))
            {
                break;
            }

            heap[slot] = above;
            slot = parent;
        }

        heap[slot] = node;
    }

    private void SiftDown(Node node, int slot)
    {
        var (heap, length) = (_heap, _length);
        while (true)
        {
            var firstChild = (slot * Arity) + 1;
            if (firstChild >= length)
            {
                break;
            }

            var best = firstChild;
            var earliest = heap[best];
            var end = Math.Min(firstChild + Arity, length);
            for (var child = firstChild + 1; child < end; child++)
            {
                var other = heap[child];
                if (Before(other, earliest))
                {
                    (best, earliest) = (child, other);
                }
            }

            if (!Before(earliest, node))
            {
                break;
            }

            heap[slot] = earliest;
            slot = best;
        }

        heap[slot] = node;
    }

    /// <summary>What the heap is ordered by, and whose it is. Among equal deadlines the older entry is first.</summary>
    private readonly record struct Node(long When, int Id);

    /// <summary>What is behind a number: an entry, null if it was removed, and its sequence; of a free number, the next free one.</summary>
    private struct Place
    {
        public TimerEntry? Entry;
        public long Sequence;
    }
}
