using Sim.Core;

namespace Sim.Properties;

/// <summary>What the tasks of a storm share, and a note of everything that must not happen.</summary>
internal sealed class StormWorld
{
    public const int Units = 2;

    private readonly bool _isFair;
    private readonly ILockUnderStorm[] _locks;
    private readonly AsyncSemaphore _units = new(Units);
    private readonly AsyncQueue<int> _queue = new(maxSize: 2);
    private readonly int[] _lastServed = new int[Storm.Locks + 1];
    private readonly int[] _holders = new int[Storm.Locks + 1];
    private readonly List<int> _stored = [];
    private readonly List<int> _taken = [];
    private int _tickets;

    /// <param name="isFair">Whether the schedule is first in, first out, so that the order of service can be checked.</param>
    /// <param name="makeLock">Makes the locks.</param>
    public StormWorld(bool isFair, Func<ILockUnderStorm> makeLock)
    {
        _isFair = isFair;
        _locks = [.. Enumerable.Range(0, Storm.Locks).Select(_ => makeLock())];
    }

    public AsyncEvent Event { get; } = new();

    public AsyncCondition Condition { get; } = new();

    public AsyncBarrier Barrier { get; } = new(2);

    public List<string> Violations { get; } = [];

    public async Task HoldLockAsync(int which, Func<Task> body)
    {
        var ticket = ++_tickets;
        await _locks[which].AcquireAsync();
        Serve(which, ticket, most: 1);
        try
        {
            await body();
        }
        finally
        {
            _holders[which]--;
            _locks[which].Release();
        }
    }

    public async Task HoldUnitAsync(Func<Task> body)
    {
        var ticket = ++_tickets;
        using var unit = await _units.AcquireAsync();
        Serve(Storm.Locks, ticket, Units);
        try
        {
            await body();
        }
        finally
        {
            _holders[Storm.Locks]--;
        }
    }

    public async Task PutAsync()
    {
        var item = ++_tickets;
        await _queue.PutAsync(item);
        _stored.Add(item);
    }

    public async Task GetAsync() => _taken.Add(await _queue.GetAsync());

    /// <summary>Gives everybody who waits for the queue, the event, the condition or the barrier a way out.</summary>
    public async Task RescueAsync()
    {
        Event.Set();
        using (await Condition.AcquireAsync())
        {
            Condition.NotifyAll();
        }

        await Barrier.ResetAsync();
        if (_queue.IsFull)
        {
            _taken.Add(_queue.GetNoWait());
        }
        else
        {
            await PutAsync();
        }
    }

    /// <summary>When all tasks have ended: nothing is held, nothing is lost.</summary>
    public async Task CheckAtTheEndAsync()
    {
        for (var i = 0; i < _locks.Length; i++)
        {
            Check(!_locks[i].IsLocked && _holders[i] == 0, $"lock {i} is free at the end");
        }

        while (_queue.TryGet(out var item))
        {
            _taken.Add(item);
        }

        Check(!Condition.IsLocked, "the condition's lock is free at the end");
        Check(_taken.SequenceEqual(_stored), $"what was put in [{string.Join(',', _stored)}] comes out, in this order: [{string.Join(',', _taken)}]");
        for (var i = 0; i < Units; i++)
        {
            Check(!_units.IsLocked, $"unit {i} of the semaphore can be had at the end");
            if (!_units.IsLocked)
            {
                await _units.AcquireAsync();
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

    private void Serve(int which, int ticket, int most)
    {
        _holders[which]++;
        Check(_holders[which] <= most, $"no more than {most} hold {which}");
        Check(!_isFair || ticket > _lastServed[which], $"{which} is served in the order of arrival");
        _lastServed[which] = ticket;
    }
}
