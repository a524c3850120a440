using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing.Hosting;

/// <summary>Registers a simulation's world in place of the machine's.</summary>
public static class SimulationServiceCollectionExtensions
{
    /// <summary>
    /// Registers what the simulation that runs on this thread has in place of the machine: its loop, <see cref="TimeProvider"/>,
    /// <see cref="IClock"/>, <see cref="Random"/> (whose numbers are decisions of the run), the <see cref="Simulation"/> itself,
    /// a log that is written into the trace (the only log there is), and the lifetime of a host. What was registered for these
    /// before is replaced, so it does not matter when it is called; <see cref="SimulationHost.StartAsync"/> calls it, too.
    /// </summary>
    /// <param name="services">The services of one run.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="Sim.Core.NoRunningLoopException">Called outside of a simulation.</exception>
    public static IServiceCollection AddSimulation(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var simulation = Simulation.Current;
        if (services.All(service => !ReferenceEquals(service.ImplementationInstance, simulation)))
        {
            // Not for a second call: what was logged so far stays.
            Put(services, simulation);
            Put(services, new SimulationLog(simulation));
        }

        Put(services, simulation.Loop);
        Put(services, simulation.TimeProvider);
        Put<IClock>(services, simulation.Clock);
        Put(services, simulation.Random);
        services.AddLogging();
        services.RemoveAll<ILoggerProvider>();
        services.AddSingleton<ILoggerProvider, SimulationLoggerProvider>();
        services.RemoveAll<IHostApplicationLifetime>();
        services.AddSingleton<IHostApplicationLifetime, SimulationLifetime>();
        services.TryAddSingleton<IHostEnvironment, SimulationEnvironment>();
        return services;
    }

    // As an instance: the container disposes what it has made itself, and the loop is the simulation's.
    private static void Put<T>(IServiceCollection services, T instance)
        where T : class
    {
        services.RemoveAll<T>();
        services.AddSingleton(instance);
    }
}
