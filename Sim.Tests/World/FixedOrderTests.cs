using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>The strategies whose order can be told in advance: round robin and delay bounding.</summary>
public class FixedOrderTests
{
    [Test]
    public void RoundRobin_GivesTheTurnToTheNextTask_AndFifoToTheOldest()
    {
        Assert.That(Interleavings.Written(FourAsync, new FifoStrategy()), Is.EqualTo("abcadbcd"));
        for (var seed = 1; seed <= 5; seed++)
        {
            Assert.That(Interleavings.Written(FourAsync, new RoundRobinStrategy(seed)), Is.EqualTo("abcdabcd"));
        }
    }

    [Test]
    public void RoundRobin_GivesCallbacksATurnOfTheirOwn()
    {
        Assert.That(Interleavings.Written(CallbacksAsync, new FifoStrategy()), Is.EqualTo("xyabcabc"));
        Assert.That(Interleavings.Written(CallbacksAsync, new RoundRobinStrategy(1)), Is.EqualTo("abcxabcy"));
    }

    // A profile with one choice puts all delays into the first step, where a, b and c are ready.
    [TestCase(0, "abcabc", TestName = "NoDelay_IsFirstInFirstOut")]
    [TestCase(1, "bcabca", TestName = "Delayed_LetsThoseGoFirstThatAreReady")]
    [TestCase(2, "cabcab", TestName = "TheNextOne_MayBeDelayedToo")]
    [TestCase(3, "abcabc", TestName = "AllDelayed_IsAsIfNoneWere")]
    [TestCase(4, "bcabca", TestName = "TheFirst_MayBeDelayedAgain")]
    public void Delays(int delays, string order)
    {
        var profile = Interleavings.Profile(OneChoiceAsync);
        Assert.That(profile.Choices, Is.EqualTo(1));
        Assert.That(Interleavings.Written(ThreeAsync, new DelayStrategy(delays, 1, profile)), Is.EqualTo(order));

        static async Task OneChoiceAsync()
        {
            var other = Asyncio.CreateTask(static () => Task.CompletedTask, "other");
            await Asyncio.YieldAsync();
            await other;
        }
    }

    [Test]
    public void OneDelay_ReachesEveryStepWithAChoice()
    {
        var counts = Interleavings.Count(ThreeAsync, StrategyFamilies.Delay(1), 200);
        // By the step of the delay, from the first to the fifth; later ones change nothing that is written.
        Assert.That(counts.Keys, Is.EquivalentTo((string[])["bcabca", "acabcb", "ababcc", "abcbca", "abcacb", "abcabc"]));
    }

    private static async Task ThreeAsync()
    {
        var tasks = "abc".Select(static letter => Asyncio.CreateTask(() => Interleavings.WriteAsync(letter, 2), $"{letter}")).ToArray();
        await Asyncio.GatherAsync<ValueTuple>(tasks);
    }

    private static async Task CallbacksAsync()
    {
        var loop = Asyncio.GetRunningLoop();
        loop.CallSoon(static () => Interleavings.Write('x'));
        loop.CallSoon(static () => Interleavings.Write('y'));
        await ThreeAsync();
    }

    // The second task creates the fourth.
    private static async Task FourAsync()
    {
        LoopTask? fourth = null;
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(static () => Interleavings.WriteAsync('a', 2), "a"),
            Asyncio.CreateTask(
                async () =>
                {
                    fourth = Asyncio.CreateTask(static () => Interleavings.WriteAsync('d', 2), "d");
                    await Interleavings.WriteAsync('b', 2);
                },
                "b"),
            Asyncio.CreateTask(static () => Interleavings.WriteAsync('c', 2), "c"));
        await fourth!;
    }
}
