using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Rule 47: the ticks until resumption, counted in iterations.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TickTableTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_tasks.test_sleep_zero; rule 47: sleep(0), sleep(&lt;0): 1.</summary>
    [Test]
    public void ABareYield_Takes1() => Run(async () =>
    {
        Assert.That(await TicksOf(async () => await Asyncio.YieldAsync()), Is.EqualTo(1));
        Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(TimeSpan.Zero)), Is.EqualTo(1));
        Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(Milliseconds(-7))), Is.EqualTo(1));
        using var source = new CancellationTokenSource();
        Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(TimeSpan.Zero, source.Token)), Is.EqualTo(1));
        Assert.That(await TicksOf(async () => await Task.Yield()), Is.EqualTo(1));
    });

    /// <summary>Rule 47: sleep(d&gt;0): 2, the timer's iteration and the step's.</summary>
    [Test]
    public void ASleep_Takes2() => Run(async () =>
    {
        Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(Soon)), Is.EqualTo(2));
        Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(Soon, new CancellationTokenSource().Token)), Is.EqualTo(2));
        Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(TimeSpan.FromTicks(1), CancellationToken.None)), Is.EqualTo(2));
    });

    /// <summary>Rule 47: a future set by a call_soon callback: 2.</summary>
    [Test]
    public void AFutureSetByACallback_Takes2() => Run(async () =>
        Assert.That(await TicksOf(async () =>
        {
            var future = Loop.CreateFuture<int>();
            Loop.CallSoon(() => future.SetResult(0));
            await future;
        }), Is.EqualTo(2)));

    /// <summary>Rule 47: a new task that returns at once: 2.</summary>
    [Test]
    public void ANewTask_Takes2() => Run(async () =>
    {
        Assert.That(await TicksOf(async () => await Asyncio.CreateTask(() => Task.CompletedTask)), Is.EqualTo(2));
        Assert.That(await TicksOf(async () => await Asyncio.CreateTask(async () => await Asyncio.YieldAsync())), Is.EqualTo(3));
    });

    /// <summary>Rule 47: gather() of nothing, or of what is done: 0.</summary>
    [Test]
    public void AGatherOfWhatIsDone_Takes0() => Run(async () =>
    {
        Assert.That(await TicksOf(async () => await Asyncio.GatherAsync<int>(Array.Empty<Future<int>>())), Is.Zero);
        var done = Loop.CreateFuture<int>();
        done.SetResult(7);
        Assert.That(await TicksOf(async () => await Asyncio.GatherAsync<int>(done, done)), Is.Zero);
        var failed = Loop.CreateFuture<int>();
        failed.SetException(new FormatException());
        Assert.That(await TicksOf(async () =>
        {
            try
            {
                await Asyncio.GatherAsync<int>(Loop.CreateFuture<int>(), failed);
            }
            catch (FormatException)
            {
                Log.Add("failed");
            }
        }), Is.Zero);
        Assert.That(Log, Is.EqualTo((string[])["failed"]));
    });

    /// <summary>Rule 47: gather(n new coroutines): 3.</summary>
    [TestCase(1)]
    [TestCase(10)]
    public void AGatherOfNewTasks_Takes3(int count) => Run(async () =>
        Assert.That(await TicksOf(async () =>
            await Asyncio.GatherAsync<int>(Enumerable.Range(0, count).Select(i => (Func<Task<int>>)(() => Task.FromResult(i))).ToArray())), Is.EqualTo(3)));

    /// <summary>Rule 47: an async generator's step without a real await: 0; section P: with one, .NET adds a post.</summary>
    [Test]
    public void AnAsyncIteratorsStep_Takes0_WithoutARealAwait() => Run(async () =>
    {
        Assert.That(await TicksOf(async () =>
        {
            await foreach (var number in NumbersAsync())
            {
                Log.Add($"{number}");
            }
        }), Is.Zero);
        Assert.That(Log, Is.EqualTo((string[])["1", "2"]));

        static async IAsyncEnumerable<int> NumbersAsync()
        {
            await Task.CompletedTask;
            yield return 1;
            yield return 2;
        }
    });

    /// <summary>Rule 47's sleep on the bridge: Task.Delay: its timer resumes the task by a post.</summary>
    [Test]
    public void ATaskDelay_Takes2() => Run(async () =>
        Assert.That(await TicksOf(() => Task.Delay(Soon, Loop.TimeProvider)), Is.EqualTo(2)));

    /// <summary>Rule 48: the waiter's step comes one after set_result, a task's callbacks one after its end.</summary>
    [Test]
    public void TheWakeUp_ComesInTheNextIteration() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var start = Loop.Iteration;
        var waiter = Asyncio.CreateTask(async () =>
        {
            await future;
            LogTick("waiter", start);
        });
        waiter.AddDoneCallback(_ => LogTick("callback", start));
        await Asyncio.YieldAsync();
        LogTick("set", start);
        future.SetResult(0);
        await waiter;
        LogTick("main", start);
        Assert.That(Log, Is.EqualTo((string[])["set@1", "waiter@2", "callback@3", "main@3"]));
    });

    /// <summary>Rule 45 in numbers: created at n, first step at n + 1.</summary>
    [Test]
    public void AFirstStep_ComesInTheNextIteration() => Run(async () =>
    {
        var start = Loop.Iteration;
        await Asyncio.CreateTask(() =>
        {
            LogTick("step", start);
            return Task.CompletedTask;
        });
        Assert.That(Log, Is.EqualTo((string[])["step@1"]));
    });
}
