using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Sim.Core;
using Sim.Hosting;
using Sim.Kestrel;

namespace Sim.Tests;

/// <summary>What of HttpClient and Kestrel belongs to real time: encryption, Kestrel's limits, HTTP/2, callers on other threads.</summary>
public class WebOnSocketsTests
{
    private const string Host = "localhost";

    [Test]
    public void AnEncryptedConnection_IsServed() => Run(async network =>
    {
        using var certificate = NewCertificate();
        await using var server = await WebServer.StartAsync(network, WebTests.Sleepy, null, listen => listen.UseHttps(certificate));
        var client = server.NewClient(null, handler => handler.Sockets.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
        });
        Assert.That(server.Address.Scheme, Is.EqualTo(Uri.UriSchemeHttps));
        Assert.That(await client.GetStringAsync("/sleep/20"), Is.EqualTo("slept 20"));
        await WebTests.FailureAsync<HttpRequestException>(server.NewClient().GetStringAsync("/sleep/20"));
    });

    [Test]
    public void StreamsOfOneConnection_AreTasksOfTheLoop() => Run(async network =>
    {
        await using var server = await WebServer.StartAsync(
            network, WebTests.Sleepy, null, static listen => listen.Protocols = HttpProtocols.Http2);
        var client = server.NewClient();
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => client.GetStringAsync($"/sleep/{number}")));
        Assert.That(answers, Is.EqualTo(Enumerable.Range(1, 20).Select(static number => $"slept {number}")));
    });

    [Test]
    public void ASlowRequest_IsEndedByTheServersLimit() => Run(async network =>
    {
        await using var server = await WebServer.StartAsync(
            network, WebTests.Sleepy, static options => options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1));
        using var connection = await server.ConnectAsync();
        await connection.SendAsync("GET /sleep/1 HTTP/1.1\r\nHost:"u8.ToArray());
        var buffer = new byte[100];
        var count = await connection.ReceiveAsync(buffer);
        Assert.That(System.Text.Encoding.ASCII.GetString(buffer, 0, count), Does.StartWith("HTTP/1.1 408"));
        Assert.That(await server.NewClient().GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
    });

    [Test]
    public void ABodyThatIsTooLarge_IsRefused() => Run(async network =>
    {
        await using var server = await WebServer.StartAsync(
            network,
            static app => app.MapPost("/take", static async (HttpContext context) => await context.Request.Body.CopyToAsync(Stream.Null)),
            static options => options.Limits.MaxRequestBodySize = 1000);
        using var refused = await server.NewClient().PostAsync("/take", new ByteArrayContent(new byte[2000]));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    });

    [Test]
    public void AClientOnThePool_IsServed() => Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, WebTests.Sleepy);
        using var client = new HttpClient(new SocketsHttpHandler().ConnectThrough(Asyncio.GetRunningLoop(), network));
        var answers = await Task.Run(() => Task.WhenAll(
            Enumerable.Range(1, 20).Select(number => client.GetStringAsync(new Uri(server.Address, $"/sleep/{number}")))));
        Assert.That(answers, Is.EqualTo(Enumerable.Range(1, 20).Select(static number => $"slept {number}")));
    });

    [Test]
    public void AConnectThatIsCancelled_LeavesNoConnection() => Run(async network =>
    {
        var loop = Asyncio.GetRunningLoop();
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMilliseconds(1) }
            .ConnectThrough(loop, network));
        var address = new Uri($"http://{listener.LocalEndPoint}/");
        for (var time = 0; time < 30; time++)
        {
            using var source = new CancellationTokenSource();
            var request = Task.Run(() => client.GetStringAsync(address, source.Token));
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(time % 3));
            source.Cancel();
            await WebTests.FailureAsync<OperationCanceledException>(request);
        }

        // Each one that came ends: none is kept open by nobody.
        client.Dispose();
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            IConnection? connection = null;
            try
            {
                connection = await Asyncio.TimeoutAsync(TimeSpan.FromMilliseconds(100), async _ => await listener.AcceptAsync());
            }
            catch (TimeoutException)
            {
                return;
            }

            using (connection)
            {
                await Asyncio.TimeoutAsync(TimeSpan.FromSeconds(10), _ => UntilEndAsync(connection));
            }
        }
    });

    [Test]
    public async Task AHostWithALoop_ServesOnIt()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEventLoop(static options => options.Name = "web");
        builder.Services.AddSingleton<INetwork>(static services => new SocketNetwork(services.GetRequiredService<EventLoop>()));
        builder.WebHost.UseEventLoop().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/where", static async () =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(10));
            return Asyncio.GetRunningLoop().Options.Name;
        });
        await app.StartAsync();

        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri(app.Urls.Single() + "/where")), Is.EqualTo("web"));
        await app.StopAsync();
    }

    private static async Task UntilEndAsync(IConnection connection)
    {
        var buffer = new byte[1000];
        try
        {
            while (await connection.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (NetworkException)
        {
        }
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static void Run(Func<INetwork, Task> body) => Asyncio.Run(() => Asyncio.TimeoutAsync(
        TimeSpan.FromMinutes(1), _ => body(new SocketNetwork(Asyncio.GetRunningLoop()))));
}
