using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sim.Core;
using Sim.Kestrel;

namespace Samples.Web;

/// <summary>A web application and its client; one answer takes too long, and the server stops in the middle of the last.</summary>
public sealed class HttpLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public string Summary => "HttpClient and Kestrel: requests in turn and at once, a timeout, a server that stops in good order";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region http
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var network = stage.NewNetwork(loop);
            await using var app = MakeApplication(loop, network);
            await app.StartAsync();

            using var client = new HttpClient(new LoopHttpHandler(loop, network))
            {
                BaseAddress = new Uri(app.Urls.Single()),
                Timeout = TimeSpan.FromSeconds(2),
            };
            stage.Print(await client.GetStringAsync("/hello/ann"));

            var watch = new LoopWatch(loop);
            var orders = await Task.WhenAll(client.GetStringAsync("/brew/tea"), client.GetStringAsync("/brew/coffee"));
            stage.Print($"{watch}: {string.Join(" and ", orders)}");

            try
            {
                await client.GetStringAsync("/brew/beer");
            }
            catch (TaskCanceledException timeout) when (timeout.InnerException is TimeoutException)
            {
                stage.Print($"{watch}: no beer within {client.Timeout.TotalSeconds} s");
            }

            var last = client.GetStringAsync("/brew/tea");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.25));
            await app.StopAsync();
            stage.Print($"{watch}: the server has stopped, and the last answer is: {await last}");
        }

        // A handler is a task of the loop: it sleeps on the loop's time.
        static WebApplication MakeApplication(EventLoop loop, INetwork network)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseEventLoop(loop, network).UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.MapGet("/hello/{name}", (string name) => $"hello {name}");
            app.MapGet("/brew/{drink}", async (string drink, HttpContext context) =>
            {
                var length = drink switch { "tea" => 1, "coffee" => 1.1, _ => 3600 };
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(length), context.RequestAborted);
                return $"a cup of {drink}";
            });
            return app;
        }
        #endregion

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}
