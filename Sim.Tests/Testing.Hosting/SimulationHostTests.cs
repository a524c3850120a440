using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Hosting;
using Sim.Testing.Hosting;
using Sim.World;

namespace Sim.Tests;

public class SimulationHostTests
{
    [Test]
    public void Services_StartInOrder_AndStopInTheOpposite()
    {
        List<string> told = [];
        Passes(async () =>
        {
            var services = new ServiceCollection();
            services.AddSingleton(told).AddHostedService<HostedServices.First>().AddHostedService<HostedServices.Second>();
            await using var host = await SimulationHost.StartAsync(services);
            told.Add($"runs at {Simulation.Current.Loop.Time}");
        });

        Assert.That(string.Join(", ", told), Is.EqualTo(
            "First starting, First start, Second start, First started, runs at 1.000s, "
            + "First stopping, Second stop, First stop, First stopped"));
    }

    [Test]
    public void AWorker_RunsAsATaskOfItsName_ForHours_InVirtualTime()
    {
        var run = Passes(async () =>
        {
            var services = new ServiceCollection();
            services.AddHostedService<HostedServices.Ticker>();
            await using var host = await SimulationHost.StartAsync(services);
            await Asyncio.SleepAsync(TimeSpan.FromHours(5.5));
            Assert.That(Ticks(host), Is.EqualTo(5));
        });

        Assert.That(run.VirtualTime, Is.EqualTo(TimeSpan.FromHours(5.5)));
        Assert.That(Notes(run).Count(note => note.EndsWith("s Ticker \"info Ticker: tick\"", StringComparison.Ordinal)), Is.EqualTo(5));
        Assert.That(run.LeftTasks, Is.Empty);
    }

    [Test]
    public void AScopedService_InASingleton_IsAnError()
    {
        var run = Simulation.Run(static async () =>
        {
            var services = new ServiceCollection();
            services.AddScoped<List<string>>().AddHostedService<HostedServices.First>();
            await using var host = await SimulationHost.StartAsync(services);
        });

        Assert.That(run.Failure?.Message, Does.Contain("Cannot consume scoped service").And.Contain("from singleton"));
    }

    [Test]
    public void AGenericService_IsCalledByItsNameWithoutArguments()
    {
        var run = Simulation.Run(static async () =>
        {
            var services = new ServiceCollection();
            services.AddEventLoop().AddHostedService<FailingOver<int>>();
            await using var host = await SimulationHost.StartAsync(services);
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        });

        Assert.That(run.Failure?.Task, Is.EqualTo("FailingOver"), run.Trace.ToString());
    }

    [Test]
    public void AnOverriddenStop_RunsAroundTheEndOfTheWork()
    {
        var run = Passes(async () =>
        {
            var services = new ServiceCollection();
            services.AddHostedService<HostedServices.Careful>();
            var host = await SimulationHost.StartAsync(services);
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            await host.DisposeAsync();
        });

        Assert.That(Notes(run), Is.EqualTo(new[]
        {
            "1.000s main \"before\"", "3.000s Careful \"work has ended\"", "3.000s main \"after RanToCompletion\"",
        }));
    }

