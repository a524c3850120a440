using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NUnit.Framework;
using Sim.Core;
using Sim.Kestrel;

namespace Sim.Tests;

/// <summary>What HttpClient and Kestrel do on threads that virtual time does not wait for is refused, at once and with a reason.</summary>
public class WebOnVirtualTimeTests
{
    // Again and again: that it is refused must not hang on which thread is faster.
    [Test]
    public void AClientThatAsksForHttp2_IsRefused([Range(1, 20)] int time) => Assert.That(Run(async (loop, network) =>
    {
        await using var server = await StartAsync(network);
        var client = server.NewClient();
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var failure = await WebTests.FailureAsync<HttpRequestException>(client.GetStringAsync("/sleep/1"));
        Assert.That(failure.HttpRequestError, Is.EqualTo(HttpRequestError.VersionNegotiationError));
        Assert.That(failure.Message, Is.EqualTo(
            $"GET {server.Address}sleep/1 asks for HTTP/2.0 and nothing less (RequestVersionExact), at 0.000s on {loop.Options.Name}: "
            + "on virtual time there is HTTP/1.1 only, because HTTP/2 and HTTP/3 do their work on threads that time does not wait for. "
            + "Ask for HTTP/1.1, or use the loop on real time."));
        Assert.That((time, loop.Time.SinceOrigin), Is.EqualTo((time, TimeSpan.Zero)));
    }), Is.Empty);

    [Test]
    public void AClientThatCanDoWithoutHttp2_IsServed() => Assert.That(Run(async (_, network) =>
    {
        await using var server = await StartAsync(network);
        var client = server.NewClient();
        client.DefaultRequestVersion = HttpVersion.Version20;
        using var answer = await client.GetAsync("/sleep/1");
        Assert.That((answer.Version, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpVersion.Version11, "slept 1")));
    }), Is.Empty);

    [Test]
    public void AConnectionThatBeginsHttp2_IsRefused([Range(1, 20)] int time)
    {
        var errors = Run(async (loop, network) =>
        {
            await using var server = await StartAsync(network);
            using var connection = await server.ConnectAsync();
            await connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
            Assert.That(await connection.ReceiveAsync(new byte[100]), Is.Zero);
            Assert.That((time, loop.Time.SinceOrigin), Is.EqualTo((time, TimeSpan.Zero)));
            Assert.That(await server.NewClient().GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
        });
        Assert.That(errors.Select(static error => error.Exception.Message), Has.One.Contains("HTTP/1.1").And.Exactly(1).Items);
    }

    [Test]
    public void AClientOnAnotherThread_IsRefused() => Assert.That(Run(async (loop, network) =>
    {
        await using var server = await StartAsync(network);
        var client = server.NewClient();
        var outcome = loop.CreateFuture<string>();
        var thread = new Thread(() =>
        {
            var failure = Assert.Throws<ForeignThreadException>(() => client.GetStringAsync("/sleep/1").GetAwaiter().GetResult());
            loop.CallSoonThreadSafe(() => outcome.SetResult(failure!.Message));
        }) { IsBackground = true };
        thread.Start();
        Assert.That(
            await outcome, Does.StartWith($"GET {server.Address}sleep/1 is sent on another thread than that of {loop.Options.Name}"));
    }), Is.Empty);

    private static Task<WebServer> StartAsync(INetwork network) =>
        WebServer.StartAsync(network, WebTests.Sleepy, null, static listen => listen.Protocols = HttpProtocols.Http2);

    private static List<LoopError> Run(Func<EventLoop, INetwork, Task> body)
    {
        var errors = new List<LoopError>();
        Asyncio.Run(
            () =>
            {
                var loop = Asyncio.GetRunningLoop();
                loop.ExceptionHandler = errors.Add;
                return body(loop, new VirtualNetwork(loop));
            },
            () => Asyncio.NewVirtualEventLoop());
        return errors;
    }
}
