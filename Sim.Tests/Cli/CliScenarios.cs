using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>Scenarios for the tests of the tool, which opens this assembly by its file.</summary>
public static class CliScenarios
{
    private static int _calls;
    private static int _running;

    [Scenario("cli-holds")]
    public static async Task Holds()
    {
        Console.WriteLine("the body speaks");
        Console.Error.WriteLine("the body complains");
        await Asyncio.GatherAsync(NapAsync, NapAsync);

        static async Task NapAsync() => await Asyncio.SleepAsync(TimeSpan.FromSeconds(1.5));
    }

    [Scenario("cli-race", MustFail = "bob may look at the balance before alice has taken from it.")]
    public static Task Race() => WithdrawTwiceAsync();

    [Scenario("cli-race-undeclared")]
    public static Task RaceUndeclared() => WithdrawTwiceAsync();

    /// <summary>Three tasks write x once each: 3! = 6 happens-before classes.</summary>
    [Scenario("cli-writers")]
    public static async Task Writers()
    {
        await Asyncio.GatherAsync(WriteAsync, WriteAsync, WriteAsync);

        static async Task WriteAsync() => await Asyncio.YieldBeforeAsync("x");
    }

    /// <summary>Two tasks of three and two steps, with two operations and one.</summary>
    [Scenario("cli-independent")]
    public static async Task Independent()
    {
        await Asyncio.GatherAsync(() => WriteAsync("x", 2), () => WriteAsync("y", 1));

        static async Task WriteAsync(string variable, int times)
        {
            for (var i = 0; i < times; i++)
            {
                await Asyncio.YieldBeforeAsync(variable);
            }
        }
    }

    [Scenario("cli-smuggler", MustFail = "a static counter takes part")]
    public static async Task Smuggler()
    {
        if (++_calls % 2 == 0)
        {
            await Asyncio.YieldAsync();
        }
    }

    /// <summary>Fails when two runs at a time share its static.</summary>
    [Scenario("cli-alone")]
    public static async Task Alone()
    {
        var running = Interlocked.Increment(ref _running);
        for (var i = 0; i < 20; i++)
        {
            await Asyncio.YieldAsync();
        }

        if (running != 1 || Interlocked.Decrement(ref _running) != 0)
        {
            throw new InvalidOperationException("Another run is there at the same time.");
        }
    }

    // First in, first out it holds: alice takes in the same turn in which bob looks, but before him.
    private static async Task WithdrawTwiceAsync()
    {
        var balance = 100;
        var alice = Asyncio.CreateTask(AliceAsync, "alice");
        var bob = Asyncio.CreateTask(BobAsync, "bob");
        await Asyncio.GatherAsync(alice, bob);
        if (balance < 0)
        {
            throw new InvalidOperationException($"The account is overdrawn: {balance}.");
        }

        async Task AliceAsync() => await WithdrawAsync();

        async Task BobAsync()
        {
            await Asyncio.YieldAsync();
            await WithdrawAsync();
        }

        async Task WithdrawAsync()
        {
            if (balance >= 100)
            {
                await Asyncio.YieldAsync();
                balance -= 100;
            }
        }
    }
}
