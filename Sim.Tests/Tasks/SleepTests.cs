using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Sleeps are pooled value-task sources: what that could break.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class SleepTests(LoopKind kind) : LoopFixture(kind)
{
    [Test]
    public void ASleep_EndsAtItsTime() => Run(async () =>
    {
        foreach (var milliseconds in (double[])[1, 3, 0.5, 0.0001])
        {
            var end = Loop.Time + Milliseconds(milliseconds);
            await Asyncio.SleepAsync(Milliseconds(milliseconds));
            Assert.That(Loop.Time, IsVirtual ? Is.EqualTo(end) : Is.GreaterThanOrEqualTo(end));
        }
    });

    /// <summary>
    /// Rules 6 and 95: however short a sleep, the loop does not spin until it is over; less than one tick of 100 ns is a bare yield.
    /// asyncio: test_events.test_timeout_rounding.
    /// </summary>
    [Test]
    public void ShortSleeps_TakeTheIterationsThatTheyShould() => Run(async () =>
    {
        var ticks = await TicksOf(async () =>
        {
            foreach (var ten in (long[])[100_000, 1_000, 10, 1])
            {
                await Asyncio.SleepAsync(TimeSpan.FromTicks(ten));
            }

            await Asyncio.SleepAsync(TimeSpan.FromTicks(1) / 10);
        });
        // Two for a sleep, one for the yield; a kernel may end a wait a little early.
        Assert.That(ticks, IsVirtual ? Is.EqualTo(9) : Is.InRange(9, 17));
    });

    [Test]
    public void ASleepAwaitedTwice_IsRefused_NotMixedUpWithAnother() => Run(async () =>
    {
        var sleep = Asyncio.SleepAsync(Soon);
        await sleep;
        // The source is in use again, by another sleep.
        var other = Asyncio.SleepAsync(Soon);
        Assert.That(await RefusedAsync(sleep), Does.Match(@"^The ValueTask of a sleep is awaited a second time at \d+\.\d+s in task main: "));
        await other;
    });

    [Test]
    public void ASleepAwaitedByTwoAtOnce_IsRefusedAtTheSecondAwait_AndTheFirstGoesOn() => Run(async () =>
    {
        var sleep = Asyncio.SleepAsync(Soon);
        var first = Asyncio.CreateTask(async () => await sleep);
        await Asyncio.YieldAsync();
        Assert.That(await RefusedAsync(sleep), Does.Contain("AsTask()"));
        await first;
    });

    [Test]
    public void ASleepAsATask_CanBeAwaitedOften() => Run(async () =>
    {
        var sleep = Asyncio.SleepAsync(Soon).AsTask();
        await Task.WhenAll(sleep, sleep);
        await sleep;
        var yields = Asyncio.YieldAsync().AsTask();
        await yields;
        await yields;
    });

    [Test]
    public void ASleepNeverAwaited_HarmsNobody() => Run(async () =>
    {
        for (var i = 0; i < 10; i++)
        {
            _ = Asyncio.SleepAsync(TimeSpan.FromTicks(i)).AsTask();
            Begin();
        }

        await Asyncio.SleepAsync(Milliseconds(10));
        Assert.That(await TicksOf(async () => await Asyncio.SleepAsync(Soon)), Is.EqualTo(2));

        static void Begin()
        {
            var abandoned = Asyncio.SleepAsync(Soon);
            Assert.That(abandoned.IsCompleted, Is.False);
        }
    });

    [Test]
    public void ASleepAwaitedAfterItsEnd_TakesNoTick() => Run(async () =>
    {
        var sleep = Asyncio.SleepAsync(TimeSpan.FromTicks(1));
        await Asyncio.SleepAsync(Milliseconds(10));
        Assert.That(sleep.IsCompleted, Is.True);
        Assert.That(await TicksOf(async () => await sleep), Is.Zero);
    });

    [Test]
    public void ManySleepers_CancelledAtRandom_EachEndExactlyOnce([Values(1, 2, 3)] int seed) => Run(async () =>
    {
        var random = new Random(seed);
        var ends = new int[200];
        var tasks = Enumerable.Range(0, ends.Length).Select(i => Asyncio.CreateTask(async () =>
        {
            try
            {
                for (var turn = 0; turn < 5; turn++)
                {
                    await Asyncio.SleepAsync(TimeSpan.FromTicks(random.Next(0, 30)));
                    await Asyncio.YieldAsync();
                }
            }
            finally
            {
                ends[i]++;
            }
        })).ToArray();
        // All have begun: a task cancelled before its start never runs its body.
        await Asyncio.YieldAsync();
        for (var i = 0; i < 60; i++)
        {
            tasks[random.Next(tasks.Length)].Cancel();
            tasks[random.Next(tasks.Length)].Uncancel();
            await Asyncio.SleepAsync(TimeSpan.FromTicks(random.Next(0, 3)));
        }

        await Asyncio.GatherOutcomesAsync<ValueTuple>(tasks);
        Assert.That(ends, Is.All.EqualTo(1));
    });

    [Test]
    public void OutsideOfARunningLoop_ASleepIsRefused()
    {
        Assert.That(async () => await Asyncio.SleepAsync(Soon), Throws.TypeOf<NoRunningLoopException>());
        Assert.That(async () => await Asyncio.YieldAsync(), Throws.TypeOf<NoRunningLoopException>());
    }

    [Test]
    public void ASleepOfAnotherLoop_IsRefusedAtTheAwait()
    {
        using var other = NewLoop(new LoopOptions { Name = "other" });
        ValueTask sleep = default;
        other.RunUntilComplete(() =>
        {
            sleep = Asyncio.SleepAsync(Soon);
            return Task.CompletedTask;
        });
        Assert.That(() => Run(async () => await sleep), Throws.TypeOf<LoopException>().With.Message.Contains("belongs to other"));
    }

    private static async Task<string> RefusedAsync(ValueTask sleep)
    {
        try
        {
            await sleep;
            return "not refused";
        }
        catch (InvalidOperationException error)
        {
            return error.Message;
        }
    }
}
