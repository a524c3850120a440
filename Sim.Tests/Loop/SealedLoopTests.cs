using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A loop that no other thread may hand work to: work that left it is reported when it comes back (invariant A11).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class SealedLoopTests(LoopKind kind) : LoopFixture(kind)
{
    protected override LoopOptions Configure(LoopOptions options) => options with { Isolation = ThreadIsolation.Sealed };

    [Test]
    public void WorkThatComesBackFromThePool_IsReported_WithWhoAndWhence()
    {
        Run(EscapesAsync);
        var error = TakeError();
        Assert.That(error.Message, Is.EqualTo("Work came back from outside the loop"));
        Assert.That(error.Task, Is.EqualTo("main"));
        Assert.That(error.Exception, Is.TypeOf<WorkEscapedException>().With.Message.EqualTo(
            "Work left the loop and came back from thread 'thread pool': 'EscapesAsync' in main. Usual causes: Task.Run, a real "
            + "Task.Delay or timer, ConfigureAwait(false) after a TaskCompletionSource, real I/O. Use the loop's TimeProvider, "
            + "CreateTask and SleepAsync instead."));
        Assert.That(Log, Is.EqualTo((string[])["it still runs"]));

        async Task EscapesAsync()
        {
            // Not done before the await has suspended: then nothing would come back.
            using var suspended = new ManualResetEventSlim();
            Loop.CallSoon(suspended.Set);
            await Task.Run(suspended.Wait);
            Log.Add("it still runs");
        }
    }

    [Test]
    public void CallsAndTimersOfOtherThreads_AreReportedToo() => Run(async () =>
    {
        var task = Asyncio.CurrentTask()!;
        OnOtherThread(() => Loop.CallSoonThreadSafe(Knock));
        await Asyncio.YieldAsync();
        Assert.That(TakeError().Exception.Message, Does.Contain("from thread 'other': 'Knock' in callback"));
        OnOtherThread(() => Loop.TimeProvider.CreateTimer(_ => { }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        await Asyncio.YieldAsync();
        Assert.That(TakeError().Exception.Message, Does.Contain("'timer'"));

        static void Knock()
        {
        }
    });

    [Test]
    public void WorkThatStaysOnTheLoop_IsNotReported() => Run(async () =>
    {
        await Asyncio.SleepAsync(Soon);
        await WithoutContextAsync();
        await Task.Yield();
        var ready = new TaskCompletionSource();
        Loop.CallSoonThreadSafe(ready.SetResult);
        await ready.Task;
        await Task.WhenAll(Task.Delay(Milliseconds(1), Loop.TimeProvider), Task.Delay(Milliseconds(2), Loop.TimeProvider));
        Assert.That(TakeErrors(), Is.Empty);

        async Task WithoutContextAsync()
        {
            await Task.Delay(Milliseconds(5), Loop.TimeProvider).ConfigureAwait(false);
            Assert.That(SynchronizationContext.Current, Is.Null);
            Assert.That(Loop.IsOnLoopThread, Is.True);
            await Task.Delay(Milliseconds(5), Loop.TimeProvider).ConfigureAwait(false);
        }
    });

    [Test]
    public void BeforeTheRun_OtherThreadsMayPrepareIt()
    {
        OnOtherThread(() => Loop.CallSoonThreadSafe(() => Log.Add("prepared")));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["prepared"]));
    }
}
