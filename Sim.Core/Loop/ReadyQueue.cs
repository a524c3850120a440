using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// The callbacks that are ready, oldest first: a ring buffer whose entries are in the order of their sequence numbers.
/// Loop thread only.
/// </summary>
/// <param name="callbacks">The context of plain callbacks.</param>
internal struct ReadyQueue(LoopContext callbacks)
{
    // As long as a power of two.
    private ReadyItem[] _ring = new ReadyItem[64];

    // They only rise; the lowest bits of a number are a slot. An entry is put at its sequence number, and may move up from there.
    private long _head = 1;
    private long _tail = 1;
    private int _cancelled;
    private int _mask = 63;

    /// <summary>Entries in the queue, cancelled ones included: they keep their turn (rule 11).</summary>
    public int Count => (int)(_tail - _head);

    /// <summary>Entries that will run.</summary>
    public int LiveCount => Count - _cancelled;

    /// <summary>The number in whose slot the oldest entry is; as long as nothing was taken out of order, its own.</summary>
    public long FirstSequence => _head;

    /// <summary>The number that the next entry gets.</summary>
    public long NextSequence => _tail;

    public readonly ref ReadyItem this[int index] => ref SlotOf(_ring, _head + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Add(Delegate callback, object? state, object? place)
    {
        var sequence = _tail;
        if (sequence - _head > _mask)
        {
            Grow();
        }

        // The slot is empty: a null need not be written, and each reference that is costs a write barrier.
        ref var item = ref _ring[(int)sequence & _mask];
        item.Callback = callback;
        if (state is not null)
        {
            item.State = state;
        }

        if (place is not null)
        {
            item.Place = place;
        }

        item.Sequence = sequence;
        _tail = sequence + 1;
        return sequence;
    }

    /// <summary>The one word for a synchronization context and an execution context.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public object? PlaceOf(LoopContext? context, ExecutionContext? flow) =>
        flow is null ? context : ReferenceEquals(context, callbacks) ? flow : new ContextAndFlow(context, flow);

    /// <summary>The synchronization context that a <see cref="ReadyItem.Place"/> stands for, and the execution context.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LoopContext? Resolve(object? place, out ExecutionContext? flow)
    {
        flow = null;
        if (place is null)
        {
            return null;
        }

        // Both types are sealed, so that comparing types is enough; and there is no third one.
        if (place.GetType() == typeof(ExecutionContext))
        {
            flow = Unsafe.As<ExecutionContext>(place);
            return callbacks;
        }

        if (place.GetType() == typeof(ContextAndFlow))
        {
            flow = Unsafe.As<ContextAndFlow>(place).Flow;
            return Unsafe.As<ContextAndFlow>(place).Context;
        }

        return Unsafe.As<LoopContext>(place);
    }

    /// <summary>The task or callback context of an entry; null for a completion of the loop itself.</summary>
    public LoopContext? ContextOf(int index) => Resolve(this[index].Place, out _);

    /// <summary>
    /// Takes out the oldest entry. If it was cancelled, the result is null, and <see cref="NoteTakenCancelled"/> is to follow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Delegate? TakeFirst(out object? state, out object? place)
    {
        // Field by field: a copy of the whole struct costs a write barrier for each of its references.
        ref var slot = ref _ring[(int)_head++ & _mask];
        var callback = slot.Callback;
        (state, place) = (slot.State, slot.Place);
        (slot.Callback, slot.State, slot.Place) = (null, null, null);
        return callback;
    }

    /// <summary>The entry that was taken out had been cancelled.</summary>
    public void NoteTakenCancelled() => _cancelled--;

    /// <summary>Takes the entry at <paramref name="index"/>; the others keep their order.</summary>
    public void TakeAt(int index, out ReadyItem item)
    {
        item = this[index];
        for (var i = index; i > 0; i--)
        {
            this[i] = this[i - 1];
        }

        this[0] = default;
        _head++;
    }

    /// <summary>Drops the entries that were cancelled, so that an index counts live ones only.</summary>
    public void DropCancelled()
    {
        if (_cancelled == 0)
        {
            return;
        }

        // Towards the newest: the next one is put at its number.
        var kept = Count;
        for (var i = Count - 1; i >= 0; i--)
        {
            if (this[i].Callback is not null)
            {
                this[--kept] = this[i];
            }
        }

        for (var i = 0; i < kept; i++)
        {
            this[i] = default;
        }

        _head += kept;
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
        _head = _tail;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ReadyItem SlotOf(ReadyItem[] ring, long number) => ref ring[(int)number & (ring.Length - 1)];

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        var larger = new ReadyItem[_ring.Length * 2];
        for (var number = _head; number < _tail; number++)
        {
            SlotOf(larger, number) = SlotOf(_ring, number);
        }

        _ring = larger;
        _mask = larger.Length - 1;
    }
}
