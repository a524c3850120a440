using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Sim.Core;
using Sim.Kestrel;

namespace Sim.Tests;

/// <summary>Kestrel on a loop and its network, with some clients; for a task of the loop.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly INetwork _network;
    private readonly List<HttpClient> _clients = [];

    private WebServer(WebApplication app, INetwork network) => (_app, _network) = (app, network);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Where it listens last.</summary>
    public Uri LastAddress => new(_app.Urls.Last());

    public static async Task<WebServer> StartAsync(
        INetwork network, Action<WebApplication> map, Action<KestrelServerOptions>? configure = null, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseEventLoop(Asyncio.GetRunningLoop(), network).ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, listen ?? (static _ => { }));
            configure?.Invoke(options);
        });
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new WebServer(app, network);
    }

    /// <summary>A client of its own, with connections of its own.</summary>
    public HttpClient NewClient(TimeSpan? timeout = null, Action<LoopHttpHandler>? configure = null)
    {
        var handler = new LoopHttpHandler(Asyncio.GetRunningLoop(), _network);
        configure?.Invoke(handler);
        var client = new HttpClient(handler) { BaseAddress = Address, Timeout = timeout ?? TimeSpan.FromSeconds(100) };
        _clients.Add(client);
        return client;
    }

    /// <summary>Connects without a client.</summary>
    public ValueTask<IConnection> ConnectAsync() => _network.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Address.Port));

    /// <summary>Ends in good order.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(static client => client.Dispose());
        await _app.DisposeAsync();
    }
}
