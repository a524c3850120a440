using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The value task of a wait: what .NET code may do with one.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class LineWaitTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>A call that nobody awaits does what it was called for all the same.</summary>
    [Test]
    public void ACallThatNobodyAwaits_IsDone() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        queue.PutNoWait(1);
        Loop.CallSoon(() => Forget(queue.PutAsync(2)));
        Forget(queue.PutAsync(3));
        await SettleAsync();
        List<int> got = [];
        while (queue.TryGet(out var item))
        {
            got.Add(item);
            await SettleAsync();
        }

        Assert.That(got, Is.EqualTo((int[])[1, 3, 2]));
    });

    /// <summary>A10: its failure is reported when the loop closes.</summary>
    [Test]
    public void TheFailureOfACallThatNobodyAwaits_IsReported()
    {
        Run(async () =>
        {
            var queue = new AsyncQueue<int>(1, "mail");
            queue.PutNoWait(1);
            Forget(queue.PutAsync(2));
            var late = queue.PutAsync(3);
            queue.Shutdown();
            await SettleAsync();
            await Caught.ByAsync<QueueShutDownException>(async () => await late);
        });
        Loop.Close();
        var error = TakeError();
        Assert.That(error.Exception, Is.TypeOf<QueueShutDownException>());
        Assert.That(error.Task, Is.EqualTo("room in queue 'mail'"));
    }

    [Test]
    public void AwaitedLater_ItTakesNoTickMore() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var item = queue.GetAsync();
        queue.PutNoWait(7);
        Assert.That(item.IsCompleted, Is.False, "it was woken, it has not run");
        await Asyncio.YieldAsync();
        Assert.That(item.IsCompletedSuccessfully, Is.True);
        Assert.That(await TicksOf(async () => Assert.That(await item, Is.EqualTo(7))), Is.Zero);
    });

    [Test]
    public void AwaitedTwice_ItIsRefused_AtTheAwait() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(name: "mail");
        var item = queue.GetAsync();
        var first = FirstAsync();
        var error = await Caught.ByAsync<InvalidOperationException>(async () => await item);
        Assert.That(error.Message, Does.Match(
            @"^The ValueTask of a wait for an item of queue 'mail' was awaited twice at .*s in task main: await it once, or call AsTask\(\) and await the task\.$"));
        queue.PutNoWait(7);
        Assert.That(await first, Is.EqualTo(7));

        async Task<int> FirstAsync() => await item;
    });

    /// <summary>The object behind it may serve another wait by then, which must not be taken for this one.</summary>
    [Test]
    public void AwaitedAgainAfterItsEnd_ItIsRefused() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var item = queue.GetAsync();
        queue.PutNoWait(7);
        Assert.That(await item, Is.EqualTo(7));
        await Caught.ByAsync<InvalidOperationException>(async () => await item);
        var next = queue.GetAsync();
        await Caught.ByAsync<InvalidOperationException>(async () => await item);
        queue.PutNoWait(8);
        Assert.That(await next, Is.EqualTo(8));
    });

    /// <summary>With a token nothing is used again, and with a failure neither: it is refused all the same.</summary>
    [Test]
    public void AwaitedAgainAfterItsEnd_ItIsRefused_AlsoWithAToken([Values] bool fails) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var queue = new AsyncQueue<int>();
        var item = queue.GetAsync(source.Token);
        if (fails)
        {
            queue.Shutdown();
            await Caught.ByAsync<QueueShutDownException>(async () => await item);
        }
        else
        {
            queue.PutNoWait(7);
            Assert.That(await item, Is.EqualTo(7));
        }

        var error = await Caught.ByAsync<InvalidOperationException>(async () => await item);
        Assert.That(error.Message, Does.Contain("was awaited twice"));
    });

    [Test]
    public void AskedTooEarly_ItHasNoResult() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(name: "mail");
        var item = queue.GetAsync();
        Assert.That(() => item.Result, Throws.TypeOf<InvalidStateException>().With.Message.StartsWith("The wait for an item of queue 'mail' is not over"));
        queue.PutNoWait(7);
        await SettleAsync();
    });

    /// <summary>Flows of one task wait side by side, and one request to stop reaches all.</summary>
    [Test]
    public void SeveralFlowsOfOneTask_WaitSideBySide() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var both = Task.WhenAll(queue.GetAsync().AsTask(), queue.GetAsync().AsTask());
        queue.PutNoWait(1);
        queue.PutNoWait(2);
        Assert.That(await both, Is.EqualTo((int[])[1, 2]));
        var task = Asyncio.CreateTask(() => Task.WhenAll(queue.GetAsync().AsTask(), queue.GetAsync().AsTask()));
        await Asyncio.YieldAsync();
        Assert.That($"{queue}", Does.Contain("2 getting"));
        task.Cancel();
        await SettleAsync();
        Assert.That(task.IsCancelled, Is.True);
        Assert.That($"{queue}", Does.Not.Contain("getting"));
    });

    /// <summary>Begun in one task and awaited in another, it resumes the one that awaits.</summary>
    [Test]
    public void AwaitedInAnotherTask_ItResumesThatOne() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var item = queue.GetAsync();
        var other = Asyncio.CreateTask(async () => Log.Add($"{await item} in {Asyncio.CurrentTask()!.Name}"), "other");
        await Asyncio.YieldAsync();
        queue.PutNoWait(7);
        await other;
        Assert.That(Log, Is.EqualTo((string[])["7 in other"]));
    });

    [Test]
    public void ConfigureAwaitFalse_StaysOnTheLoop() => Run(async () =>
    {
        var (l, queue) = (new AsyncLock(), new AsyncQueue<int>());
        await l.AcquireAsync();
        Loop.CallSoon(l.Release);
        Loop.CallSoon(() => queue.PutNoWait(7));
        using (await l.AcquireAsync().ConfigureAwait(false))
        {
            Assert.That(Loop.IsOnLoopThread, Is.True);
            Assert.That(await queue.GetAsync().ConfigureAwait(false), Is.EqualTo(7));
            Assert.That(Loop.IsOnLoopThread, Is.True);
        }
    });

    /// <summary>A getter that was robbed waits again with its token.</summary>
    [Test]
    public void ARobbedGetter_KeepsItsToken() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var queue = new AsyncQueue<int>();
        var item = queue.GetAsync(source.Token);
        queue.PutNoWait(7);
        queue.GetNoWait();
        await SettleAsync();
        Assert.That($"{queue}", Does.Contain("1 getting"));
        source.Cancel();
        var error = await Caught.ByAsync<OperationCanceledException>(async () => await item);
        Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
        Assert.That($"{queue}", Does.Not.Contain("getting"));
    });

    private static void Forget(ValueTask call) => _ = call.IsCompleted;
}
