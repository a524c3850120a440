using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sim.Clock;
using Sim.Core;

namespace Sim.Hosting;

/// <summary>Registers the event loop of a .NET host.</summary>
public static class EventLoopServiceCollectionExtensions
{
    /// <summary>
    /// Registers one <see cref="EventLoop"/> on real time, run by the host on a thread of its own: it runs before the first
    /// hosted service starts, and until the last one has stopped. Then its tasks are asked to stop, and it is closed. Also
    /// registers, unless there is one: <see cref="IClock"/>, <see cref="TimeProvider"/> (a timer fires where it was made: on
    /// the loop, or on the thread pool) and <see cref="Random"/>. Errors that nobody awaits go to the log. A second call adds
    /// options only; under <c>AddSimulation</c> of Sim.Testing.Hosting the loop is the simulation's.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddEventLoop(this IServiceCollection services, Action<EventLoopOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<EventLoopOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventLoopOptions>, EventLoopOptionsValidator>());
        services.TryAddSingleton(HostedLoops.Create);
        services.TryAddSingleton(static provider => provider.GetRequiredService<EventLoop>().Clock);
        services.TryAddSingleton(static provider => HostTimeProvider.Of(provider.GetRequiredService<EventLoop>()));
#pragma warning disable RS0030 // In production random numbers are random; a simulation registers its own.
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EventLoopHost>());
        return services;
    }
}
