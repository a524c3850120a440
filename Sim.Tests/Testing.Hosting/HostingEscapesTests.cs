using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>What of .NET's hosting leaves the loop when it is used in a simulation as it is: none of it without a word.</summary>
public class HostingEscapesTests
{
    [Test]
    public void TheStartOfABackgroundService_LeavesForThePool_AndIsNamed()
    {
        var run = Escapes(async () =>
        {
            using var worker = new HostedServices.Failing(Simulation.Current.TimeProvider);
            await worker.StartAsync(CancellationToken.None);
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
        });

        Assert.That(run.Failure!.Exception.Message, Does.StartWith("BackgroundService.StartAsync handed work to the thread pool at 0.000s in main"));
    }

    /// <summary>A simulation starts the service by these two. With a third it would have to know what that is for.</summary>
    [Test]
    public void ABackgroundService_HasTheTwoPartsThatASimulationSets() => Assert.That(
        typeof(BackgroundService).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(static field => $"{field.FieldType.Name} {field.Name}"),
        Is.EquivalentTo((string[])["Task _executeTask", "CancellationTokenSource _stoppingCts"]));

    [Test]
    public void TheGenericHost_LeavesForThePool_WhenAServiceWaitsInItsStart() => Escapes(async () =>
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Simulation.Current.TimeProvider).AddSingleton(new List<string>());
        builder.Services.AddHostedService<HostedServices.Second>();
        using var host = builder.Build();
        await host.StartAsync();
        await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
    });

    [Test]
    public void TheContainersDisposal_LeavesForThePool_WhenAServiceWaitsInIt() => Escapes(async () =>
    {
        var services = new ServiceCollection().AddSingleton<HostedServices.SlowToClose>().BuildServiceProvider();
        services.GetRequiredService<HostedServices.SlowToClose>();
        await services.DisposeAsync();
        await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
    });

    private static RunReport Escapes(Func<Task> body)
    {
        var run = Simulation.Run(body);
        Assert.That(run.Failure?.Kind, Is.EqualTo(FailureKind.Escaped), run.Trace.ToString());
        Assert.That(run.Failure!.Exception.Message, Does.Contain("thread pool"));
        return run;
    }
}
