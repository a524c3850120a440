using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>One task that holds several async flows: <c>Task.WhenAll</c> over methods that were called, not made tasks.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class SeveralFlowsTests(LoopKind kind) : LoopFixture(kind)
{
    [Test]
    public void TheFlows_RunInterleaved_UnderTheirTask() => Run(async () =>
    {
        var main = Asyncio.CurrentTask();
        await Task.WhenAll(FlowAsync("a"), FlowAsync("b"));
        Assert.That(Log, Is.EqualTo((string[])["a0", "b0", "a1", "b1", "a2", "b2"]));

        async Task FlowAsync(string name)
        {
            for (var i = 0; i < 3; i++)
            {
                Log.Add($"{name}{i}");
                await Asyncio.YieldAsync();
                Assert.That(Asyncio.CurrentTask(), Is.SameAs(main));
            }
        }
    });

    /// <summary>Whatever each flow waits on when the task is asked to stop, each is told.</summary>
    [TestCase("sleep", "sleep")]
    [TestCase("sleep", "future")]
    [TestCase("future", "future")]
    [TestCase("yield", "yield")]
    [TestCase("sleep", "yield")]
    [TestCase("yield", "future")]
    [TestCase("task", "yield")]
    public void CancellingTheTask_ReachesEveryFlow(string first, string second) => Run(async () =>
    {
        var shared = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(() => Task.WhenAll(LoopForEverAsync("1 " + first), LoopForEverAsync("2 " + second)));
        // Not a sleep: virtual time stands still while a flow yields for ever.
        await SettleAsync();
        task.Cancel();
        for (var i = 0; i < 10 && !task.IsDone; i++)
        {
            await Asyncio.YieldAsync();
        }

        Assert.That(Log, Is.EquivalentTo((string[])["1 " + first, "2 " + second]));
        Assert.That((task.IsCancelled, task.CancelRequests), Is.EqualTo((true, 1)));

        async Task LoopForEverAsync(string name)
        {
            try
            {
                while (true)
                {
                    await (name[2..] switch
                    {
                        "sleep" => Asyncio.SleepAsync(TimeSpan.FromHours(1)),
                        "yield" => Asyncio.YieldAsync(),
                        "task" => AwaitAsync(Asyncio.CreateTask(async () => { await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan); return 0; })),
                        _ => AwaitAsync(shared),
                    });
                }
            }
            finally
            {
                Log.Add(name);
            }
        }

        static async ValueTask AwaitAsync(Future<int> future) => await future;
    });

    /// <summary>One request is one delivery for each flow: cleaning up is not disturbed.</summary>
    [Test]
    public void EachFlow_IsToldOnce_AndCleansUpInPeace() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => Task.WhenAll(FlowAsync(Asyncio.YieldAsync), FlowAsync(() => Asyncio.SleepAsync(Timeout.InfiniteTimeSpan))));
        // Not a sleep: virtual time stands still while a flow yields for ever.
        await SettleAsync();
        task.Cancel();
        while (!task.IsDone)
        {
            await Asyncio.SleepAsync(Soon);
        }

        Assert.That(Log, Is.EquivalentTo((string[])["stopped", "stopped", "cleaned up", "cleaned up"]));
        Assert.That(task.IsCancelled, Is.True);

        async Task FlowAsync(Func<ValueTask> wait)
        {
            try
            {
                while (true)
                {
                    await wait();
                }
            }
            catch (OperationCanceledException)
            {
                Log.Add("stopped");
                await Asyncio.SleepAsync(Soon);
                await Asyncio.YieldAsync();
                Log.Add("cleaned up");
                throw;
            }
        }
    });

    /// <summary>Rule 59 for several flows: at zero what was not delivered is dropped for all of them.</summary>
    [Test]
    public void Uncancel_DropsWhatNoFlowHasSeen() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => Task.WhenAll(FlowAsync("a"), FlowAsync("b")));
        await Asyncio.YieldAsync();
        task.Cancel();
        task.Uncancel();
        await task;
        Assert.That(Log, Is.EqualTo((string[])["a", "b"]));

        async Task FlowAsync(string name)
        {
            await Asyncio.YieldAsync();
            await Asyncio.YieldAsync();
            Log.Add(name);
        }
    });

    /// <summary>The report of a stall lists every wait of the task.</summary>
    [Test]
    public void AFlowLeftBehind_EndsWithItsTask_WithoutHarm() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() =>
        {
            _ = StrayAsync();
            return Task.CompletedTask;
        });
        await task;
        while (Log.Count == 0)
        {
            await Asyncio.SleepAsync(Soon);
        }

        Assert.That(Log, Is.EqualTo((string[])["stray ended"]));

        async Task StrayAsync()
        {
            await Asyncio.SleepAsync(Soon);
            await Asyncio.YieldAsync();
            Log.Add("stray ended");
        }
    });

    [Test]
    public void AwaitersOfOneFuture_ResumeInTheOrderOfRegistration_FlowsAndTasksAlike() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var a = AwaitAsync("a");
        var b = Asyncio.CreateTask(() => AwaitAsync("b"));
        await Asyncio.YieldAsync();
        var c = AwaitAsync("c");
        future.AddDoneCallback(_ => Log.Add("d"));
        Loop.CallSoon(() => future.SetResult(0));
        await Task.WhenAll(a, c);
        await b;
        await Asyncio.YieldAsync();
        Assert.That(Log, Is.EqualTo((string[])["a", "b", "c", "d"]));

        async Task AwaitAsync(string name)
        {
            await future;
            Log.Add(name);
        }
    });
}
