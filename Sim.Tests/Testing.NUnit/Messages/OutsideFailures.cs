using Sim.Core;

namespace Sim.Tests;

/// <summary>Tests that fail by what is outside of the simulation. No fixture of the suite: the methods carry no attribute.</summary>
internal sealed class OutsideFailures
{
    // Never done: whether work in the pool is done before it is awaited differs from time to time, and so would the trace.
    private static readonly TaskCompletionSource _never = new();
    private static int _visits;

    public async Task LeavesForThePool()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        await Task.Run(static () => _never.Task);
    }

    public async Task BlocksTheLoop()
    {
        var answer = Asyncio.CreateTask(AnswerAsync, "answer");
        await Asyncio.YieldAsync();
        AnswerAsync().Wait();
        await answer;
    }

    public async Task RemembersTheRunBefore()
    {
        _visits++;
        for (var turn = 0; turn < _visits % 3; turn++)
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task AnswerAsync() => await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
}
