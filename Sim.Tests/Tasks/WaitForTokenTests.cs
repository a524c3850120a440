using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A token beside the time of a wait.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class WaitForTokenTests(LoopKind kind) : LoopFixture(kind)
{
    private static TimeSpan Long { get; } = TimeSpan.FromHours(1);

    [Test]
    public void TheToken_CancelsTheFuture()
    {
        Run(async () =>
        {
            using var source = new CancellationTokenSource();
            var future = Loop.CreateFuture<int>();
            Loop.CallSoon(source.Cancel);
            var stopped = await Caught.ByAsync<OperationCanceledException>(async () => await Asyncio.WaitForAsync(future, Long, source.Token));
            Assert.That(stopped.CancellationToken, Is.EqualTo(source.Token));
            Assert.That(future.IsCancelled, Is.True);
        });
    }

    /// <summary>The request to the task is taken back: it goes on as if nobody had asked.</summary>
    [Test]
    public void TheToken_StopsTheBody_NotTheTask()
    {
        Run(async () =>
        {
            using var source = new CancellationTokenSource();
            Loop.CallSoon(source.Cancel);
            var stopped = await Caught.ByAsync<OperationCanceledException>(
                async () => await Asyncio.WaitForAsync(() => Asyncio.SleepAsync(Long), Long, source.Token));
            Assert.That(stopped.CancellationToken, Is.EqualTo(source.Token));
            Assert.That(stopped.Message, Does.Match("^The wait of task main was ended at .* in task main by its token.$"));
            Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
            await Asyncio.YieldAsync();
        });
    }

    [Test]
    public void ATokenThatIsCancelledAlready_KeepsTheBodyFromStarting()
    {
        Run(async () =>
        {
            await Caught.ByAsync<OperationCanceledException>(async () => await Asyncio.WaitForAsync(StartAsync, Long, new CancellationToken(true)));
            Assert.That(Log, Is.Empty);
        });

        async Task StartAsync()
        {
            Log.Add("started");
            await Asyncio.YieldAsync();
        }
    }

    /// <summary>Who asks the task itself is not taken for the token.</summary>
    [Test]
    public void ARequestToTheTask_Wins()
    {
        Run(async () =>
        {
            using var source = new CancellationTokenSource();
            var waiting = Asyncio.CreateTask(() => Asyncio.WaitForAsync(() => Asyncio.SleepAsync(Long), Long, source.Token), "waiting");
            await Asyncio.YieldAsync();
            source.Cancel();
            waiting.Cancel();
            var stopped = await Caught.ByAsync<OperationCanceledException>(async () => await waiting);
            Assert.That(stopped.CancellationToken, Is.Not.EqualTo(source.Token));
            Assert.That(waiting.CancelRequests, Is.EqualTo(1));
        });
    }

    [Test]
    public void ABodyThatSwallowsTheRequest_HasItsResult()
    {
        Run(async () =>
        {
            using var source = new CancellationTokenSource();
            Loop.CallSoon(source.Cancel);
            var result = await Asyncio.WaitForAsync(
                async () =>
                {
                    await Caught.ByAsync<OperationCanceledException>(async () => await Asyncio.SleepAsync(Long));
                    return 7;
                },
                Long,
                source.Token);
            Assert.That(result, Is.EqualTo(7));
            Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
        });
    }

    [Test]
    public void TheTime_WinsWhenItIsFirst()
    {
        Run(async () =>
        {
            using var source = new CancellationTokenSource();
            await Caught.ByAsync<TimeoutException>(async () => await Asyncio.WaitForAsync(() => Asyncio.SleepAsync(Long), Soon, source.Token));
            source.Cancel();
            await SettleAsync();
        });
    }
}
