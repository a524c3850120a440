using Sim.Core;

namespace Sim.Properties;

/// <summary>What the tasks of a storm share, and a note of everything that must not happen.</summary>
internal sealed class StormWorld
{
    /// <summary>Units of the semaphore, and room in a queue.</summary>
    public const int Units = 2;
    public const int Room = 2;

    private readonly StormParts _parts;
    private readonly ILockUnderStorm[] _locks;
    private readonly ILockUnderStorm _units;
    private readonly StormLine _atEvent;
    private readonly AsyncEvent _event = new();
    private readonly List<StormQueue> _queues = [];
    private readonly int[] _lastServed = new int[Storm.Locks + 1];
    private readonly int[] _holders = new int[Storm.Locks + 1];
    private int _tickets;

    /// <param name="isFair">Whether the schedule is first in, first out, so that the order of service can be checked.</param>
    /// <param name="parts">What the storm rages over.</param>
    public StormWorld(bool isFair, StormParts parts)
    {
        IsFair = isFair;
        _parts = parts;
        _locks = [.. Enumerable.Range(0, Storm.Locks).Select(_ => parts.MakeLock())];
        _units = parts.MakeSemaphore();
        _atEvent = new StormLine(this, "a signal");
        _queues.Add(new StormQueue(this, parts.MakeQueue()));
    }

    public bool IsFair { get; }

    public AsyncCondition Condition { get; } = new();

    public AsyncBarrier Barrier { get; } = new(2);

    /// <summary>The one that was not shut down.</summary>
    public StormQueue Queue => _queues[^1];

    public List<string> Violations { get; } = [];

    public Task HoldLockAsync(int which, Func<Task> body, CancellationToken token) => HoldAsync(_locks[which], which, most: 1, body, token);

    public Task HoldUnitAsync(Func<Task> body, CancellationToken token) => HoldAsync(_units, Storm.Locks, Units, body, token);

    public Task PutAsync(CancellationToken token) => Queue.PutAsync(++_tickets, token);

    public async Task WaitForSignalAsync(CancellationToken token) => await _atEvent.WaitAsync(_event.WaitAsync(token));

    /// <summary>Lets go on who waits at this moment.</summary>
    public void Signal()
    {
        _event.Set();
        _event.Clear();
    }

    /// <summary>Ends the queue; there is a new one from then on.</summary>
    public void Shutdown(bool immediate)
    {
        Queue.Shutdown(immediate);
        _queues.Add(new StormQueue(this, _parts.MakeQueue()));
    }

    /// <summary>Gives everybody who waits for a queue, the event, the condition or the barrier a way out.</summary>
    public async Task RescueAsync()
    {
        _queues.ForEach(static queue => queue.Look());
        Signal();
        using (await Condition.AcquireAsync())
        {
            Condition.NotifyAll();
        }

        await Barrier.ResetAsync();
        _queues.ForEach(static queue => queue.Drain());
        await Queue.FeedAsync(++_tickets);
    }

    /// <summary>When all tasks have ended: nothing is held, nothing is lost.</summary>
    public async Task CheckAtTheEndAsync()
    {
        for (var i = 0; i < _locks.Length; i++)
        {
            Check(!_locks[i].IsLocked && _holders[i] == 0, $"lock {i} is free at the end");
        }

        Check(!Condition.IsLocked, "the condition's lock is free at the end");
        Check(Barrier is { Waiting: 0, IsBroken: false }, "nobody is left at the barrier at the end");
        _queues.ForEach(static queue => queue.CheckAtTheEnd());
        for (var i = 0; i < Units; i++)
        {
            Check(!_units.IsLocked, $"unit {i} of the semaphore can be had at the end");
            if (!_units.IsLocked)
            {
                await _units.AcquireAsync(CancellationToken.None);
            }
        }

        Check(_units.IsLocked, "the semaphore has no unit too many at the end");
    }

    public void Check(bool holds, string sentence)
    {
        if (!holds)
        {
            Violations.Add($"Not so: {sentence}.");
        }
    }

    private async Task HoldAsync(ILockUnderStorm held, int which, int most, Func<Task> body, CancellationToken token)
    {
        var ticket = ++_tickets;
        await held.AcquireAsync(token);
        _holders[which]++;
        Check(_holders[which] <= most, $"no more than {most} hold {which}");
        Check(!IsFair || ticket > _lastServed[which], $"{which} is served in the order of arrival");
        _lastServed[which] = ticket;
        try
        {
            await body();
        }
        finally
        {
            _holders[which]--;
            held.Release();
        }
    }
}
