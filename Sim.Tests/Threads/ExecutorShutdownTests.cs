using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The end of the default executor: rule 25.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class ExecutorShutdownTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 25: waits for what was submitted.</summary>
    [Test]
    public void Shutdown_WaitsForTheWork() => Run(async () =>
    {
        var work = Loop.RunInExecutorAsync(() => 1);
        Assert.That(work.IsDone, Is.False);
        await Loop.ShutdownDefaultExecutorAsync();
        Assert.That(work.Result, Is.EqualTo(1));
    });

    /// <summary>Rules 24 and 25: afterwards its use is an error that says what to do; an executor of one's own is none.</summary>
    [Test]
    public void AfterTheShutdown_TheDefaultExecutorTakesNothing() => Run(async () =>
    {
        Assert.That(await TicksOf(() => Loop.ShutdownDefaultExecutorAsync().AsTask()), Is.Zero);
        Assert.That(await TicksOf(() => Loop.ShutdownDefaultExecutorAsync().AsTask()), Is.Zero);
        var error = Assert.Throws<ExecutorShutDownException>(() => Loop.RunInExecutorAsync(() => 1))!;
        Assert.That(error.Message, Does.Match(
            @"^The default executor of loop takes no work at \S+ in task main: it was shut down\. Await the work before "
            + @"ShutdownDefaultExecutorAsync, or pass an executor of your own\.$"));
        Assert.That(() => Asyncio.ToThreadAsync(() => 1), Throws.TypeOf<ExecutorShutDownException>());
        Assert.That(() => Loop.SetDefaultExecutor(new ThreadPoolExecutor()), Throws.TypeOf<ExecutorShutDownException>());
        Assert.That(await Loop.RunInExecutorAsync(() => 1, new ThreadPoolExecutor()), Is.EqualTo(1));
    });

    /// <summary>
    /// Rule 25: after the time-out a warning that names the work; it is abandoned. asyncio:
    /// test_base_events.test_shutdown_default_executor_timeout.
    /// </summary>
    [Test]
    public void Shutdown_ThatTakesTooLong_WarnsAndAbandons()
    {
        Loop.SetDefaultExecutor(new Idle());
        Run(async () =>
        {
            var start = Loop.Time;
            _ = Loop.RunInExecutorAsync(Endless);
            await Loop.ShutdownDefaultExecutorAsync(Soon);
            Assert.That(Loop.Time - start, IsVirtual ? Is.EqualTo(Soon) : Is.GreaterThanOrEqualTo(Soon));
        });
        var error = TakeError();
        Assert.That(error.Message, Is.EqualTo("The default executor was shut down before its work had ended"));
        Assert.That(error.Exception, Is.TypeOf<TimeoutException>().With.Message.EqualTo(
            "After 0.005s there was still work in the default executor (Endless); it is abandoned."));

        static void Endless() => throw new FormatException("is never run");
    }

    /// <summary>Rule 25: work that was revoked before it began is not waited for, nor work in an executor of one's own.</summary>
    [Test]
    public void Shutdown_DoesNotWaitForWhatIsRevoked_NorForOtherExecutors()
    {
        Loop.SetDefaultExecutor(new Idle());
        Run(async () =>
        {
            var revoked = Loop.RunInExecutorAsync(() => 1);
            _ = Loop.RunInExecutorAsync(() => 1, new Idle());
            revoked.Cancel();
            Assert.That(await TicksOf(() => Loop.ShutdownDefaultExecutorAsync().AsTask()), Is.Zero);
        });
    }

    /// <summary>Rule 25: the end of work elsewhere is not the end of the default executor's.</summary>
    [Test]
    public void Shutdown_CountsTheWorkOfTheDefaultExecutorOnly()
    {
        var mine = new ByHand();
        var other = new ByHand();
        Loop.SetDefaultExecutor(mine);
        Run(async () =>
        {
            _ = Loop.RunInExecutorAsync(() => 1);
            _ = Loop.RunInExecutorAsync(() => 1, other);
            var shutdown = Asyncio.CreateTask(() => Loop.ShutdownDefaultExecutorAsync());
            other.RunNext();
            await SettleAsync();
            Assert.That(shutdown.IsDone, Is.False);
            mine.RunNext();
            await shutdown;
        });
    }

    /// <summary>Rule 25: several may wait; one that is cancelled takes nobody along.</summary>
    [Test]
    public void SeveralMayWaitForTheShutdown() => Run(async () =>
    {
        _ = Loop.RunInExecutorAsync(() => 1);
        var first = Asyncio.CreateTask(() => Loop.ShutdownDefaultExecutorAsync());
        var second = Asyncio.CreateTask(() => Loop.ShutdownDefaultExecutorAsync(TimeSpan.FromMinutes(1)));
        await Asyncio.YieldAsync();
        first.Cancel();
        await second;
        Assert.That((first.IsCancelled, second.State), Is.EqualTo((true, FutureState.Succeeded)));
    });

    /// <summary>A run that waits for work that never comes says for which.</summary>
    [Test]
    public void AStalledShutdown_NamesTheWork()
    {
        if (!IsVirtual)
        {
            return;
        }

        Loop.SetDefaultExecutor(new Idle());
        Assert.That(
            () => Run(async () =>
            {
                _ = Loop.RunInExecutorAsync(Endless);
                await Loop.ShutdownDefaultExecutorAsync();
            }),
            Throws.TypeOf<StalledException>().With.Message.Contains("main waits on work in the default executor (Endless) since 0.000s"));
        var start = Loop.Time;
        Loop.ShutDown();
        Assert.That(Loop.Time - start, Is.EqualTo(TimeSpan.FromMinutes(5)), "rule 20's limit");
        Assert.That(TakeErrors().Select(error => error.Exception), Has.All.TypeOf<TimeoutException>(), "five virtual minutes pass at once");

        static void Endless() => throw new FormatException("is never run");
    }

    private sealed class Idle : IExecutor
    {
        public void Submit(Action work)
        {
        }
    }
}
