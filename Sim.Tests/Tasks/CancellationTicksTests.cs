using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Rule 53: how long a cancellation takes to arrive, counted in iterations.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CancellationTicksTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_tasks.test_cancel_yield; rule 53: from Cancel to delivery, for what the task waits on.</summary>
    [TestCase("sleep", 1)]
    [TestCase("endless sleep", 1)]
    [TestCase("sleep with token", 1)]
    [TestCase("future", 1)]
    [TestCase("yield", 1)]
    [TestCase("task", 2)]
    [TestCase("gather", 3)]
    public void Delivery_TakesTicks(string waitsOn, int ticks) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        long delivered = 0;
        var task = Asyncio.CreateTask(async () =>
        {
            try
            {
                await (waitsOn switch
                {
                    "sleep" => Asyncio.SleepAsync(TimeSpan.FromHours(1)),
                    "endless sleep" => Asyncio.SleepAsync(Timeout.InfiniteTimeSpan),
                    "sleep with token" => Asyncio.SleepAsync(TimeSpan.FromHours(1), source.Token),
                    "future" => AwaitAsync(Loop.CreateFuture<int>()),
                    "yield" => YieldTwiceAsync(),
                    "task" => AwaitAsync(Asyncio.CreateTask(() => SleepLongAsync("child"))),
                    _ => AwaitAsync(Asyncio.GatherAsync(() => SleepLongAsync("a"), () => SleepLongAsync("b"))),
                });
            }
            catch (OperationCanceledException)
            {
                delivered = Loop.Iteration;
                throw;
            }
        });
        await Asyncio.YieldAsync();
        await (waitsOn == "yield" ? ValueTask.CompletedTask : Asyncio.YieldAsync());
        var start = Loop.Iteration;
        task.Cancel();
        await SettleAsync();
        Assert.That(delivered - start, Is.EqualTo(ticks));
        Assert.That(task.IsCancelled, Is.True);

        static async ValueTask AwaitAsync<T>(Future<T> future) => await future;

        static async ValueTask YieldTwiceAsync()
        {
            await Asyncio.YieldAsync();
            await Asyncio.YieldAsync();
        }
    });

    /// <summary>Rule 53: through a chain of tasks: innermost first, one tick each, and every one counts a request.</summary>
    [Test]
    public void ACancellation_ClimbsAChainOfTasks() => Run(async () =>
    {
        var start = 0L;
        var chain = new List<LoopTask> { Asyncio.CreateTask(() => ObserveAsync("1", Asyncio.SleepAsync(TimeSpan.FromHours(1)).AsTask())) };
        for (var i = 2; i <= 4; i++)
        {
            var (name, inner) = ($"{i}", chain[^1]);
            chain.Add(Asyncio.CreateTask(async () =>
            {
                try
                {
                    await inner;
                }
                catch (OperationCanceledException)
                {
                    LogTick(name, start);
                    throw;
                }
            }));
        }

        await Asyncio.YieldAsync();
        start = Loop.Iteration;
        chain[^1].Cancel();
        Assert.That(chain.Select(task => task.CancelRequests), Is.EqualTo((int[])[1, 1, 1, 1]));
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["1@1", "2@2", "3@3", "4@4"]));
        Assert.That(chain.All(task => task.IsCancelled), Is.True);

        async Task ObserveAsync(string name, Task wait)
        {
            try
            {
                await wait;
            }
            catch (OperationCanceledException)
            {
                LogTick(name, start);
                throw;
            }
        }
    });

    private async Task SleepLongAsync(string name)
    {
        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        }
        catch (OperationCanceledException)
        {
            Log.Add($"{name}: cancelled");
            throw;
        }
    }
}
