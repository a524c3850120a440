using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sim.Core;
using Sim.World;

namespace Sim.Testing.Hosting;

/// <summary>
/// A .NET host inside a simulation: it starts the hosted services in the order of their registration, and stops them in the
/// opposite order, as the generic host does, but on the loop and in virtual time. The generic host itself, and the start of
/// <see cref="BackgroundService"/>, use the thread pool. A background service that fails makes the run fail, when it does.
/// Loop thread only.
/// </summary>
public sealed class SimulationHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SimulationLifetime _lifetime;
    private readonly List<IHostedService> _hosted = [];
    private readonly Simulation _simulation = Simulation.Current;
    private readonly TimeSpan? _shutdownTimeout;
    private bool _hasStopped;

    private SimulationHost(ServiceProvider services, TimeSpan? shutdownTimeout)
    {
        _services = services;
        _lifetime = (SimulationLifetime)services.GetRequiredService<IHostApplicationLifetime>();
        _shutdownTimeout = shutdownTimeout;
        Log = services.GetRequiredService<SimulationLog>();
    }

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services => _services;

    /// <summary>What was logged in this run.</summary>
    public SimulationLog Log { get; }

    /// <summary>Builds the services, with the simulation's world (<c>AddSimulation</c>), and starts those that are hosted.</summary>
    /// <param name="services">What an application registers; the same in production and in tests.</param>
    /// <param name="shutdownTimeout">
    /// How long stopping may take, in virtual time; the generic host allows 30 seconds. Null = as long as it takes: a strategy
    /// may let time pass while work is ready, and a limit would then fail runs in which nothing is wrong.
    /// </param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <remarks>As in development, a scoped service that a singleton holds, or that the root is asked for, is an error.</remarks>
    /// <returns>The host, when all of them have started. Dispose it inside of the simulation.</returns>
    /// <exception cref="NoRunningLoopException">Called outside of a simulation.</exception>
    /// <exception cref="NotSupportedException">A background service overrides its start; the message tells what to do.</exception>
    public static async Task<SimulationHost> StartAsync(
        IServiceCollection services, TimeSpan? shutdownTimeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        var host = new SimulationHost(services.AddSimulation().BuildServiceProvider(validateScopes: true), shutdownTimeout);
        try
        {
            await host.StartServicesAsync(cancellationToken);
        }
        catch
        {
            await host._services.DisposeAsync();
            throw;
        }

        return host;
    }

    /// <summary>Suspends until the application asks to stop (<see cref="IHostApplicationLifetime.StopApplication"/>).</summary>
    public async Task WaitForShutdownAsync()
    {
        var asked = new AsyncEvent();
        using var link = _lifetime.ApplicationStopping.UnsafeRegister(static asked => ((AsyncEvent)asked!).Set(), asked);
        await asked.WaitAsync();
    }

    /// <summary>Stops the hosted services, the last one first. A second call does nothing.</summary>
    /// <exception cref="AggregateException">Some of them failed to stop.</exception>
    /// <exception cref="TimeoutException">Background services did not end in time.</exception>
    public async Task StopAsync()
    {
        if (_hasStopped)
        {
            return;
        }

        _hasStopped = true;
        using var patience = new CancellationTokenSource(_shutdownTimeout ?? Timeout.InfiniteTimeSpan, _simulation.TimeProvider);
        var stop = new HostStop(_hosted, patience.Token);
        await stop.TellAsync<IHostedLifecycleService>(static (service, token) => service.StoppingAsync(token));
        _lifetime.StopApplication();
        await stop.TellAsync<IHostedService>(static (service, token) => service.StopAsync(token));
        await stop.TellAsync<IHostedLifecycleService>(static (service, token) => service.StoppedAsync(token));
        _lifetime.NotifyStopped();
        stop.ThrowIfFailed(_simulation.Loop, _shutdownTimeout ?? Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops the host and disposes its services.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            await _services.DisposeAsync();
        }
    }

    private async Task StartServicesAsync(CancellationToken token)
    {
        _services.GetService<IStartupValidator>()?.Validate();
        _hosted.AddRange(_services.GetServices<IHostedService>());
        foreach (var service in _hosted.OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(token);
        }

        foreach (var service in _hosted)
        {
            token.ThrowIfCancellationRequested();
            await WorkerStart.StartAsync(_simulation.Loop, service, token);
        }

        foreach (var service in _hosted.OfType<IHostedLifecycleService>())
        {
            await service.StartedAsync(token);
        }

        _lifetime.NotifyStarted();
    }
}
