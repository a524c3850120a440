using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>HttpClient and Kestrel on one loop: on sockets, in memory, and with everything drawn.</summary>
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public class WebTests(NetworkWorld world)
{
    private const int Large = 3_000_000;

    [Test]
    public void ARequest_IsAnswered_ByATaskOfTheLoop() => world.Run(async network =>
    {
        var loop = Asyncio.GetRunningLoop();
        await using var server = await WebServer.StartAsync(network, app => app.MapGet("/hello/{name}", (string name) =>
        {
            Assert.That(loop.IsOnLoopThread);
            return $"hello {name} from {Asyncio.CurrentTask()!.Name}";
        }));

        Assert.That(await server.NewClient().GetStringAsync("/hello/ann"), Is.EqualTo("hello ann from GET /hello/ann"));
    });

    [Test]
    public void AHandler_SleepsOnTheLoopsTime() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, Sleepy);
        var loop = Asyncio.GetRunningLoop();
        var begun = loop.Time;
        Assert.That(await server.NewClient().GetStringAsync("/sleep/300"), Is.EqualTo("slept 300"));
        Assert.That(loop.Time - begun, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(300)));
    });

    [Test]
    public void LargeBodies_GoBothWays() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, static app => app.MapPost("/mirror", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await context.Response.Body.WriteAsync(body.ToArray());
        }));
        var body = new byte[Large];
        new Random(5).NextBytes(body);

        using var whole = await server.NewClient().PostAsync("/mirror", new ByteArrayContent(body));
        Assert.That((await whole.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(body));
        using var content = new StreamContent(new MemoryStream(body));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/mirror") { Content = content };
        chunked.Headers.TransferEncodingChunked = true;
        using var answer = await server.NewClient().SendAsync(chunked);
        Assert.That((await answer.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(body));
    });

    // The first time the connection is made for it, then it is there: that decides on which threads HttpClient does its work.
    [Test]
    public void ABodyOfTheProgramsOwn_WaitsOnTheLoop() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, static app => app.MapPost("/mirror", static async (HttpContext context) =>
            await context.Request.Body.CopyToAsync(context.Response.Body)));
        var client = server.NewClient();
        for (var time = 0; time < 3; time++)
        {
            using var content = new SlowContent();
            using var answer = await client.PostAsync("/mirror", content);
            Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("slowslowslow"));
            Assert.That(answer.RequestMessage?.Content, Is.SameAs(content));
        }
    });

    [Test]
    public void AResponseThatNobodyReads_WaitsForItsReader() => world.Run(async network =>
    {
        var written = 0;
        await using var server = await WebServer.StartAsync(network, app => app.MapGet("/flood", async (HttpContext context) =>
        {
            var piece = new byte[10_000];
            for (; written < 2000; written++)
            {
                await context.Response.Body.WriteAsync(piece);
            }
        }));
        using var response = await server.NewClient().GetAsync("/flood", HttpCompletionOption.ResponseHeadersRead);
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
        var before = written;
        Assert.That(before, Is.LessThan(2000));
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
        Assert.That(written, Is.EqualTo(before));

        Assert.That((await response.Content.ReadAsByteArrayAsync()).Length, Is.EqualTo(20_000_000));
    });

    [Test]
    public void RequestsInParallel_AreAnsweredEachWithItsOwn() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, Sleepy);
        var client = server.NewClient();
        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(number => client.GetStringAsync($"/sleep/{number}")));
        Assert.That(answers, Is.EqualTo(Enumerable.Range(1, 100).Select(static number => $"slept {number}")));
    });

    [Test]
    public void RequestsInTurn_UseOneConnection() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(
            network,
            static app => app.MapGet("/id", static (HttpContext context) => context.Connection.Id + context.Connection.RemotePort));
        var client = server.NewClient();
        var first = await client.GetStringAsync("/id");
        Assert.That(await client.GetStringAsync("/id"), Is.EqualTo(first));
        Assert.That(await server.NewClient().GetStringAsync("/id"), Is.Not.EqualTo(first));
    });

    [Test]
    public void AHandlerThatFails_IsAnError_AndTheConnectionGoesOn() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, app =>
        {
            Sleepy(app);
            app.MapGet("/fail", string () => throw new InvalidOperationException("no"));
        });
        var client = server.NewClient();
        using var failed = await client.GetAsync("/fail");
        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await client.GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
    });

    [Test]
    public void AServerThatListensTwice_IsRefused() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, Sleepy);
        var taken = server.Address.Port;
        var failure = await FailureAsync<IOException>(
            WebServer.StartAsync(network, Sleepy, options => options.Listen(IPAddress.Loopback, taken)));
        Assert.That(failure.Message, Does.Contain("address already in use"));
        Assert.That(await server.NewClient().GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
    });

    [Test]
    public void AllAddresses_AreThoseOfIPv4Too() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, Sleepy, static options => options.ListenAnyIP(0));
        var port = server.LastAddress.Port;
        foreach (var host in (string[])["127.0.0.1", "localhost", "127.0.0.1"])
        {
            Assert.That(await server.NewClient().GetStringAsync($"http://{host}:{port}/sleep/1"), Is.EqualTo("slept 1"));
        }

        await server.StopAsync();
        await FailureAsync<HttpRequestException>(server.NewClient().GetStringAsync($"http://127.0.0.1:{port}/sleep/1"));
    });

    [Test]
    public void WhereNobodyListens_TheRequestFails() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, Sleepy);
        await server.StopAsync();
        var failure = await FailureAsync<HttpRequestException>(server.NewClient().GetStringAsync("/sleep/1"));
        Assert.That(failure.HttpRequestError, Is.EqualTo(HttpRequestError.ConnectionError));
        Assert.That((failure.InnerException as NetworkException)?.Error, Is.EqualTo(SocketError.ConnectionRefused));
    });

    internal static void Sleepy(WebApplication app) => app.MapGet("/sleep/{milliseconds:int}", static async (int milliseconds) =>
    {
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(milliseconds));
        return $"slept {milliseconds}";
    });

    internal static async Task<T> FailureAsync<T>(Task task)
        where T : Exception
    {
        try
        {
            await task;
        }
        catch (T failure)
        {
            return failure;
        }

        throw new AssertionException($"No {typeof(T).Name}.");
    }

    private sealed class SlowContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var time = 0; time < 3; time++)
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(10));
                await stream.WriteAsync("slow"u8.ToArray());
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
