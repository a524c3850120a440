using Sim.Core;
using Sim.World;

namespace Sim.Testing;

/// <summary>What is planted for a canary, by what a strategy varies. Small: it is paid for by every campaign.</summary>
internal static class CanaryBug
{
    /// <summary>The scenario for strategies that vary this; null for those that make the same schedule for every seed.</summary>
    public static Scenario For(DecisionKind? varied) => varied switch
    {
        DecisionKind.Order => _order,
        DecisionKind.Draw => _draw,
        DecisionKind.Time => _time,
        DecisionKind.Cost => _cost,
        _ => _always,
    };

    /// <summary>A scenario that is no function of its decisions: it remembers how often it was run.</summary>
    public static Scenario Unsteady()
    {
        var runs = 0;
        return new Scenario("canary-unsteady", async () =>
        {
            if (runs++ % 2 == 1)
            {
                await Asyncio.YieldAsync();
            }
        });
    }

    private static readonly Scenario _always = new("canary-always", static async () =>
    {
        await Asyncio.YieldAsync();
        throw new ShownException("An assertion that always fails.");
    });

    // First in, first out the writer comes first.
    private static readonly Scenario _order = new("canary-order", static async () =>
    {
        var written = false;
        await Asyncio.GatherAsync<ValueTuple>(
            Asyncio.CreateTask(
                async () =>
                {
                    await Asyncio.YieldAsync();
                    written = true;
                },
                "writer"),
            Asyncio.CreateTask(
                async () =>
                {
                    await Asyncio.YieldAsync();
                    Require(written, "The reader reads what is not written yet.");
                },
                "reader"));
    });

    private static readonly Scenario _draw = new("canary-draw", static async () =>
    {
        await Asyncio.YieldAsync();
        Require(Simulation.Current.Draw("canary", 2) == 0, "A number other than the default is drawn.");
    });

    // While work takes no time, it is done before the timer.
    private static readonly Scenario _time = new("canary-time", static async () =>
    {
        var done = false;
        await Asyncio.GatherAsync<ValueTuple>(
            Asyncio.CreateTask(
                async () =>
                {
                    for (var i = 0; i < 10; i++)
                    {
                        await Asyncio.YieldAsync();
                    }

                    done = true;
                },
                "work"),
            Asyncio.CreateTask(
                async () =>
                {
                    await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
                    Require(done, "The time is over before the work is done.");
                },
                "timer"));
    });

    private static readonly Scenario _cost = new("canary-cost", static async () =>
    {
        var start = Asyncio.GetRunningLoop().Time;
        await Asyncio.YieldAsync();
        Require(Asyncio.GetRunningLoop().Time == start, "Time has passed, and nobody has waited.");
    });

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ShownException(message);
        }
    }

    /// <summary>The planted bug shows.</summary>
    internal sealed class ShownException(string message) : Exception(message);
}
