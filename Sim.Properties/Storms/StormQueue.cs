using Sim.Clock;
using Sim.Core;

namespace Sim.Properties;

/// <summary>A queue of the storm with its books: what went in, what came out, and who waits.</summary>
internal sealed class StormQueue(StormWorld world, IQueueUnderStorm queue)
{
    private readonly List<int> _stored = [];
    private readonly List<int> _taken = [];
    private bool _lookedStuck;
    private Instant _lookedAt;

    private StormLine Getters => field ??= new(world, "an item", Look);

    private StormLine Putters => field ??= new(world, "room in the queue", Look);

    /// <summary>
    /// Called whenever something happens: in virtual time that moves, all who were woken have run, if the schedule is fair.
    /// Who still waits for what is there was forgotten.
    /// </summary>
    public void Look()
    {
        var now = Asyncio.GetRunningLoop().Time;
        world.Check(!world.IsFair || !_lookedStuck || now == _lookedAt, "nobody waits for ever for what is there");
        _lookedStuck = (Getters.Count > 0 && queue.Count > 0) || (Putters.Count > 0 && !queue.IsFull);
        _lookedAt = now;
    }

    public async Task PutAsync(int item, CancellationToken token)
    {
        Look();
        await Putters.WaitAsync(queue.PutAsync(item, token));
        _stored.Add(item);
        Look();
    }

    public async Task GetAsync(CancellationToken token)
    {
        Look();
        await WorkAsync(await Getters.WaitAsync(queue.GetAsync(token)));
    }

    public async Task ReadAsync(int most, CancellationToken token)
    {
        await using var reader = queue.ReadAll(token);
        while (most-- > 0 && await Getters.WaitAsync(reader.MoveNextAsync()))
        {
            await WorkAsync(reader.Current);
        }
    }

    public async Task JoinAsync(CancellationToken token) => await queue.JoinAsync(token);

    public void Shutdown(bool immediate)
    {
        var left = queue.Count;
        queue.Shutdown(immediate);
        if (immediate)
        {
            _taken.AddRange(_stored.TakeLast(left));
        }
    }

    /// <summary>Takes out what is there: who waits for room or for the end of all work can go on.</summary>
    public void Drain()
    {
        while (queue.TryGet(out var item))
        {
            Getters.Pass();
            _taken.Add(item);
            queue.TaskDone();
        }
    }

    /// <summary>Lets one who waits for an item go on.</summary>
    public async Task FeedAsync(int item)
    {
        if (Getters.Count > 0 && !queue.IsFull)
        {
            await PutAsync(item, CancellationToken.None);
        }
    }

    public void CheckAtTheEnd()
    {
        Drain();
        world.Check(
            _taken.SequenceEqual(_stored),
            $"what was put in [{string.Join(',', _stored)}] comes out, in this order: [{string.Join(',', _taken)}]");
        world.Check(queue.JoinAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully, "all work is done at the end");
    }

    // The work is done a step later, whatever strikes meanwhile.
    private async Task WorkAsync(int item)
    {
        _taken.Add(item);
        Look();
        try
        {
            await Asyncio.YieldAsync();
        }
        finally
        {
            queue.TaskDone();
        }
    }
}
