using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The queue: wake-ups, no hand-overs; joining; the orders of its kinds (rule 87).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class QueueTests(LoopKind kind) : LoopFixture(kind)
{
    [Test]
    public void ItKeepsWhatItIsGiven()
    {
        var queue = new AsyncQueue<string>(maxSize: 2);
        Assert.That((queue.Count, queue.MaxSize, queue.IsEmpty, queue.IsFull), Is.EqualTo((0, 2, true, false)));
        Assert.That(queue.TryGet(out var none), Is.False);
        Assert.That(none, Is.Null);
        queue.PutNoWait("a");
        Assert.That(queue.TryPut("b"), Is.True);
        Assert.That(queue.TryPut("c"), Is.False);
        Assert.That((queue.Count, queue.IsEmpty, queue.IsFull), Is.EqualTo((2, false, true)));
        Assert.That($"{queue}", Is.EqualTo("a queue (2 items of 2, 2 unfinished)"));
        Assert.That(queue.GetNoWait(), Is.EqualTo("a"));
        Assert.That(queue.TryGet(out var last), Is.True);
        Assert.That(last, Is.EqualTo("b"));
    }

    [TestCase(0)]
    [TestCase(-3)]
    public void WithoutASize_ItIsNeverFull(int maxSize)
    {
        var queue = new AsyncQueue<int>(maxSize);
        for (var i = 0; i < 100; i++)
        {
            queue.PutNoWait(i);
        }

        Assert.That(queue.IsFull, Is.False);
    }

    /// <summary>Rule 87: a get in between robs the one who was woken, and it goes to the end of the line.</summary>
    [Test]
    public void ARobbedGetter_GoesToTheEndOfTheLine() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var tasks = Enumerable.Range(1, 2).Select(i => Asyncio.CreateTask(() => GetAsync($"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        queue.PutNoWait(7);
        Assert.That(queue.GetNoWait(), Is.EqualTo(7), "the first was woken, and is too late");
        await SettleAsync();
        Assert.That($"{queue}", Is.EqualTo("a queue (0 items, 2 getting, 1 unfinished)"));
        queue.PutNoWait(8);
        queue.PutNoWait(9);
        await SettleAsync();
        Assert.That(Log, Is.EqualTo((string[])["2: 8", "1: 9"]));
        Assert.That(tasks, Has.All.Property("IsDone").True);

        async Task GetAsync(string name) => Log.Add($"{name}: {await queue.GetAsync()}");
    });

    /// <summary>Rule 87: put on a full queue likewise.</summary>
    [Test]
    public void ARobbedPutter_GoesToTheEndOfTheLine() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        queue.PutNoWait(0);
        var tasks = Enumerable.Range(1, 2).Select(i => Asyncio.CreateTask(() => queue.PutAsync(i))).ToArray();
        await Asyncio.YieldAsync();
        queue.GetNoWait();
        queue.PutNoWait(3);
        await SettleAsync();
        Assert.That($"{queue}", Is.EqualTo("a queue (1 items of 1, 2 putting, 2 unfinished)"));
        Assert.That(await queue.GetAsync(), Is.EqualTo(3));
        await SettleAsync();
        Assert.That(await queue.GetAsync(), Is.EqualTo(2));
        await SettleAsync();
        Assert.That(await queue.GetAsync(), Is.EqualTo(1));
        Assert.That(tasks, Has.All.Property("IsDone").True);
    });

    /// <summary>asyncio: test_queues.QueueGetTests.test_why_are_getters_waiting.</summary>
    [Test]
    public void OneItemOfRoom_IsEnoughForManyItems() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        await Asyncio.GatherAsync(
            async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await queue.PutAsync(i);
                }
            },
            async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    Log.Add($"{await queue.GetAsync()}");
                }
            });
        Assert.That(Log, Is.EqualTo((string[])["0", "1", "2", "3", "4"]));
    });

    /// <summary>asyncio: test_queues.QueuePutTests.test_why_are_putters_waiting: every get wakes a putter.</summary>
    [Test]
    public void EveryGet_WakesAPutter() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(2);
        await Asyncio.GatherAsync(
            async () =>
            {
                await Asyncio.YieldAsync();
                for (var left = queue.Count; left > 0; left--)
                {
                    queue.GetNoWait();
                }
            },
            () => queue.PutAsync(0).AsTask(), () => queue.PutAsync(1).AsTask(), () => queue.PutAsync(2).AsTask(), () => queue.PutAsync(3).AsTask());
        Assert.That((queue.GetNoWait(), queue.GetNoWait()), Is.EqualTo((2, 3)));
    });

    /// <summary>asyncio: test_queues.QueueGetTests.test_get_with_waiting_putters.</summary>
    [Test]
    public void AGet_MakesRoomForThePutterThatWaits() => Run(async () =>
    {
        var queue = new AsyncQueue<string>(1);
        _ = Asyncio.CreateTask(() => queue.PutAsync("a"));
        _ = Asyncio.CreateTask(() => queue.PutAsync("b"));
        Assert.That(await queue.GetAsync(), Is.EqualTo("a"));
        Assert.That(await queue.GetAsync(), Is.EqualTo("b"));
    });

    /// <summary>asyncio: test_queues.QueueJoinTests.test_task_done, for each kind of queue.</summary>
    [TestCase("fifo")]
    [TestCase("lifo")]
    [TestCase("priority")]
    public void Join_WaitsForTheWork_NotForTheItems(string which) => Run(async () =>
    {
        var queue = which switch
        {
            "fifo" => new AsyncQueue<int>(),
            "lifo" => new AsyncLifoQueue<int>(),
            _ => new AsyncPriorityQueue<int>(),
        };
        for (var i = 0; i < 100; i++)
        {
            queue.PutNoWait(i);
        }

        var sum = 0;
        var running = true;
        var workers = Enumerable.Range(1, 2).Select(i => Asyncio.CreateTask(WorkAsync)).ToArray();
        await queue.JoinAsync();
        Assert.That(sum, Is.EqualTo(4950));
        running = false;
        queue.PutNoWait(0);
        queue.PutNoWait(0);
        await Asyncio.GatherAsync<ValueTuple>(workers);
        await queue.JoinAsync();

        async Task WorkAsync()
        {
            while (running)
            {
                sum += await queue.GetAsync();
                await Asyncio.YieldAsync();
                queue.TaskDone();
            }
        }
    });

    /// <summary>Rule 87: join wakes even if new items arrived before it runs.</summary>
    [Test]
    public void Join_Returns_ThoughNewItemsCameBeforeItRan() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        queue.PutNoWait(1);
        var join = Asyncio.CreateTask(() => queue.JoinAsync());
        await Asyncio.YieldAsync();
        queue.GetNoWait();
        queue.TaskDone();
        queue.PutNoWait(2);
        await join;
        Assert.That($"{queue}", Is.EqualTo("a queue (1 items, 1 unfinished)"));
    });

    [Test]
    public void Join_IsImmediate_WhereNothingWasPutIn() => Run(async () =>
        Assert.That(await TicksOf(async () => await new AsyncQueue<int>().JoinAsync()), Is.Zero));
}
