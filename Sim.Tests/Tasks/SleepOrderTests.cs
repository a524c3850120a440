using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Sleeps to exactly the same instant, which only virtual time has.</summary>
public sealed class SleepOrderTests() : LoopFixture(LoopKind.Virtual)
{
    [Test]
    public void EqualSleeps_EndInTheOrderOfTheirBeginning() => Run(async () =>
    {
        var when = Loop.Time + Milliseconds(20);
        var tasks = Enumerable.Range(0, 20).Select(i => (Future<ValueTuple>)Asyncio.CreateTask(async () =>
        {
            await Asyncio.SleepAsync(when - Loop.Time);
            Log.Add($"{i}");
        })).ToArray();
        await Asyncio.GatherAsync<ValueTuple>(tasks);
        Assert.That(Log, Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"{i}")));
    });

    [Test]
    public void ASleepCancelledInTheTickOfItsTimer_IsNotReusedWhileTheTimerRefersToIt() => Run(async () =>
    {
        for (var round = 0; round < 20; round++)
        {
            // The timer falls due in the batch whose first callback cancels the sleeper.
            var when = Loop.Time + Milliseconds(1);
            LoopTask? sleeper = null;
            Loop.CallAt(when, () => sleeper!.Cancel());
            sleeper = Asyncio.CreateTask(async () =>
            {
                try
                {
                    await Asyncio.SleepAsync(when - Loop.Time);
                    Log.Add("slept");
                }
                catch (OperationCanceledException)
                {
                    var start = Loop.Time;
                    await Asyncio.SleepAsync(Milliseconds(2));
                    Assert.That(Loop.Time - start, Is.GreaterThanOrEqualTo(Milliseconds(2)), "the old timer does not end the new sleep");
                    throw;
                }
            });
            await Asyncio.SleepAsync(Milliseconds(5));
            Assert.That(sleeper.IsDone, Is.True);
        }

        Assert.That(Log, Is.Empty);
    });
}
