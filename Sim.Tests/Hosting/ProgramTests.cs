using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using Sim.Hosting;

namespace Sim.Tests;

/// <summary>The program of docs/hosting.md runs, on real time.</summary>
public class ProgramTests
{
    [Test]
    public async Task TheProgram_RunsUntilItIsAskedToStop()
    {
        string[] args = [];

        #region program
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddEventLoop(options => options.Name = "rates");
        builder.Services.AddRates().AddSingleton<IRateSource, BankSource>();
        using var host = builder.Build();
        await host.RunAsync();
        #endregion

        // Only a rate that was fetched ends it (see BankSource).
        Assert.That(() => host.Services.GetService<RateBoard>(), Throws.InstanceOf<ObjectDisposedException>());
    }
}