    [Test]
    public void AnOverriddenStart_IsRefused_WithTheRoadToTake()
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddHostedService<HostedServices.Eager>();
            await using var host = await SimulationHost.StartAsync(services);
        });

        Assert.That(run.Failure!.Message, Is.EqualTo(
            "NotSupportedException: Eager overrides StartAsync, and that of the base class hands the work to the thread pool "
            + "(Task.Run, since .NET 10), which no simulation can follow. Derive Eager from LoopBackgroundService of Sim.Hosting: "
            + "its work runs on the loop in production too. Or move what the override does to the beginning of ExecuteAsync, or into "
            + "IHostedLifecycleService.StartingAsync."));
    }

    [TestCase(typeof(HostedServices.Failing), "Failing")]
    [TestCase(typeof(HostedServices.FailingOnLoop), "FailingOnLoop")]
    public void AWorkerThatFails_FailsTheRun_WhenItDoes(Type type, string name)
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddSingleton(typeof(IHostedService), type);
            await using var host = await SimulationHost.StartAsync(services);
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        });

        Assert.That(run.Failure!.Kind, Is.EqualTo(FailureKind.Unobserved));
        Assert.That(run.Failure.Message, Is.EqualTo("InvalidOperationException: out of paper"));
        Assert.That(run.Failure.Task, Is.EqualTo(name));
        Assert.That(run.Failure.Time, Is.EqualTo(Instant.Zero + TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void AWorkerThatDoesNotStop_IsNamed_AfterTheTimeout()
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddHostedService<HostedServices.Deaf>();
            await using var host = await SimulationHost.StartAsync(services, shutdownTimeout: TimeSpan.FromSeconds(10));
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        });

        Assert.That(run.Failure!.Message, Is.EqualTo(
            "TimeoutException: The host was told to stop, and Deaf did not end within 10.000s of virtual time (it is 11.000s). "
            + "Pass the stopping token to whatever the service waits for."));
    }

    [Test]
    public void AServiceOnTheLoop_RunsTheSameHere_EvenIfItOverridesItsStart()
    {
        var run = Passes(async () =>
        {
            var services = new ServiceCollection();
            services.AddEventLoop().AddHostedService<HostedServices.OnLoop>();
            await using var host = await SimulationHost.StartAsync(services);
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(2.5));
        });

        Assert.That(Notes(run), Is.EqualTo(new[]
        {
            "0.000s main \"info OnLoop: begins\"",
            "60.000s OnLoop \"info OnLoop: minute 1\"",
            "120.000s OnLoop \"info OnLoop: minute 2\"",
            "150.000s OnLoop \"info OnLoop: ends\"",
        }));
    }

    [TestCase(typeof(HostedServices.Ticker))]
    [TestCase(typeof(HostedServices.OnLoop))]
    public void AHostThatIsForgotten_IsAskedToStop_AndNamed(Type type)
    {
        var run = Passes(async () =>
        {
            var services = new ServiceCollection();
            services.AddSingleton(typeof(IHostedService), type);
            await SimulationHost.StartAsync(services);
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
        });

        Assert.That(run.VirtualTime, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(run.LeftTasks.Single(), Does.StartWith(type.Name));
    }

    [TestCase(typeof(HostedServices.Confused))]
    [TestCase(typeof(HostedServices.ConfusedOnLoop))]
    public void AWorkerThatIsCancelled_ThoughNobodyToldItToStop_FailsTheRun(Type type)
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddSingleton(typeof(IHostedService), type);
            await using var host = await SimulationHost.StartAsync(services);
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
        });

        Assert.That(run.Failure!.Message, Is.EqualTo(
            $"OperationCanceledException: {type.Name} was cancelled at 0.000s, and nobody had told it to stop: "
            + "let the service handle the cancellation of what it waits for."));
    }

    [Test]
    public void Options_AreCheckedAtTheStart()
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddEventLoop(options => options.Name = "");
            await SimulationHost.StartAsync(services);
        });

        Assert.That(run.Failure!.Message, Is.EqualTo(
            "OptionsValidationException: EventLoopOptions.Name is empty: the loop needs a name for messages and metrics."));
    }

    [Test]
    public void AnEnvironment_IsThere_UnlessTheApplicationHasItsOwn()
    {
        Passes(async () =>
        {
            await using var host = await SimulationHost.StartAsync(new ServiceCollection());
            Assert.That(host.Services.GetRequiredService<IHostEnvironment>().IsProduction(), Is.True);
        });
    }

    [Test]
    public void AStartThatFails_DisposesWhatThereIs()
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddHostedService<HostedServices.Broken>();
            await SimulationHost.StartAsync(services);
        });

        Assert.That(run.Failure!.Message, Is.EqualTo("InvalidOperationException: no port"));
        Assert.That(Notes(run), Is.EqualTo(new[] { "0.000s main \"Broken is disposed\"" }));
    }

    [Test]
    public void AnApplicationThatStopsItself_IsWaitedFor()
    {
        var run = Passes(async () =>
        {
            var services = new ServiceCollection();
            services.AddHostedService<HostedServices.Once>();
            await using var host = await SimulationHost.StartAsync(services);
            await host.WaitForShutdownAsync();
        });

        Assert.That(run.VirtualTime, Is.EqualTo(TimeSpan.FromMinutes(10)));
    }

    [Test]
    public void WhatAnApplicationRegistersForProduction_IsTheSimulationsHere()
    {
        Passes(async () =>
        {
            var services = new ServiceCollection();
            services.AddSingleton(TimeProvider.System).AddEventLoop().AddLogging(log => log.AddConsole());
            await using var host = await SimulationHost.StartAsync(services);
            var simulation = Simulation.Current;
            Assert.That(host.Services.GetRequiredService<TimeProvider>(), Is.SameAs(simulation.TimeProvider));
            Assert.That(host.Services.GetRequiredService<EventLoop>(), Is.SameAs(simulation.Loop));
            Assert.That(host.Services.GetRequiredService<IClock>(), Is.SameAs(simulation.Clock));
            Assert.That(host.Services.GetRequiredService<Random>(), Is.SameAs(simulation.Random));
            Assert.That(host.Services.GetServices<ILoggerProvider>(), Is.All.InstanceOf<SimulationLoggerProvider>());
        });
    }

    [Test]
    public void DisposalThatReallyWaits_IsReported_BecauseTheContainerLeavesTheLoop()
    {
        var run = Simulation.Run(async () =>
        {
            var services = new ServiceCollection();
            services.AddSingleton<HostedServices.SlowToClose>();
            await using var host = await SimulationHost.StartAsync(services);
            host.Services.GetRequiredService<HostedServices.SlowToClose>();
        });

        Assert.That(run.Failure?.Kind, Is.EqualTo(FailureKind.Escaped));
    }

    private static int Ticks(SimulationHost host) => host.Log.Of<HostedServices.Ticker>().Count();

    private static IEnumerable<string> Notes(RunReport run) =>
        from happened in run.Trace.Events
        where happened.Kind == TraceEventKind.Note
        select $"{happened.Time} {happened.Task} {happened.Text}";

    private static RunReport Passes(Func<Task> body)
    {
        var run = Simulation.Run(body);
        Assert.That(run.Failure?.Exception, Is.Null, run.Trace.ToString());
        return run;
    }

    private sealed class FailingOver<T>(EventLoop loop) : LoopBackgroundService(loop)
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            throw new InvalidOperationException($"{typeof(T).Name} is not served.");
    }
}
