using System.IO.Pipelines;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// Kestrel on a loop: disposing it waits as a task does, and where time jumps, what it would queue for all threads of the pool is
/// queued on the loop.
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
        where TContext : notnull => _server.StartAsync(application, cancellationToken);

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
        var context = _server.GetType().GetProperty("ServiceContext", Any)?.GetValue(_server);
        if (context?.GetType().GetProperty("Scheduler", Any) is not { CanWrite: true } property)
        {
            throw new PlatformNotSupportedException(
                $"{_server.GetType().Name} of {RuntimeInformation.FrameworkDescription} has no ServiceContext.Scheduler: "
                + "this version of Sim.Kestrel cannot keep its work on virtual time there. Run on .NET 10, or look for a newer version.");
        }

        property.SetValue(context, scheduler);
    }
}
