using System.Net;
using System.Text;
using Sim.Core;

namespace Samples;

/// <summary>A server that stops in good order: what it has begun it finishes.</summary>
public sealed class StopLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "stop";

    /// <inheritdoc/>
    public string Summary => "a server stops: answers are finished, who asks nothing is closed, who never ends is broken off";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region stop
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var watch = new LoopWatch(loop);
            var network = stage.NewNetwork(loop);
            var server = await network.StartServerAsync(AnswerAsync, new IPEndPoint(IPAddress.Loopback, 0));
            var quick = Asyncio.CreateTask(() => AskAsync(network, server, "1 s", watch));
            var endless = Asyncio.CreateTask(() => AskAsync(network, server, "100 s", watch));
            var silent = Asyncio.CreateTask(() => AskAsync(network, server, "", watch));

            await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
            stage.Print($"{watch}: the server stops");
            var broken = await server.StopAsync(grace: TimeSpan.FromSeconds(2));
            await Asyncio.GatherAsync(quick, endless, silent);
            stage.Print($"{watch}: stopped, {broken} connection broken off");
        }

        static async Task AnswerAsync(ConnectionReader reader, ConnectionWriter writer, Server server)
        {
            // With the token of the server: no request after it was asked to stop.
            while (await reader.ReadLineAsync(server.StopToken) is { Length: > 0 } wish)
            {
                var seconds = int.Parse(Encoding.ASCII.GetString(wish).Split(' ')[0], null);
                // Without it: what was begun is finished.
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(seconds));
                writer.Write(wish);
                await writer.DrainAsync();
            }
        }

        async Task AskAsync(INetwork network, Server server, string wish, LoopWatch watch)
        {
            var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
            await using var closing = writer;
            if (wish.Length > 0)
            {
                writer.Write(Encoding.ASCII.GetBytes($"{wish}\n"));
            }

            try
            {
                for (var line = await reader.ReadLineAsync(); line.Length > 0; line = await reader.ReadLineAsync())
                {
                    stage.Print($"{watch}: an answer after {Encoding.ASCII.GetString(line).TrimEnd()}");
                }

                stage.Print($"{watch}: {(wish.Length > 0 ? "no more answers" : "closed, and nothing was asked")}");
            }
            catch (NetworkException broken)
            {
                stage.Print($"{watch}: instead of an answer after {wish}: {broken.Error}");
            }
        }
        #endregion

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}
