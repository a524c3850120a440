namespace Sim.Core;

/// <summary>
/// Those who wait for the same thing, in the order of their arrival. Who wakes whom, and whether one who was woken stays
/// in line until it runs, is the business of each primitive: they differ, and the order of everything depends on it.
/// Loop thread only.
/// </summary>
internal sealed class WaitLine
{
    private Waiter? _first;
    private Waiter? _last;

    /// <summary>How many stand in line, those who are on their way included.</summary>
    public int Count { get; private set; }

    /// <summary>Whether somebody stands in line who was not cancelled: woken or not.</summary>
    public bool HasLive
    {
        get
        {
            for (var waiter = _first; waiter is not null; waiter = waiter.Behind)
            {
                if (!waiter.WasCancelled)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Puts a waiter at the end.</summary>
    public void Join(Waiter waiter)
    {
        waiter.IsInLine = true;
        waiter.Ahead = _last;
        if (_last is null)
        {
            _first = waiter;
        }
        else
        {
            _last.Behind = waiter;
        }

        _last = waiter;
        Count++;
    }

    /// <summary>Takes a waiter out, unless it was taken out already.</summary>
    public void Leave(Waiter waiter)
    {
        if (!waiter.IsInLine)
        {
            return;
        }

        if (waiter.Ahead is null)
        {
            _first = waiter.Behind;
        }
        else
        {
            waiter.Ahead.Behind = waiter.Behind;
        }

        if (waiter.Behind is null)
        {
            _last = waiter.Ahead;
        }
        else
        {
            waiter.Behind.Ahead = waiter.Ahead;
        }

        waiter.Ahead = waiter.Behind = null;
        waiter.IsInLine = false;
        Count--;
    }

    /// <summary>Wakes the very first, who stays in line; nobody if it is on its way or was cancelled.</summary>
    public void WakeHead() => _first?.Wake();

    /// <summary>Wakes the first <paramref name="count"/> of those who are not on their way; they stay in line.</summary>
    /// <returns>How many were woken.</returns>
    public int Wake(int count)
    {
        var woken = 0;
        for (var waiter = _first; waiter is not null && woken < count; waiter = waiter.Behind)
        {
            woken += waiter.Wake() ? 1 : 0;
        }

        return woken;
    }

    /// <summary>Takes waiters out from the front until one could be woken.</summary>
    public void TakeAndWakeOne()
    {
        while (_first is { } first)
        {
            Leave(first);
            if (first.Wake())
            {
                return;
            }
        }
    }

    /// <summary>Takes all out and wakes them.</summary>
    public void TakeAndWakeAll()
    {
        while (_first is { } first)
        {
            Leave(first);
            first.Wake();
        }
    }
}
