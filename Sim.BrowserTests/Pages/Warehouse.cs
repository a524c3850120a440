using Sim.Core;
using Sim.Testing;

namespace Sim.BrowserTests;

/// <summary>
/// A scenario of a hundred thousand events: pickers walk to the shelves, take what they need and come back. Two clerks count the
/// stock meanwhile without a lock, so that in some schedules a count is lost.
/// </summary>
internal static class Warehouse
{
    private const int Pickers = 40;
    private const int Errands = 420;

    private static readonly string[] _clerks = ["ann", "bob"];

    public static Scenario Scenario { get; } = new("warehouse", RunAsync);

    private static async Task RunAsync()
    {
        var counted = 0;
        var pickers = Enumerable.Range(1, Pickers)
            .Select(number => Asyncio.CreateTask(() => PickAsync(number), $"picker-{number}")).ToArray();
        var clerks = _clerks.Select(name => Asyncio.CreateTask(CountAsync, name)).ToArray();
        await Asyncio.GatherAsync<ValueTuple>([.. pickers, .. clerks]);
        if (counted != clerks.Length)
        {
            throw new InvalidOperationException($"Of {clerks.Length} counts {counted} is in the books.");
        }

        async Task CountAsync()
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(9_000));
            var before = counted;
            Asyncio.GetRunningLoop().Note($"reads {before}");
            await Asyncio.YieldAsync();
            counted = before + 1;
            Asyncio.GetRunningLoop().Note($"writes {counted}");
        }
    }

    private static async Task PickAsync(int number)
    {
        var loop = Asyncio.GetRunningLoop();
        for (var errand = 1; errand <= Errands; errand++)
        {
            await Asyncio.YieldAsync();
            loop.Note($"takes errand {errand}");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(20 + ((number * 7 + errand * 3) % 11)));
        }
    }
}
