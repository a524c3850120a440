using Sim.Core;

namespace Sim.Tests;

/// <summary>Tests that fail by how they wait. No fixture of the suite: the methods carry no attribute.</summary>
internal sealed class WaitingFailures
{
    private readonly AsyncLock _savings = new("savings");
    private readonly AsyncLock _cheques = new("cheques");
    private readonly AsyncCondition _filled = new();
    private bool _isFilled;

    public async Task TransfersCross() =>
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => TransferAsync(_savings, _cheques), "rent"),
            Asyncio.CreateTask(() => TransferAsync(_cheques, _savings), "salary"));

    public async Task NotifiedTooEarly()
    {
        var filler = Asyncio.CreateTask(FillAsync, "filler");
        var drinker = Asyncio.CreateTask(DrinkAsync, "drinker");
        await Asyncio.GatherAsync(filler, drinker);
    }

    public async Task HeartbeatGoesOn()
    {
        _ = Asyncio.CreateTask(BeatAsync, "heartbeat");
        await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
    }

    public async Task PollsForEver()
    {
        var poller = Asyncio.CreateTask(PollAsync, "poller");
        await poller;
    }

    public async Task WaitsTooLong()
    {
        var download = Asyncio.CreateTask(DownloadAsync, "download");
        await download;
    }

    private static async Task TransferAsync(AsyncLock from, AsyncLock to)
    {
        using (await from.AcquireAsync())
        {
            await Asyncio.YieldAsync();
            using (await to.AcquireAsync())
            {
                await Asyncio.YieldAsync();
            }
        }
    }

    private async Task FillAsync()
    {
        using (await _filled.AcquireAsync())
        {
            _isFilled = true;
            _filled.NotifyAll();
        }
    }

    private async Task DrinkAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        using (await _filled.AcquireAsync())
        {
            if (_isFilled)
            {
                // The mistake: what was looked for is there, and nobody will notify again.
                await _filled.WaitAsync();
            }
        }
    }

    private static async Task BeatAsync()
    {
        while (true)
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(10));
        }
    }

    private async Task PollAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(3));
        while (!_isFilled)
        {
            await Asyncio.YieldAsync();
        }
    }

    private static async Task DownloadAsync()
    {
        for (var part = 0; part < 3; part++)
        {
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(25));
        }
    }
}
