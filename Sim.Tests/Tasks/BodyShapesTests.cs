using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// Whatever an async call returns may be a body: a task or a value task, with a result or without. That these lines compile is
/// the half of each test.
/// </summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class BodyShapesTests(LoopKind kind) : LoopFixture(kind)
{
    private static TimeSpan Long { get; } = TimeSpan.FromHours(1);

    [Test]
    public void ValueTasks_AreBodiesOfTasks()
    {
        Run(async () =>
        {
            var queue = new AsyncQueue<int>();
            var loop = Asyncio.GetRunningLoop();
            var get = loop.CreateTask(() => queue.GetAsync());
            var put = loop.CreateTask(() => queue.PutAsync(4));
            await put;
            Assert.That(await get, Is.EqualTo(4));
            Assert.That(get.Name, Is.EqualTo("GetAsync"));
            Assert.That(put.Name, Is.EqualTo("PutAsync"));
        });
    }

    /// <summary>asyncio: wait_for(queue.get(), t).</summary>
    [Test]
    public void ValueTasks_AreWaitedFor()
    {
        Run(async () =>
        {
            var queue = new AsyncQueue<int>();
            queue.PutNoWait(1);
            Assert.That(await Asyncio.WaitForAsync(() => queue.GetAsync(), Long), Is.EqualTo(1));
            await Asyncio.WaitForAsync(() => queue.PutAsync(2), Long);
            Assert.That(queue.Count, Is.EqualTo(1));
            var late = await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(() => Asyncio.SleepAsync(Long), TimeSpan.Zero));
            Assert.That(late.Message, Does.EndWith("there was none to wait for task ValueTasks_AreWaitedFor."));
        });
    }

    [Test]
    public void ValueTasks_AreBodiesOfTimeoutsAndGroups()
    {
        Run(async () =>
        {
            var queue = new AsyncQueue<int>();
            queue.PutNoWait(1);
            queue.PutNoWait(2);
            queue.PutNoWait(3);
            await Asyncio.TimeoutAsync(Long, _ => Asyncio.YieldAsync());
            await Asyncio.TimeoutAsync(Long, () => Asyncio.YieldAsync());
            await Asyncio.TimeoutAtAsync(Loop.Time + Long, _ => Asyncio.YieldAsync());
            Assert.That(await Asyncio.TimeoutAsync(Long, _ => queue.GetAsync()), Is.EqualTo(1));
            Assert.That(await Asyncio.TimeoutAsync(Long, () => queue.GetAsync()), Is.EqualTo(2));
            Assert.That(await Asyncio.TimeoutAtAsync(null, _ => queue.GetAsync()), Is.EqualTo(3));
            await TaskGroup.RunAsync(_ => Asyncio.YieldAsync());
            queue.PutNoWait(4);
            Assert.That(await TaskGroup.RunAsync(_ => queue.GetAsync()), Is.EqualTo(4));
        });
    }

    [Test]
    public void ATimeout_NeedNotTakeItsScope()
    {
        Run(async () =>
        {
            await Asyncio.TimeoutAsync(Long, async () => await Asyncio.YieldAsync());
            Assert.That(await Asyncio.TimeoutAsync(Long, async () => await NumberAsync(3)), Is.EqualTo(3));
            Assert.That(await Asyncio.TimeoutAsync(Long, () => NumberAsync(4)), Is.EqualTo(4));
            await Caught.ByAsync<TimeoutException>(async () => await Asyncio.TimeoutAsync(Soon, async () => await Asyncio.SleepAsync(Long)));
        });
    }

    [Test]
    public void ValueTasks_AreGatheredAndShielded()
    {
        Run(async () =>
        {
            var queue = new AsyncQueue<int>();
            queue.PutNoWait(1);
            queue.PutNoWait(2);
            queue.PutNoWait(3);
            Assert.That(await Asyncio.GatherAsync(() => queue.GetAsync(), () => queue.GetAsync()), Is.EqualTo((int[])[1, 2]));
            await Asyncio.GatherAsync(() => queue.PutAsync(4), () => queue.PutAsync(5));
            Assert.That(await Asyncio.Shield(() => queue.GetAsync()), Is.EqualTo(3));
            await Asyncio.Shield(() => queue.PutAsync(6));
            await Asyncio.Shield(() => NothingAsync());
            var outcomes = await Asyncio.GatherOutcomesAsync(() => queue.GetAsync());
            Assert.That(outcomes[0].Result, Is.EqualTo(4));
        });
    }

    [Test]
    public void ValueTasks_AreRun()
    {
        Loop.RunUntilComplete(() => Asyncio.YieldAsync());
        Assert.That(Loop.RunUntilComplete(() => new ValueTask<int>(3)), Is.EqualTo(3));
        Asyncio.Run(() => Asyncio.YieldAsync(), () => NewLoop(new LoopOptions()));
        Assert.That(Asyncio.Run(() => new ValueTask<int>(4), () => NewLoop(new LoopOptions())), Is.EqualTo(4));
        using var runner = new Runner(() => NewLoop(new LoopOptions()));
        runner.Run(() => Asyncio.YieldAsync());
        Assert.That(runner.Run(() => new ValueTask<int>(5)), Is.EqualTo(5));
    }

    /// <summary>rule 61.</summary>
    [Test]
    public void NothingAndAnything_IsGathered()
    {
        Run(async () =>
        {
            Assert.That(await Asyncio.GatherAsync(), Is.Empty);
            Assert.That(await Asyncio.GatherAsync<int>(), Is.Empty);
            Assert.That(await Asyncio.GatherOutcomesAsync(), Is.Empty);
            Assert.That(await Asyncio.GatherOutcomesAsync<int>(), Is.Empty);
            var nothing = Asyncio.CreateTask(() => NothingAsync());
            var number = Asyncio.CreateTask(() => NumberAsync(2));
            Assert.That(await Asyncio.GatherAsync(nothing, number), Is.EqualTo((object?[])[default(ValueTuple), 2]));
            Assert.That((await Asyncio.GatherOutcomesAsync(nothing, number))[1].Result, Is.EqualTo(2));
            List<Task<int>> calls = [NumberAsync(1), NumberAsync(2)];
            Assert.That(await Asyncio.GatherAsync(calls), Is.EqualTo((int[])[1, 2]));
            Assert.That(await Asyncio.GatherAsync(calls.Select(async call => 2 * await call)), Is.EqualTo((int[])[2, 4]));
            Assert.That((await Asyncio.GatherOutcomesAsync(calls))[1].Result, Is.EqualTo(2));
            List<Task> plain = [NothingAsync()];
            Assert.That(await Asyncio.GatherAsync(plain), Has.Length.EqualTo(1));
            Assert.That((await Asyncio.GatherOutcomesAsync(() => NumberAsync(1), () => NumberAsync(2)))[1].Result, Is.EqualTo(2));
            Assert.That((await Asyncio.GatherOutcomesAsync(() => NothingAsync()))[0].IsSuccess, Is.True);
            Assert.That((await Asyncio.GatherOutcomesAsync(async () => { await Asyncio.YieldAsync(); throw new FormatException(); }))[0].Exception, Is.InstanceOf<FormatException>());
        });
    }

    [Test]
    public void FuturesOfDifferentTypes_AreWaitedForTogether()
    {
        Run(async () =>
        {
            var nothing = Asyncio.CreateTask(() => NothingAsync());
            var number = Asyncio.CreateTask(() => NumberAsync(2));
            var waited = await Asyncio.WaitAsync([nothing, number]);
            Assert.That(waited.Done, Is.EqualTo((Future[])[nothing, number]));
            var seen = new List<Future>();
            await foreach (var done in Asyncio.AsCompleted([nothing, number]))
            {
                seen.Add(done);
            }

            Assert.That(seen, Is.EqualTo((Future[])[nothing, number]));
            var same = await Asyncio.WaitAsync([number, number]);
            Assert.That(await same.Done[0], Is.EqualTo(2));
        });
    }

    /// <summary>asyncio: await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()}).</summary>
    [Test]
    public void AllTasks_CanBeAwaited()
    {
        Run(async () =>
        {
            var nothing = Asyncio.CreateTask(() => NothingAsync());
            var number = Asyncio.CreateTask(() => NumberAsync(2));
            var others = Asyncio.AllTasks().Where(static task => task != Asyncio.CurrentTask()).ToList();
            Assert.That((await Asyncio.WaitAsync(others)).Done, Is.EqualTo((Future[])[nothing, number]));
            Assert.That(await Asyncio.GatherAsync(others), Is.EqualTo((object?[])[default(ValueTuple), 2]));
            Assert.That(await Asyncio.GatherOutcomesAsync(others), Has.Length.EqualTo(2));
            await foreach (var done in Asyncio.AsCompleted(others))
            {
                await done;
            }

            foreach (var task in others)
            {
                await task;
                Assert.That(task.AsFuture().Exception, Is.Null);
            }
        });
    }

    /// <summary>A future of which only the base is known takes the same ticks, and throws the same.</summary>
    [Test]
    public void ABareFuture_IsAwaited()
    {
        Run(async () =>
        {
            var failing = Loop.CreateFuture<int>();
            Future bare = failing;
            var waiter = Asyncio.CreateTask(async () => await bare);
            Loop.CallSoon(() => failing.SetException(new FormatException("bad")));
            var typed = await TicksOf(async () => await Caught.ByAsync<FormatException>(async () => await failing));
            Assert.That(typed, Is.EqualTo(2));
            await Caught.ByAsync<FormatException>(async () => await waiter);
            ILoopTask self = Asyncio.CurrentTask()!;
            Assert.That(
                (await Caught.ByAsync<LoopException>(async () => await self)).Message, Does.Contain("awaits itself"));
        });
    }

    [Test]
    public void AFutureWithoutAValue_HasASetResultOfItsOwn()
    {
        Run(async () =>
        {
            var gate = Loop.CreateFuture();
            Loop.CallSoon(() => gate.SetResult());
            await gate;
            Assert.That(gate.TrySetResult(), Is.False);
        });
    }

    [Test]
    public void ADoneCallback_GetsTheFutureAsWhatItIs()
    {
        Run(async () =>
        {
            var future = Loop.CreateFuture<int>();
            Action<Future> any = _ => Log.Add("any");
            future.AddDoneCallback(done => Log.Add($"lambda {done.Result + 1}"));
            future.AddDoneCallback(any);
            future.AddDoneCallback(OnAny);
            future.AddDoneCallback(OnNumber);
            ((Future)future).AddDoneCallback(OnAny);
            Assert.That(future.RemoveDoneCallback(OnAny), Is.EqualTo(2), "one was added as a callback for any future");
            future.SetResult(1);
            await SettleAsync();
            Assert.That(Log, Is.EqualTo((string[])["lambda 2", "any", "number 1"]));
        });

        void OnAny(Future done) => Log.Add("method");

        void OnNumber(Future<int> done) => Log.Add($"number {done.Result}");
    }

    [Test]
    public void AName_StandsInMessages()
    {
        var future = Loop.CreateFuture<int>("answer");
        future.SetResult(1);
        Assert.That(
            () => future.SetResult(2),
            Throws.TypeOf<InvalidStateException>().With.Message.EqualTo(
                "future 'answer' has a result already, and is completed again outside of any loop: a future is completed once. "
                + "Where two may race to complete it, use TrySetResult."));
    }

    private static async Task NothingAsync() => await Asyncio.YieldAsync();

    private static async Task<int> NumberAsync(int number)
    {
        await Asyncio.YieldAsync();
        return number;
    }
}
