using System.Net;
using System.Text;
using Sim.Core;

namespace Samples;

/// <summary>A client that does not give up, and a server that is killed, comes back, and is slow at first.</summary>
public sealed class RetryLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "retry";

    /// <inheritdoc/>
    public string Summary => "a server dies in the middle of an answer and comes back; its client tries again";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region retry
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var watch = new LoopWatch(loop);
            var network = stage.NewNetwork(loop);
            var server = await network.StartServerAsync(AnswerAsync, new IPEndPoint(IPAddress.Loopback, 0));
            var address = server.LocalEndPoint;
            var client = Asyncio.CreateTask(() => AskAsync(network, address, watch));

            await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
            stage.Print($"{watch}: the server is killed");
            server.Close();
            server.AbortClients();
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1.25));
            server = await network.StartServerAsync(AnswerAsync, address);

            await client;
            stage.Print($"{watch}: stopped, {await server.StopAsync(TimeSpan.FromSeconds(1))} connections broken off");
        }

        // The first time it thinks for two seconds, then it knows.
        var answers = 0;
        async Task AnswerAsync(ConnectionReader reader, ConnectionWriter writer)
        {
            while (await reader.ReadLineAsync() is { Length: > 0 } question)
            {
                await Asyncio.SleepAsync(++answers <= 2 ? TimeSpan.FromSeconds(2) : TimeSpan.Zero);
                writer.Write(question);
                await writer.DrainAsync();
            }
        }

        async Task AskAsync(INetwork network, EndPoint address, LoopWatch watch)
        {
            for (var pause = TimeSpan.FromSeconds(0.5); ; pause *= 2)
            {
                try
                {
                    var answer = await Asyncio.TimeoutAsync(TimeSpan.FromSeconds(1), _ => TryAsync(network, address));
                    stage.Print($"{watch}: {answer}");
                    return;
                }
                catch (NetworkException broken)
                {
                    stage.Print($"{watch}: {broken.Error}");
                }
                catch (TimeoutException)
                {
                    stage.Print($"{watch}: no answer for a second");
                }

                await Asyncio.SleepAsync(pause);
            }
        }

        async Task<string> TryAsync(INetwork network, EndPoint address)
        {
            var (reader, writer) = await network.OpenConnectionAsync(address);
            await using var closing = writer;
            writer.Write("hello\n"u8);
            return Encoding.ASCII.GetString(await reader.ReadLineAsync()).TrimEnd();
        }
        #endregion

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}
