#region first-test
using NUnit.Framework;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

public class LeaseTests
{
    [SimTest]
    public async Task Lease_RunsOutAfterAnHour()
    {
        var time = Simulation.Current.TimeProvider;
        using var lease = new CancellationTokenSource(TimeSpan.FromHours(1), time);

        await Task.Delay(TimeSpan.FromMinutes(59), time);
        Assert.That(lease.IsCancellationRequested, Is.False);

        await Task.Delay(TimeSpan.FromMinutes(2), time);
        Assert.That(lease.IsCancellationRequested, Is.True);
    }
    #endregion

    #region fuzzed-test
    [SimTest(Runs = 200)]
    public async Task Stock_IsNeverNegative()
    {
        var stock = 1;

        async Task BuyAsync()
        {
            await Asyncio.YieldAsync();     // ask the warehouse
            if (stock > 0)
            {
                stock--;                    // no await between check and act: every order is fine
            }
        }

        await Asyncio.GatherAsync(
            Asyncio.CreateTask(BuyAsync, "ann"),
            Asyncio.CreateTask(BuyAsync, "bob"));

        Assert.That(stock, Is.Zero);
    }
    #endregion

    #region snapshot-test
    [Test]
    public Task Trace_TellsTheStory()
    {
        var run = Simulation.Run(async () =>
        {
            var tea = Asyncio.CreateTask(() => WorkAsync(TimeSpan.FromMinutes(3)), "tea");
            var toast = Asyncio.CreateTask(() => WorkAsync(TimeSpan.FromMinutes(2)), "toast");
            await Asyncio.GatherAsync(tea, toast);
        });

        return Verify(run.Trace.ToString());
    }
    #endregion

    private static async Task WorkAsync(TimeSpan duration)
    {
        await Asyncio.SleepAsync(duration);
        Simulation.Current.Note("ready");
    }
}
