using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>Puts Kestrel on an event loop and its network.</summary>
public static class LoopWebHostBuilderExtensions
{
    /// <summary>
    /// Serves with Kestrel on <paramref name="loop"/>: its connections are those of <paramref name="network"/>, its work is done on the
    /// loop's thread, and each request is a task of the loop. So a handler awaits <c>Asyncio.SleepAsync</c>, queues and locks as
    /// all code on the loop does, and must not block. Call it on the loop's thread, and start and stop the host from a task of the loop.
    /// </summary>
    /// <param name="builder">The web host: <c>builder.WebHost</c> of a <c>WebApplicationBuilder</c>.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="network">Its network.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="PlatformNotSupportedException">The loop is on virtual time, and .NET has another thread pool.</exception>
    public static IWebHostBuilder UseEventLoop(this IWebHostBuilder builder, EventLoop loop, INetwork network)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(network);
        var door = new LoopDoor(loop);
        return builder.UseEventLoop(_ => door, _ => network);
    }

    /// <summary>
    /// As <see cref="UseEventLoop(IWebHostBuilder, EventLoop, INetwork)"/>, with the <see cref="EventLoop"/> and the
    /// <see cref="INetwork"/> that are among the services of the host.
    /// </summary>
    /// <param name="builder">The web host.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IWebHostBuilder UseEventLoop(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseEventLoop(
            static services => new LoopDoor(services.GetRequiredService<EventLoop>()),
            static services => services.GetRequiredService<INetwork>());
    }

    private static IWebHostBuilder UseEventLoop(
        this IWebHostBuilder builder, Func<IServiceProvider, LoopDoor> makeDoor, Func<IServiceProvider, INetwork> findNetwork) =>
        builder.UseKestrelCore().ConfigureServices(services =>
        {
            services.AddSingleton(makeDoor);
            services.RemoveAll<IConnectionListenerFactory>();
            services.AddSingleton<IConnectionListenerFactory>(
                provider => new LoopTransportFactory(provider.GetRequiredService<LoopDoor>(), findNetwork(provider)));
            services.AddSingleton<IStartupFilter>(provider => new LoopStartupFilter(provider.GetRequiredService<LoopDoor>()));
            var kestrel = services.Last(static service => service.ServiceType == typeof(IServer)).ImplementationType!;
            services.RemoveAll<IServer>();
            services.AddSingleton<IServer>(provider => new LoopServer(
                (IServer)ActivatorUtilities.CreateInstance(provider, kestrel), provider.GetRequiredService<LoopDoor>()));
        });
}
