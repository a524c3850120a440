using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Many threads hand in work at once, as much as they can.</summary>
public class ThreadFloodTests
{
    /// <summary>Rule 22: none is lost, and those of each thread come in its order.</summary>
    [Test]
    public void EightThreads_HandInAMillionCallsEach_NoneIsLost_AndTheOrderOfEachIsKept()
    {
        const int threads = 8, each = 1_000_000;
        using var loop = Asyncio.NewEventLoop();
        var (seen, misplaced, onOtherThreads) = (new int[threads], 0, 0);
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var mine = i;
                loop.CallSoonThreadSafe(() =>
                {
                    misplaced += seen[number]++ == mine ? 0 : 1;
                    onOtherThreads += loop.IsOnLoopThread ? 0 : 1;
                });
            }
        })).ToList();
        var closer = new Thread(() =>
        {
            workers.ForEach(static worker => worker.Join());
            loop.CallSoonThreadSafe(loop.Stop);
        });
        loop.CallSoon(() =>
        {
            workers.ForEach(static worker => worker.Start());
            closer.Start();
        });

        loop.RunForever();

        Assert.That(seen, Is.All.EqualTo(each));
        Assert.That((misplaced, onOtherThreads), Is.EqualTo((0, 0)));
    }

    /// <summary>A loop that sleeps is woken by the first of several, and by the next after it has slept again.</summary>
    [Test]
    public void ALoopThatSleepsBetweenCalls_MissesNone()
    {
        const int calls = 2_000;
        using var loop = Asyncio.NewEventLoop();
        using var answered = new SemaphoreSlim(0);
        var ran = 0;
        var caller = new Thread(() =>
        {
            for (var i = 0; i < calls; i++)
            {
                loop.CallSoonThreadSafe(() => ran++);
                loop.CallSoonThreadSafe(() => answered.Release());
                answered.Wait();
            }

            loop.CallSoonThreadSafe(loop.Stop);
        });
        loop.CallSoon(caller.Start);

        loop.RunForever();

        Assert.That(ran, Is.EqualTo(calls));
    }
}
