using System.Net;
using System.Text;
using Sim.Core;

namespace Samples;

/// <summary>A server that echoes words of five letters, and a client that does not wait for ever.</summary>
public sealed class EchoLesson : ILesson
{
    private const int Letters = 5;

    /// <inheritdoc/>
    public string Name => "echo";

    /// <inheritdoc/>
    public string Summary => "a server and a client; one answer takes too long, and comes later";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region echo
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var watch = new LoopWatch(loop);
            var network = stage.NewNetwork(loop);
            using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
            var server = Asyncio.CreateTask(() => ServeAsync(listener));

            using var connection = await network.ConnectAsync(listener.LocalEndPoint);
            foreach (var word in (string[])["hello", "sleep", "again"])
            {
                await connection.SendAsync(Encoding.ASCII.GetBytes(word));
                try
                {
                    var answer = await Asyncio.TimeoutAsync(TimeSpan.FromSeconds(0.5), _ => ReceiveWordAsync(connection));
                    stage.Print($"{watch}: {answer}");
                }
                catch (TimeoutException)
                {
                    stage.Print($"{watch}: no answer to {word} yet");
                    stage.Print($"{watch}: {await ReceiveWordAsync(connection)}, later");
                }
            }

            connection.ShutdownSend();
            stage.Print($"the server has echoed {await server} words");
        }

        static async Task<int> ServeAsync(IListener listener)
        {
            using var connection = await listener.AcceptAsync();
            for (var count = 0; ; count++)
            {
                var word = await ReceiveWordAsync(connection);
                if (word.Length < Letters)
                {
                    return count;
                }

                await Asyncio.SleepAsync(word == "sleep" ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
                await connection.SendAsync(Encoding.ASCII.GetBytes(word));
            }
        }

        // A receive is no message: it may take a part of one.
        static async Task<string> ReceiveWordAsync(IConnection connection)
        {
            var (word, have, count) = (new byte[Letters], 0, -1);
            while (have < Letters && count != 0)
            {
                count = await connection.ReceiveAsync(word.AsMemory(have));
                have += count;
            }

            return Encoding.ASCII.GetString(word, 0, have);
        }
        #endregion

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}
