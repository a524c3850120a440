using System.Net;
using System.Net.Sockets;
using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>
/// The server of <see cref="ConnectionCounts"/>, in a process of its own: one loop that echoes on every connection. It writes its port, and
/// then a line of <see cref="ConnectionUsage"/> for each line it reads; at the end of its input it stops.
/// </summary>
internal sealed class ConnectionServer
{
    /// <summary>The word on the command line of a process that is this server.</summary>
    public const string Command = "serve-connections";

    private int _open;
    private int _failed;

    public void Run() => Asyncio.Run(async () =>
    {
        var network = new SocketNetwork(Asyncio.GetRunningLoop());
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), backlog: 4096);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint).Port);
        var accepting = Asyncio.CreateTask(() => AcceptAsync(listener));
        while (await Asyncio.ToThreadAsync(Console.ReadLine) is not null)
        {
            Console.WriteLine(ConnectionUsage.Now(_open, _failed));
        }

        accepting.Cancel();
        await Asyncio.WaitAsync([accepting]);
    });

    private async Task AcceptAsync(IListener listener)
    {
        while (true)
        {
            var connection = await listener.AcceptAsync();
            _ = Asyncio.CreateTask(() => EchoAsync(connection));
        }
    }

    private async Task EchoAsync(IConnection connection)
    {
        using (connection)
        {
            _open++;
            try
            {
                var buffer = new byte[64];
                while (await connection.ReceiveAsync(buffer) is var count and > 0)
                {
                    await connection.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (NetworkException broken) when (broken.Error == SocketError.ConnectionReset)
            {
                // Every second client leaves like this.
            }
            catch (NetworkException)
            {
                _failed++;
            }

            _open--;
        }
    }
}
