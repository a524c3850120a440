using System.IO.Pipelines;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// Kestrel on a loop: disposing it waits as a task does, and where time jumps, what it would queue for all threads of the pool is
/// queued on the loop, and it speaks HTTP/1.1 only.
/// </summary>
internal sealed class LoopServer : IServer, IAsyncDisposable
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly IServer _server;
    private readonly LoopDoor _door;

    public LoopServer(IServer server, LoopDoor door)
    {
        (_server, _door) = (server, door);
        if (door.IsVirtual)
        {
            SetScheduler(new LoopPipeScheduler(door.Loop));
        }
    }

    public IFeatureCollection Features => _server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        if (_door.IsVirtual)
        {
            SpeakHttp1(Part<KestrelServerOptions>(_server, "Options"));
        }

        return _server.StartAsync(application, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_door.IsVirtual && _door.Loop.IsOnLoopThread)
        {
            // How long the host waits for requests under way.
            LoopTimeouts.Adopt(_door.Loop, cancellationToken);
        }

        return _server.StopAsync(cancellationToken);
    }

    /// <summary>Breaks off what still goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        // Otherwise its Dispose would block until the loop has ended all connections.
        await StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    public void Dispose() => _server.Dispose();

    // What Kestrel queues for all threads of the pool (the bodies of some requests, the news that a request was broken off).
    private void SetScheduler(PipeScheduler scheduler)
    {
        var context = Part<object>(_server, "ServiceContext");
        if (context.GetType().GetProperty("Scheduler", Any) is not { CanWrite: true } property)
        {
            throw Missing("ServiceContext.Scheduler");
        }

        property.SetValue(context, scheduler);
    }

    // HTTP/2 begins its work on all threads of the pool, already when it is chosen, before a byte has come. Whoever offers TLS
    // then offers HTTP/1.1 only, and clients that can speak both go on.
    private static void SpeakHttp1(KestrelServerOptions options)
    {
        foreach (var listen in Part<List<ListenOptions>>(options, "CodeBackedListenOptions"))
        {
            listen.Protocols = HttpProtocols.Http1;
        }

        // Those that are made later: of addresses, and of a configuration that does not say it itself.
        var defaults = Part<Action<ListenOptions>>(options, "EndpointDefaults");
        options.ConfigureEndpointDefaults(listen =>
        {
            defaults(listen);
            listen.Protocols = HttpProtocols.Http1;
        });
    }

    private static T Part<T>(object whole, string name)
        where T : class => whole.GetType().GetProperty(name, Any)?.GetValue(whole) as T ?? throw Missing($"{whole.GetType().Name}.{name}");

    private static PlatformNotSupportedException Missing(string name) => new(
        $"Kestrel of {RuntimeInformation.FrameworkDescription} has no {name}: this version of Sim.Kestrel cannot keep its work on "
        + "virtual time there. Run on .NET 10, or look for a newer version.");
}
