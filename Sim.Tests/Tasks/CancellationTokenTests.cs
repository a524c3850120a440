using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>.NET's tokens: a task's own, and those that end a sleep.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CancellationTokenTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>The token: for .NET code that the task awaits.</summary>
    [Test]
    public void TheToken_IsCancelledWithTheFirstRequest() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            var token = Asyncio.CurrentTask()!.CancellationToken;
            Assert.That(token.IsCancellationRequested, Is.False);
            await Task.Delay(TimeSpan.FromHours(1), Loop.TimeProvider, token);
        });
        var late = Asyncio.CreateTask(() => SleepLongAsync("late"));
        await Asyncio.YieldAsync();
        task.Cancel();
        late.Cancel();
        Assert.That(late.CancellationToken.IsCancellationRequested, Is.True, "asked for after the request");
        await SettleAsync();
        Assert.That(task.IsCancelled, Is.True);
        task.Uncancel();
        Assert.That(task.CancellationToken.IsCancellationRequested, Is.True, "a token does not come back");
    });

    /// <summary>A token that strikes in a sleep, from the loop and from another thread.</summary>
    [Test]
    public void ATokenCancelsASleep([Values] bool fromAnotherThread) => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        Loop.CallSoon(() =>
        {
            if (fromAnotherThread)
            {
                OnOtherThread(source.Cancel);
            }
            else
            {
                source.Cancel();
            }
        });
        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1), source.Token);
        }
        catch (OperationCanceledException error)
        {
            Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
            Log.Add("cancelled");
        }

        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1), source.Token);
        }
        catch (OperationCanceledException)
        {
            Log.Add("at once");
        }

        Assert.That(Log, Is.EqualTo((string[])["cancelled", "at once"]));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
    });

    private async Task SleepLongAsync(string name)
    {
        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        }
        catch (OperationCanceledException)
        {
            Log.Add($"{name}: cancelled");
            throw;
        }
    }
}
