using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Failures that no awaiter can get are told to the exception handler (invariant A10).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class LostFailureTests(LoopKind kind) : LoopFixture(kind)
{
    [Test]
    public void SecondFailureOfWhenAll_IsTold() => Run(async () =>
    {
        var both = Asyncio.CreateTask(() => Task.WhenAll(FailAsync("first"), FailAsync("second")), "both");

        try
        {
            await both;
        }
        catch (FormatException thrown)
        {
            Log.Add(thrown.Message);
        }

        Assert.That(Log, Is.EqualTo((string[])["first"]));
        var told = TakeError();
        Assert.That((told.Task, told.Exception.Message), Is.EqualTo(("both", "second")));
    });

    [Test]
    public void FailureOfACall_AfterItsGatherWasCancelled_IsTold() => Run(async () =>
    {
        var gather = Asyncio.GatherAsync(FailAsync("late"));
        gather.Cancel();
        try
        {
            await gather;
        }
        catch (OperationCanceledException)
        {
            Log.Add("cancelled");
        }

        for (var turn = 0; turn < 5; turn++)
        {
            await Asyncio.YieldAsync();
        }

        Assert.That(Log, Is.EqualTo((string[])["cancelled"]));
        Assert.That(TakeError().Exception.Message, Is.EqualTo("late"));
    });

    [Test]
    public void TimerOfATaskThatHasEnded_HasNoCurrentTask() => Run(async () =>
    {
        ITimer? timer = null;
        var current = "not called";
        await Asyncio.CreateTask(
            () =>
            {
                timer = Loop.TimeProvider.CreateTimer(_ => current = Asyncio.CurrentTask()?.Name ?? "none", null, Soon, Timeout.InfiniteTimeSpan);
                return Task.CompletedTask;
            },
            "maker");

        await Asyncio.SleepAsync(Soon + Soon);

        timer!.Dispose();
        Assert.That(current, Is.EqualTo("none"));
    });

    private static async Task FailAsync(string message)
    {
        await Asyncio.YieldAsync();
        throw new FormatException(message);
    }
}
