using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The end of a queue, and reading it to its end (rule 87).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class QueueShutdownTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_queues.QueueShutdownTests.test_shutdown_nonempty.</summary>
    [Test]
    public void WhatIsIn_CanStillBeGotten() => Run(async () =>
    {
        var queue = new AsyncQueue<string>(1);
        queue.PutNoWait("data");
        var join = Asyncio.CreateTask(() => queue.JoinAsync());
        var put = Asyncio.CreateTask(() => queue.PutAsync("more"));
        await Asyncio.YieldAsync();
        Assert.That(put.IsDone, Is.False);
        queue.Shutdown();
        Assert.That((queue.Count, queue.IsShutDown), Is.EqualTo((1, true)));
        await Asyncio.YieldAsync();
        Assert.That(put.Exception, Is.TypeOf<QueueShutDownException>());
        Assert.That(await queue.GetAsync(), Is.EqualTo("data"));
        await Asyncio.YieldAsync();
        Assert.That(join.IsDone, Is.False);
        await AssertShutAsync(queue);
        queue.TaskDone();
        await Asyncio.YieldAsync();
        Assert.That(join.IsDone, Is.True);
        Assert.That(queue.TaskDone, Throws.TypeOf<TooManyReleasesException>());
    });

    /// <summary>asyncio: test_queues.QueueShutdownTests.test_shutdown_immediate_with_unfinished.</summary>
    [Test]
    public void AnImmediateShutdown_DropsTheItems_NotTheWorkInProgress() => Run(async () =>
    {
        var queue = new AsyncQueue<string>();
        queue.PutNoWait("data");
        queue.PutNoWait("data");
        var join = Asyncio.CreateTask(() => queue.JoinAsync());
        Assert.That(await queue.GetAsync(), Is.EqualTo("data"));
        queue.Shutdown(immediate: true);
        Assert.That(queue.Count, Is.Zero);
        await Asyncio.YieldAsync();
        Assert.That(join.IsDone, Is.False);
        await AssertShutAsync(queue);
        queue.TaskDone();
        Assert.That(queue.TaskDone, Throws.TypeOf<TooManyReleasesException>());
        await join;
    });

    /// <summary>Rule 87: immediate releases join.</summary>
    [Test]
    public void AnImmediateShutdown_ReleasesJoin() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        queue.PutNoWait(1);
        var join = Asyncio.CreateTask(() => queue.JoinAsync());
        await Asyncio.YieldAsync();
        queue.Shutdown();
        await SettleAsync();
        Assert.That(join.IsDone, Is.False);
        queue.Shutdown(immediate: true);
        await join;
        Assert.That($"{queue}", Is.EqualTo("a queue (0 items, shut down)"));
    });

    [Test]
    public void WhoeverWaits_IsToldOfTheShutdown_InOrder() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var tasks = Enumerable.Range(1, 3).Select(i => Asyncio.CreateTask(() => GetAsync($"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        queue.Shutdown();
        await Asyncio.GatherAsync<ValueTuple>(tasks);
        Assert.That(Log, Is.EqualTo((string[])["1", "2", "3"]));

        async Task GetAsync(string name)
        {
            await Caught.ByAsync<QueueShutDownException>(async () => await queue.GetAsync());
            Log.Add(name);
        }
    });

    [Test]
    public void ReadAll_EndsWhenTheQueueIsShutDownAndEmpty() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var readers = Enumerable.Range(1, 2).Select(i => Asyncio.CreateTask(() => ReadAsync($"{i}"))).ToArray();
        for (var i = 0; i < 4; i++)
        {
            queue.PutNoWait(i);
            await Asyncio.YieldAsync();
        }

        queue.PutNoWait(4);
        queue.Shutdown();
        await Asyncio.GatherAsync<ValueTuple>(readers);
        Assert.That(Log.Where(static line => !line.Contains("end", StringComparison.Ordinal)).Select(static line => line[3..]), Is.EqualTo((string[])["0", "1", "2", "3", "4"]));
        Assert.That(Log.Where(static line => line.Contains("end", StringComparison.Ordinal)).Count(), Is.EqualTo(2));

        async Task ReadAsync(string name)
        {
            await foreach (var item in queue.ReadAllAsync())
            {
                Log.Add($"{name}: {item}");
            }

            Log.Add($"{name}: end");
        }
    });

    [Test]
    public void ReadAll_OfWhatWasShutDown_TakesNoTick() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        queue.PutNoWait(1);
        queue.PutNoWait(2);
        queue.Shutdown();
        Assert.That(await TicksOf(async () =>
        {
            await foreach (var item in queue.ReadAllAsync())
            {
                Log.Add($"{item}");
            }
        }), Is.Zero);
        Assert.That(Log, Is.EqualTo((string[])["1", "2"]));
    });

    /// <summary>By hand: a C# iterator would take one tick more for every item that it waits for (section P).</summary>
    [Test]
    public void ReadAll_TakesTheTicksOfGet() => Run(async () =>
    {
        var (read, gotten) = (new AsyncQueue<int>(), new AsyncQueue<int>());
        var start = Loop.Iteration;
        var reader = Asyncio.CreateTask(async () =>
        {
            await foreach (var item in read.ReadAllAsync())
            {
                LogTick($"read {item}", start);
            }

            LogTick("end", start);
        });
        var getter = Asyncio.CreateTask(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                LogTick($"gotten {await gotten.GetAsync()}", start);
            }
        });
        await Asyncio.YieldAsync();
        for (var i = 0; i < 3; i++)
        {
            read.PutNoWait(i);
            gotten.PutNoWait(i);
            await Asyncio.YieldAsync();
            await Asyncio.YieldAsync();
        }

        read.Shutdown();
        await reader;
        await getter;
        Assert.That(Log, Is.EqualTo((string[])["read 0@2", "gotten 0@2", "read 1@4", "gotten 1@4", "read 2@6", "gotten 2@6", "end@8"]));
    });

    [Test]
    public void ReadAll_CanBeEnumeratedTwice_AndLeftEarly() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        for (var i = 0; i < 3; i++)
        {
            queue.PutNoWait(i);
        }

        var items = queue.ReadAllAsync();
        await foreach (var item in items)
        {
            Assert.That(item, Is.Zero);
            break;
        }

        queue.Shutdown();
        await foreach (var item in items)
        {
            Log.Add($"{item}");
        }

        Assert.That(Log, Is.EqualTo((string[])["1", "2"]));
    });

    /// <summary>Either token ends the reading: that of ReadAllAsync, and that of WithCancellation.</summary>
    [Test]
    public void ReadAll_EndsWithEitherToken([Values] bool inner, [Values] bool both) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var (first, second) = inner ? (source, other) : (other, source);
        var queue = new AsyncQueue<int>();
        Loop.CallSoon(source.Cancel);
        await Caught.ByAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in queue.ReadAllAsync(inner || both ? first.Token : default).WithCancellation(!inner || both ? second.Token : default))
            {
                Log.Add($"{item}");
            }
        });
        queue.PutNoWait(7);
        await Caught.ByAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in queue.ReadAllAsync(source.Token))
            {
                Log.Add($"{item}");
            }
        });
        Assert.That(Log, Is.Empty);
        Assert.That($"{queue}", Is.EqualTo("a queue (1 items, 1 unfinished)"));
    });

    /// <summary>What is dropped is not sorted first: a comparer that throws does not leave the queue half shut down.</summary>
    [Test]
    public void ShutdownAtOnce_AsksNoComparer() => Run(async () =>
    {
        var broken = false;
        var byValue = Comparer<int>.Create((left, right) => broken ? throw new FormatException() : left.CompareTo(right));
        var queue = new AsyncPriorityQueue<int>(maxSize: 4, comparer: byValue);
        foreach (var item in (int[])[3, 1, 2, 4])
        {
            queue.PutNoWait(item);
        }

        var joined = queue.JoinAsync();
        var put = queue.PutAsync(0);
        broken = true;
        queue.Shutdown(immediate: true);
        Assert.That($"{queue}", Is.EqualTo("a queue (0 items of 4, shut down)"));
        await joined;
        await Caught.ByAsync<QueueShutDownException>(async () => await put);
    });

    private static async Task AssertShutAsync(AsyncQueue<string> queue)
    {
        await Caught.ByAsync<QueueShutDownException>(async () => await queue.PutAsync("data"));
        await Caught.ByAsync<QueueShutDownException>(async () => await queue.GetAsync());
        Assert.That(() => queue.PutNoWait("data"), Throws.TypeOf<QueueShutDownException>());
        Assert.That(queue.GetNoWait, Throws.TypeOf<QueueShutDownException>());
        Assert.That(queue.TryPut("data"), Is.False);
        Assert.That(queue.TryGet(out _), Is.False);
    }
}
