using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What ends before its time: timeouts, cancellations, servers that stop, connections that are broken off.</summary>
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public class WebEndingTests(NetworkWorld world)
{
    private bool IsDrawn => world.ToString().StartsWith("drawn", StringComparison.Ordinal);

    [Test]
    public void TheClientsTimeout_GoesByTheLoopsTime() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, WebTests.Sleepy);
        var client = server.NewClient(TimeSpan.FromSeconds(0.5));
        Assert.That(await client.GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
        var begun = Asyncio.GetRunningLoop().Time;

        var failure = await WebTests.FailureAsync<TaskCanceledException>(client.GetStringAsync("/sleep/2000"));
        Assert.That(failure.InnerException, Is.TypeOf<TimeoutException>());
        var taken = Asyncio.GetRunningLoop().Time - begun;
        Assert.That(taken, Is.InRange(TimeSpan.FromSeconds(world.IsVirtual ? 0.5 : 0.45), TimeSpan.FromSeconds(1.5)));
    });

    [TestCase(true)]
    [TestCase(false)]
    public void ADelayOfATokensSource_GoesByTheLoopsTime(bool before) => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, WebTests.Sleepy);
        using var source = before ? new CancellationTokenSource(TimeSpan.FromSeconds(0.5)) : new CancellationTokenSource();
        var begun = Asyncio.GetRunningLoop().Time;
        var request = server.NewClient().GetStringAsync("/sleep/2000", source.Token);
        if (!before)
        {
            source.CancelAfter(TimeSpan.FromSeconds(0.5));
        }

        await WebTests.FailureAsync<OperationCanceledException>(request);
        var taken = Asyncio.GetRunningLoop().Time - begun;
        Assert.That(taken, Is.InRange(TimeSpan.FromSeconds(world.IsVirtual ? 0.5 : 0.45), TimeSpan.FromSeconds(1.5)));
    });

    [Test]
    public void ARequestThatIsCancelled_IsToldToItsHandler() => world.Run(async network =>
    {
        var told = new AsyncEvent();
        await using var server = await WebServer.StartAsync(network, app => app.MapGet("/long", async (HttpContext context) =>
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1), context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                told.Set();
                throw;
            }
        }));
        using var source = new CancellationTokenSource();
        var request = server.NewClient().GetStringAsync("/long", source.Token);
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.2));
        source.Cancel();
        await WebTests.FailureAsync<OperationCanceledException>(request);
        await told.WaitAsync();
    });

    // Whether its connection is made for it, or was there: that decides on which threads HttpClient does its work.
    [TestCase(false)]
    [TestCase(true)]
    public void ARequest_IsAWaitOfItsTask(bool isConnected) => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, app =>
        {
            WebTests.Sleepy(app);
            app.MapGet("/drip", async (HttpContext context) =>
            {
                while (true)
                {
                    await context.Response.WriteAsync("drop");
                    await context.Response.Body.FlushAsync();
                    await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.1), context.RequestAborted);
                }
            });
        });
        foreach (var path in (string[])["/sleep/20000", "/drip"])
        {
            var client = server.NewClient(TimeSpan.FromSeconds(10));
            if (isConnected)
            {
                await client.GetStringAsync("/sleep/1");
            }

            var begun = Asyncio.GetRunningLoop().Time;
            await WebTests.FailureAsync<TimeoutException>(Asyncio.TimeoutAsync(
                TimeSpan.FromSeconds(0.4), async _ => await client.GetStringAsync(path)).AsTask());
            Assert.That(Asyncio.GetRunningLoop().Time - begun, Is.LessThan(TimeSpan.FromSeconds(5)));
        }

        // Who swallows the request to stop goes on, as after every wait.
        var swallowing = Asyncio.CreateTask(async () =>
        {
            await WebTests.FailureAsync<OperationCanceledException>(server.NewClient().GetStringAsync("/sleep/20000"));
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.01));
            return "went on";
        });
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.2));
        swallowing.Cancel();
        Assert.That(await swallowing, Is.EqualTo("went on"));
    });

    [Test]
    public void ABodyThatItsReaderLeaves_EndsItsWriter() => world.Run(async network =>
    {
        var ended = new AsyncEvent();
        await using var server = await WebServer.StartAsync(network, app => app.MapGet("/endless", async (HttpContext context) =>
        {
            var piece = new byte[10_000];
            try
            {
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(piece);
                    await Asyncio.YieldAsync();
                }
            }
            finally
            {
                ended.Set();
            }
        }));
        using (var response = await server.NewClient().GetAsync("/endless", HttpCompletionOption.ResponseHeadersRead))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[1000]);
        }

        await ended.WaitAsync();
    });

    [Test]
    public void AServerThatStops_AnswersWhatIsUnderWay_AndNothingMore() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, WebTests.Sleepy);
        var (busy, idle) = (server.NewClient(), server.NewClient());
        await idle.GetStringAsync("/sleep/1");
        var underWay = Enumerable.Range(0, 5).Select(_ => busy.GetStringAsync("/sleep/500")).ToArray();
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.2));

        await server.StopAsync();
        Assert.That(await Task.WhenAll(underWay), Is.All.EqualTo("slept 500"));
        await WebTests.FailureAsync<HttpRequestException>(idle.GetStringAsync("/sleep/1"));
    });

    [Test]
    public void AServerThatStops_WaitsAsLongAsItsHostAllows() => world.Run(async network =>
    {
        var ended = new AsyncEvent();
        await using var server = await WebServer.StartAsync(network, app => app.MapGet("/long", async (HttpContext context) =>
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromMinutes(5), context.RequestAborted);
            }
            finally
            {
                ended.Set();
            }
        }));
        var request = server.NewClient(Timeout.InfiniteTimeSpan).GetStringAsync("/long");
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.2));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await server.StopAsync(patience.Token);
        await WebTests.FailureAsync<HttpRequestException>(request);
        await ended.WaitAsync();
    });

    [Test]
    public void AServerThatIsDisposed_BreaksOffWhatIsUnderWay() => world.Run(async network =>
    {
        var server = await WebServer.StartAsync(network, static app => app.MapGet("/long", static async (HttpContext context) =>
            await Asyncio.SleepAsync(TimeSpan.FromHours(1), context.RequestAborted)));
        using var connection = await server.ConnectAsync();
        await connection.SendAsync("GET /long HTTP/1.1\r\nHost: here\r\n\r\n"u8.ToArray());
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.2));
        await server.DisposeAsync();
        Assert.That(await EndOfAsync(connection), Is.Empty);
    });

    [Test]
    public void AConnectionThatAHandlerAborts_IsAnErrorForTheClient() => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, app =>
        {
            WebTests.Sleepy(app);
            app.MapGet("/abort", static (HttpContext context) => context.Abort());
        });
        var client = server.NewClient();
        await WebTests.FailureAsync<HttpRequestException>(client.GetStringAsync("/abort"));
        Assert.That(await client.GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
    });

    [TestCase("GET / HTTP/1.1\r\n\r\n")]
    [TestCase("no request\r\n\r\n")]
    [TestCase("\0\u0001\u0002\u0003\r\n\r\n")]
    public void WhatIsNoRequest_IsRefused_AndTheServerGoesOn(string bytes) => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, WebTests.Sleepy);
        using (var connection = await server.ConnectAsync())
        {
            await connection.SendAsync(Encoding.Latin1.GetBytes(bytes));
            // A server that closes before it has read all resets, and that may overtake the answer.
            Assert.That(await EndOfAsync(connection), IsDrawn ? Does.StartWith("HTTP/1.1 400").Or.Empty : Does.StartWith("HTTP/1.1 400"));
        }

        Assert.That(await server.NewClient().GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
    });

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(60)]
    public void AClientThatGoesInTheMiddle_HarmsNobody(int sent) => world.Run(async network =>
    {
        await using var server = await WebServer.StartAsync(network, app => app.MapPost("/take", static async (HttpContext context) =>
            await context.Request.Body.CopyToAsync(Stream.Null)));
        for (var time = 0; time < 3; time++)
        {
            using var connection = await server.ConnectAsync();
            var request = "POST /take HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\nabcdefghijklmnopqrstuvwxyz"u8.ToArray();
            await connection.SendAsync(request.AsMemory(0, sent));
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.05));
            if (time == 1)
            {
                connection.ShutdownSend();
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.05));
            }

            if (time == 2)
            {
                connection.Abort();
            }
        }

        using var answer = await server.NewClient().PostAsync("/take", new ByteArrayContent(new byte[10]));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    });

    // What still comes; an error is an end.
    private static async Task<string> EndOfAsync(IConnection connection)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            for (int count; (count = await connection.ReceiveAsync(buffer)) > 0;)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (NetworkException)
        {
        }

        return text.ToString();
    }
}
