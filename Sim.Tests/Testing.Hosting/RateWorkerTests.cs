#region test
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Sim.Testing.Hosting;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

public class RateWorkerTests
{
    [SimTest(Runs = 20, InstantWork = true)]
    public async Task ADay_IsRefreshedEveryHour_InSpiteOfAnOutage()
    {
        var services = new ServiceCollection();
        services.AddRates().AddSingleton<IRateSource, MarketDay>();
        await using var host = await SimulationHost.StartAsync(services);

        await Task.Delay(TimeSpan.FromHours(23.5), Simulation.Current.TimeProvider);

        Assert.That(host.Services.GetRequiredService<RateBoard>().Refreshes, Is.EqualTo(24));
        Assert.That(host.Log.Entries.Count(entry => entry.Level == LogLevel.Warning), Is.InRange(1, 3));
    }

    [Test]
    public Task TwoHours_AreAStory()
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddRates().AddSingleton<IRateSource, MarketDay>();
            await using var host = await SimulationHost.StartAsync(services);

            await Task.Delay(TimeSpan.FromHours(2.5), Simulation.Current.TimeProvider);
        });

        return Verify(run.Trace.ToString());
    }
}
#endregion
