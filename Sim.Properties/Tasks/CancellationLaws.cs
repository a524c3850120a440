using FsCheck;
using Sim.Core;

namespace Sim.Properties;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public class CancellationLaws
{
    /// <summary>What the cancelled task waits on.</summary>
    public enum Waiting
    {
        NotStarted,
        ItsTurn,
        Sleep,
        Future,
        Task,
        Gather,
    }

    [Property]
    public bool CancelledTask_EndsCancelled_WhateverItWaitsOn(Waiting[] chain, PositiveInt requests) =>
        Asyncio.Run(
            async () =>
            {
                var task = Asyncio.CreateTask(() => WaitAsync(chain, 0));
                if (chain.Length == 0 || chain[0] != Waiting.NotStarted)
                {
                    await Asyncio.YieldAsync();
                }

                if (task.IsDone)
                {
                    return chain.Length == 0 && !task.Cancel() && task.CancelRequests == 0;
                }

                for (var i = 0; i < requests.Get; i++)
                {
                    task.Cancel();
                }

                try
                {
                    await task;
                    return false;
                }
                catch (OperationCanceledException)
                {
                    return task.IsCancelled && !task.Cancel() && task.CancelRequests == requests.Get;
                }
            },
            static () => Asyncio.NewVirtualEventLoop());

    [Property]
    public bool RequestsAndTheirWithdrawals_AreCounted_AndTheLastWithdrawalDropsWhatWasNotDelivered(bool[] requests) =>
        Asyncio.Run(
            async () =>
            {
                var task = Asyncio.CreateTask(static () => Asyncio.YieldAsync().AsTask());
                await Asyncio.YieldAsync();
                var (count, undelivered, agrees) = (0, false, true);
                foreach (var request in requests)
                {
                    if (request)
                    {
                        agrees &= task.Cancel();
                        count++;
                        undelivered = true;
                    }
                    else
                    {
                        count = Math.Max(0, count - 1);
                        // Only a withdrawal that takes the last request away drops it: at none, nothing is undelivered anyway.
                        undelivered &= count > 0;
                        agrees &= task.Uncancel() == count;
                    }

                    agrees &= task.CancelRequests == count && task.CancellationToken.IsCancellationRequested | !undelivered;
                }

                await Asyncio.GatherOutcomesAsync<ValueTuple>(task);
                return agrees && task.IsCancelled == undelivered;
            },
            static () => Asyncio.NewVirtualEventLoop());

    [Property]
    public bool TaskThatSwallowsCancellations_GoesOn_AndGetsEachOfThem(byte pauses)
    {
        var swallowed = 0;
        var expected = pauses % 6;
        return Asyncio.Run(
            async () =>
            {
                var task = Asyncio.CreateTask(async () =>
                {
                    while (swallowed < expected)
                    {
                        try
                        {
                            await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                        }
                        catch (OperationCanceledException)
                        {
                            swallowed++;
                        }
                    }

                    return swallowed;
                });
                for (var i = 0; i < expected; i++)
                {
                    await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
                    task.Cancel();
                }

                return await task == expected && task.CancelRequests == expected;
            },
            static () => Asyncio.NewVirtualEventLoop());
    }

    private static async Task WaitAsync(Waiting[] chain, int depth)
    {
        if (depth == chain.Length)
        {
            return;
        }

        switch (chain[depth])
        {
            case Waiting.ItsTurn:
                while (true)
                {
                    await Asyncio.YieldAsync();
                }

            case Waiting.Sleep:
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                break;
            case Waiting.Future:
                await Asyncio.GetRunningLoop().CreateFuture<int>();
                break;
            case Waiting.Task when depth + 1 < chain.Length:
                await Asyncio.CreateTask(() => WaitAsync(chain, depth + 1));
                break;
            case Waiting.Gather when depth + 1 < chain.Length:
                await Asyncio.GatherAsync(() => WaitAsync(chain, depth + 1), () => WaitAsync(chain, depth + 1));
                break;
            default:
                await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                break;
        }
    }
}
