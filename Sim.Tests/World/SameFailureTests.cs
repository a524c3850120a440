using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>A failure is the same whoever else was alive: shrinking takes away what only changes the list of bystanders.</summary>
public class SameFailureTests
{
    private static readonly string[] _guests = ["ann", "ben", "cid", "dot"];

    [Test]
    public void ADeadlock_ShrinksToItsOwnDeviations_BesideBystanders([Values] bool heartbeat)
    {
        var shrunk = Shrink("Deadlock:", DeadlockAsync, heartbeat);
        Assert.That(shrunk.Failure!.Kind, Is.EqualTo(heartbeat ? FailureKind.StepLimit : FailureKind.Stalled));
        Assert.That(shrunk.Script.Count, Is.EqualTo(2), shrunk.Script.ToString());
        Assert.That(((LoopException)shrunk.Failure.Exception).Reason, Is.EqualTo("deadlock of alice, bob"));
    }

    [Test]
    public void ALeak_ShrinksToItsOwnDeviations_BesideBystanders()
    {
        var shrunk = Shrink("listener waits", LeakAsync, false);
        Assert.That(shrunk.Failure!.Kind, Is.EqualTo(FailureKind.Leaked));
        Assert.That(shrunk.Script.Count, Is.EqualTo(1), shrunk.Script.ToString());
        Assert.That(((LoopException)shrunk.Failure.Exception).Reason, Is.EqualTo("listener is left behind"));
    }

    [Test]
    public void AnotherCircle_IsAnotherFailure()
    {
        static Failure Deadlock(string second) => Races.Run(
            () => DeadlockAsync(0, second, false), new SimulationOptions { WatchThreadPool = false }).Failure!;
        Assert.That(Deadlock("bob").IsSameAs(Deadlock("bob")), Is.True);
        Assert.That(Deadlock("bob").Fingerprint, Is.Not.EqualTo(Deadlock("carol").Fingerprint));
        Assert.That(Deadlock("bob").IsSameAs(Deadlock("carol")), Is.False);
    }

    private static RunReport Shrink(string says, Func<bool, Task> body, bool heartbeat)
    {
        RunReport Run(IStrategy strategy, bool records) => Simulation.Run(() => body(heartbeat), new SimulationOptions
        {
            Strategy = strategy,
            Records = records,
            WatchThreadPool = false,
            Patience = TimeSpan.Zero,
            LeakedTasksFail = !heartbeat,
            StepLimit = 500,
        });

        var found = Enumerable.Range(1, 200).Select(seed => Run(new RandomStrategy(seed), true))
            .Where(run => run.Failure?.Message.Contains(says, StringComparison.Ordinal) == true).ToList();
        Assert.That(found.Select(static run => run.Failure!.Fingerprint).Distinct().Count(), Is.EqualTo(1));
        var texts = found.Select(static run => run.Failure!.Message.Count(static c => c == '\n')).Distinct().Count();
        Assert.That(texts, Is.GreaterThan(1), "Who is alive beside it differs.");
        var shrinker = new Shrinker(Run);
        var shrunk = shrinker.Shrink(found[0]);
        Assert.That((shrinker.IsMinimal, shrunk.Failure!.IsSameAs(found[0].Failure)), Is.EqualTo((true, true)));
        return shrunk;
    }

    private static Task DeadlockAsync(bool heartbeat) => DeadlockAsync(2, "bob", heartbeat);

    // In turn, the first has given both back before the second, which hesitates, takes any.
    private static async Task DeadlockAsync(int hesitates, string second, bool heartbeat)
    {
        var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
        Invite();
        if (heartbeat)
        {
            _ = Asyncio.CreateTask(BeatAsync, "heartbeat");
        }

        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => TakeInTurnAsync(left, right, 0), "alice"),
            Asyncio.CreateTask(() => TakeInTurnAsync(right, left, hesitates), second));
    }

    private static async Task LeakAsync(bool heartbeat)
    {
        var (closed, isClosed) = (new AsyncEvent(name: "closed"), false);
        _ = Asyncio.CreateTask(
            async () =>
            {
                await Asyncio.YieldAsync();
                if (!isClosed)
                {
                    return;
                }

                await closed.WaitAsync();
            },
            "listener");
        Invite();
        await Asyncio.CreateTask(
            async () =>
            {
                await Asyncio.YieldAsync();
                isClosed = true;
            },
            "closer");
    }

    // The last to come of the four is gone at once, the others one after the other: who is there at a moment depends on the order.
    private static void Invite()
    {
        var come = 0;
        foreach (var guest in _guests)
        {
            _ = Asyncio.CreateTask(
                async () =>
                {
                    for (var stays = ++come; stays > 0; stays--)
                    {
                        await Asyncio.YieldAsync();
                    }

                    if (come % 2 == 0)
                    {
                        await new AsyncEvent(name: "never").WaitAsync();
                    }
                },
                guest);
        }
    }

    private static async Task BeatAsync()
    {
        while (true)
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task TakeInTurnAsync(AsyncLock first, AsyncLock second, int hesitates)
    {
        for (; hesitates > 0; hesitates--)
        {
            await Asyncio.YieldAsync();
        }

        using var _ = await first.AcquireAsync();
        await Asyncio.YieldAsync();
        using var __ = await second.AcquireAsync();
    }
}
