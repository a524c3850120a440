using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>.NET's tokens tied to futures.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CancelOnTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>The token cancels the future, and what its awaiters get carries the token.</summary>
    [TestCase("before")]
    [TestCase("during")]
    [TestCase("from another thread")]
    public void AToken_CancelsAFuture(string when) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var future = Loop.CreateFuture<int>();
        if (when == "before")
        {
            source.Cancel();
        }

        using var link = future.CancelOn(source.Token);
        Assert.That(future.IsCancelled, Is.EqualTo(when == "before"));
        if (when == "during")
        {
            Loop.CallSoon(source.Cancel);
        }
        else if (when == "from another thread")
        {
            Loop.CallSoon(() => OnOtherThread(source.Cancel));
        }

        var error = await Caught.ByAsync<OperationCanceledException>(async () => await future);
        Assert.That((error.CancellationToken, error.InnerException is OperationCanceledException), Is.EqualTo((source.Token, true)));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    /// <summary>For a task it is a request like any other: counted, and it may be swallowed.</summary>
    [Test]
    public void AToken_AsksATask() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var task = Asyncio.CreateTask(async () =>
        {
            await Caught.IsCancelledAsync(async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            return 7;
        });
        using var link = task.CancelOn(source.Token);
        await Asyncio.YieldAsync();
        source.Cancel();
        Assert.That(task.CancelRequests, Is.EqualTo(1));
        Assert.That(await task, Is.EqualTo(7));
    });

    /// <summary>A gather passes the request to its children, a shield keeps it from the inner one.</summary>
    [Test]
    public void AToken_ReachesWhatTheFutureReaches() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var (child, inner) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        var (gather, shield) = (Asyncio.GatherAsync<int>(child), Asyncio.Shield(inner));
        using var first = gather.CancelOn(source.Token);
        using var second = shield.CancelOn(source.Token);
        source.Cancel();
        var error = await Caught.ByAsync<OperationCanceledException>(async () => await gather);
        Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
        Assert.That((child.IsCancelled, shield.IsCancelled, inner.IsDone), Is.EqualTo((true, true, false)));
    });

    /// <summary>Untied, or done before, the token does nothing.</summary>
    [Test]
    public void AnUntiedToken_DoesNothing() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        var (untied, done) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        untied.CancelOn(source.Token).Dispose();
        using var link = done.CancelOn(source.Token);
        done.SetResult(1);
        source.Cancel();
        await SettleAsync();
        Assert.That((untied.IsDone, await done), Is.EqualTo((false, 1)));
        using var none = untied.CancelOn(CancellationToken.None);
        Assert.That(untied.IsDone, Is.False);
    });

    /// <summary>A token that strikes after the loop has closed does nothing, on whatever thread.</summary>
    [Test]
    public void AToken_AfterTheEndOfTheLoop_DoesNothing([Values] bool fromAnotherThread)
    {
        using var source = new CancellationTokenSource();
        using var loop = NewLoop(new LoopOptions());
        var future = loop.CreateFuture<int>();
        using var link = future.CancelOn(source.Token);
        loop.Close();
        Assert.That(fromAnotherThread ? OnOtherThread(source.Cancel) : Caught(source.Cancel), Is.Null);
        Assert.That(future.IsDone, Is.False);

        static Exception? Caught(Action action)
        {
            try
            {
                action();
                return null;
            }
            catch (Exception error)
            {
                return error;
            }
        }
    }
}
