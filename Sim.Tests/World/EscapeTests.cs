using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

[NonParallelizable]
public class EscapeTests
{
    [Test]
    public void TaskRun_ThatIsAwaited_IsReported() => AssertEscapes(LeaveAsync);

    [Test]
    public void TaskRun_ThatNobodyAwaits_IsReported() => AssertEscapes(static async () =>
    {
        _ = Task.Run(static () => { });
        await Asyncio.YieldAsync();
    });

    [Test]
    public void TaskRun_ThatIsDoneBeforeItIsAwaited_IsReported() => AssertEscapes(static async () =>
    {
        var work = Task.Run(static () => 1);
        SpinWait.SpinUntil(() => work.IsCompleted);
        await work;
    });

    [Test]
    public void TaskRun_NamesTheCallerAndTheWayOut()
    {
        var failure = Races.Fail(static async () => await Task.Run(static () => 1));
        Assert.That(failure.Message, Does.Contain(nameof(EscapeTests)).And.Contain("Asyncio.CreateTask"));
    }

    [Test]
    public void RealDelay_IsReported_NotAStall() => AssertEscapes(
        static async () => await Task.Delay(20), new SimulationOptions { Patience = TimeSpan.FromSeconds(20) });

    [Test]
    public void AwaitedTaskRun_IsReported_WithoutTheWatchToo() => AssertEscapes(
        LeaveAsync, new SimulationOptions { WatchThreadPool = false, Patience = TimeSpan.FromSeconds(20) });

    [Test]
    public void DelayOnTheLoopsTime_DoesNotEscape_WithConfigureAwaitFalseNeither()
    {
        var report = Races.Run(static async () =>
        {
            var thread = Environment.CurrentManagedThreadId;
            await Task.Delay(TimeSpan.FromHours(1), Simulation.Current.TimeProvider).ConfigureAwait(false);
            Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
        });
        Assert.That(report.Failure, Is.Null);
    }

    // The work ends after the await has begun, so that it comes back from the other thread.
    private static async Task LeaveAsync()
    {
        using var gate = new ManualResetEventSlim();
        var work = Task.Run(gate.Wait);
        Asyncio.GetRunningLoop().CallSoon(gate.Set);
        await work;
    }

    private static void AssertEscapes(Func<Task> body, SimulationOptions? options = null)
    {
        var failure = Races.Fail(body, options);
        Assert.That((failure.Kind, failure.Exception.GetType()), Is.EqualTo((FailureKind.Escaped, typeof(WorkEscapedException))), failure.Message);
    }
}
