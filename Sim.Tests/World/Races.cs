using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Scenarios with known faults, for the tests of what finds them.</summary>
internal static class Races
{
    /// <summary>Check then act across an await: holds first in first out, fails when bob gets his turn between alice's look and her act.</summary>
    public static Scenario Account { get; } = new("account-race", static async () =>
    {
        var balance = 100;
        await Asyncio.GatherAsync<ValueTuple>(
            Asyncio.CreateTask(() => WithdrawAsync(70, 1), "alice"),
            Asyncio.CreateTask(() => WithdrawAsync(60, 3), "bob"));
        if (balance < 0)
        {
            throw new InvalidOperationException($"The balance is {balance}.");
        }

        async Task WithdrawAsync(int amount, int pauses)
        {
            for (var i = 0; i < pauses; i++)
            {
                await Asyncio.YieldAsync();
            }

            if (balance >= amount)
            {
                await Asyncio.YieldAsync();
                balance -= amount;
            }
        }
    });

    /// <summary>Four tasks that only take turns: harmless, with many schedules.</summary>
    public static Scenario Turns { get; } = new("turns", static async () =>
    {
        var tasks = Enumerable.Range(0, 4).Select(static number => Asyncio.CreateTask(
            static async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await Asyncio.YieldAsync();
                }
            },
            $"task{number}")).ToArray();
        await Asyncio.GatherAsync<ValueTuple>(tasks);
    });

    /// <summary>Fails when <c>late</c> runs before <c>early</c>: the least deviation is one decision with value 1.</summary>
    public static Scenario Order { get; } = new("order", static async () =>
    {
        var isReady = false;
        await Asyncio.GatherAsync<ValueTuple>(
            Asyncio.CreateTask(static async () => await Asyncio.YieldAsync(), "other"),
            Asyncio.CreateTask(
                () =>
                {
                    isReady = true;
                    return Task.CompletedTask;
                },
                "early"),
            Asyncio.CreateTask(
                () => isReady ? Task.CompletedTask : throw new InvalidOperationException("late runs before early."), "late"));
    });

    public static RunReport Run(Func<Task> body, SimulationOptions? options = null) =>
        Simulation.Run(body, options ?? new SimulationOptions());

    /// <summary>The failure of one run, which must fail.</summary>
    public static Failure Fail(Func<Task> body, SimulationOptions? options = null) =>
        Run(body, options).Failure ?? throw new AssertionException("The run passed.");

    public static IStrategy Script(params int[] values) => new ListStrategy(values);
}
