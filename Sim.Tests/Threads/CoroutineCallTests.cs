using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Coroutines handed to a loop from other threads: asyncio's <c>run_coroutine_threadsafe</c>.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CoroutineCallTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_tasks.test_run_coroutine_threadsafe.</summary>
    /// <summary>A call that comes while the loop closes is refused or ends: nobody waits for ever.</summary>
    [Test]
    public void ACallThatComesWhileTheLoopCloses_IsRefused()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        loop.CreateFuture<int>().SetException(new FormatException());
        Exception? refused = null;
        loop.ExceptionHandler = _ =>
        {
            var other = new Thread(() => refused = Assert.Catch(() => loop.RunCoroutineThreadSafe(() => Task.CompletedTask)));
            other.Start();
            other.Join();
        };
        loop.Close();
        Assert.That(refused, Is.TypeOf<LoopClosedException>());
    }

    [Test]
    public void ACoroutineFromAnotherThread_RunsOnTheLoop_AndItsResultIsCarried()
    {
        var loopThread = Environment.CurrentManagedThreadId;
        FromOtherThread(() =>
        {
            var call = Loop.RunCoroutineThreadSafe(AddAsync);
            Assert.That(call.Result, Is.EqualTo(3), "another thread may block on it");
            Loop.RunCoroutineThreadSafe(async () => await Asyncio.YieldAsync()).Wait();
        });

        async Task<int> AddAsync()
        {
            Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(loopThread));
            Assert.That(Asyncio.CurrentTask()!.Name, Is.EqualTo("AddAsync"));
            await Asyncio.SleepAsync(Soon);
            return 3;
        }
    }

    /// <summary>
    /// asyncio: test_tasks.test_run_coroutine_threadsafe_with_exception. The failure is carried, so the loop does not report
    /// it.
    /// </summary>
    [Test]
    public void AFailure_IsCarriedToWhoWaits() => FromOtherThread(() =>
    {
        var call = Loop.RunCoroutineThreadSafe(() => FailAsync());
        Assert.That(() => call.GetAwaiter().GetResult(), Throws.TypeOf<FormatException>().With.Message.EqualTo("mine"));
    });

    /// <summary>asyncio: test_tasks.test_run_coroutine_threadsafe_and_cancel: the token asks the task to stop.</summary>
    [Test]
    public void TheToken_CancelsTheTask() => FromOtherThread(() =>
    {
        using var source = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        var call = Loop.RunCoroutineThreadSafe(
            async () =>
            {
                begun.Set();
                try
                {
                    await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                }
                catch (OperationCanceledException)
                {
                    Log.Add("asked to stop");
                    throw;
                }
            },
            source.Token);
        begun.Wait();
        source.Cancel();
        var error = Assert.Catch<OperationCanceledException>(() => call.GetAwaiter().GetResult())!;
        Assert.That((call.IsCanceled, error.CancellationToken), Is.EqualTo((true, source.Token)));
        Assert.That(Log, Is.EqualTo((string[])["asked to stop"]));
    });

    /// <summary>A token that is cancelled before the coroutine's turn: it never runs.</summary>
    [Test]
    public void ATokenThatCameFirst_KeepsTheCoroutineFromRunning()
    {
        using var source = new CancellationTokenSource();
        var call = Loop.RunCoroutineThreadSafe(
            () =>
            {
                Log.Add("ran");
                return Task.CompletedTask;
            },
            source.Token);
        source.Cancel();
        Iterate(3);
        Assert.That((call.IsCanceled, Log.Count), Is.EqualTo((true, 0)));
    }

    /// <summary>Cancelling is a request: a coroutine that goes on has the last word.</summary>
    [Test]
    public void ACoroutineThatIgnoresTheRequest_HasTheLastWord()
    {
        using var source = new CancellationTokenSource();
        var call = Loop.RunCoroutineThreadSafe(
            async () =>
            {
                try
                {
                    await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan);
                }
                catch (OperationCanceledException)
                {
                    await Asyncio.YieldAsync();
                }

                return 7;
            },
            source.Token);
        Iterate(3);
        source.Cancel();
        Iterate(5);
        Assert.That((call.IsCompletedSuccessfully, call.IsCompletedSuccessfully ? call.Result : 0), Is.EqualTo((true, 7)));
    }

    /// <summary>
    /// asyncio: test_tasks.test_run_coroutine_threadsafe_task_cancelled: the task is cancelled on the loop, and that is
    /// carried too.
    /// </summary>
    [Test]
    public void ATaskThatIsCancelledOnTheLoop_CancelsWhatWaits()
    {
        var call = Loop.RunCoroutineThreadSafe(async () => await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan));
        Iterate(3);
        Loop.AllTasks()[0].Cancel();
        Iterate(3);
        Assert.That(call.IsCanceled, Is.True);
    }

    /// <summary>asyncio: test_tasks.test_run_coroutine_threadsafe_task_factory_exception.</summary>
    [Test]
    public void AFailureOfTheTaskFactory_IsCarriedToo()
    {
        Loop.SetTaskFactory(new Broken());
        var call = Loop.RunCoroutineThreadSafe(FailAsync);
        Iterate(3);
        Assert.That(call.Exception!.InnerException, Is.TypeOf<FormatException>().With.Message.EqualTo("factory"));
    }

    /// <summary>A body that is no coroutine is a failure like another.</summary>
    [Test]
    public void ABodyThatReturnsNull_IsCarriedAsAFailure()
    {
        var call = Loop.RunCoroutineThreadSafe(() => (Task)null!);
        Iterate(3);
        Assert.That(call.Exception!.InnerException, Is.TypeOf<LoopException>().With.Message.Contains("returned null instead of a Task"));
    }

    /// <summary>On the loop's own thread it may be awaited; blocking on it is refused, as every blocking wait is.</summary>
    [Test]
    public void OnTheLoopsOwnThread_ItMayBeAwaited_NotBlockedOn() => Run(async () =>
    {
        Assert.That(await Loop.RunCoroutineThreadSafe(() => Task.FromResult(1)), Is.EqualTo(1));
        var pending = Loop.RunCoroutineThreadSafe(async () => await Asyncio.YieldAsync());
        Assert.That(pending.Wait, Throws.TypeOf<BlockingWaitException>());
        await pending;
    });

    /// <summary>Whoever waits for a coroutine of a loop that closes is told; a closed loop takes none.</summary>
    [Test]
    public void TheClosingOfTheLoop_EndsTheWait()
    {
        var loop = NewLoop(new LoopOptions { Name = "short-lived" });
        var begun = loop.RunCoroutineThreadSafe(async () => await Asyncio.SleepAsync(Timeout.InfiniteTimeSpan));
        loop.Stop();
        loop.RunForever();
        using var source = new CancellationTokenSource();
        var waiting = loop.RunCoroutineThreadSafe(() => Task.FromResult(1), source.Token);
        loop.Close();
        source.Cancel();
        Assert.That(waiting.Exception!.InnerException, Is.TypeOf<LoopClosedException>().With.Message.StartsWith(
            "short-lived was closed before the coroutine had ended"));
        Assert.That(begun.Exception!.InnerException, Is.TypeOf<LoopClosedException>());
        Assert.That(() => loop.RunCoroutineThreadSafe(() => Task.FromResult(1)), Throws.TypeOf<LoopClosedException>());
    }

    private static async Task<int> FailAsync()
    {
        await Asyncio.YieldAsync();
        throw new FormatException("mine");
    }

    private sealed class Broken : LoopTaskFactory
    {
        public override LoopTask<T> Create<T>(EventLoop loop, Func<Task<T>> body, TaskCreation creation) => throw new FormatException("factory");
    }

    // The loop runs until the other thread is done, and then gets what it threw.
    private void FromOtherThread(Action body)
    {
        Exception? caught = null;
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception error)
            {
                caught = error;
            }

            Loop.CallSoonThreadSafe(Loop.Stop);
        });
        thread.Start();
        Loop.RunForever();
        thread.Join();
        Assert.That(caught, Is.Null);
    }
}
