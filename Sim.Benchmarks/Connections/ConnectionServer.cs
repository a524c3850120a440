using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>
/// The server of <see cref="ConnectionCounts"/>, in a process of its own: one loop that echoes on every connection. It writes its port, and
/// then a line of <see cref="Usage"/> for each line it reads; at the end of its input it stops.
/// </summary>
internal sealed class ConnectionServer
{
    /// <summary>The argument by which the program knows that it is to be this.</summary>
    public const string Argument = "serve-connections";

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
            Console.WriteLine(Usage.Now(_open, _failed));
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

    /// <summary>What a process holds.</summary>
    /// <param name="Open">Connections.</param>
    /// <param name="Failed">Connections that ended with an error that is not of the client's making.</param>
    /// <param name="Descriptors">Open descriptors.</param>
    /// <param name="ManagedBytes">What the collector finds alive.</param>
    internal readonly record struct Usage(int Open, int Failed, int Descriptors, long ManagedBytes)
    {
        /// <summary>After a full collection, so that only what is held counts.</summary>
        public static string Now(int open, int failed)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var bytes = GC.GetTotalMemory(forceFullCollection: true);
            var descriptors = Directory.GetFileSystemEntries("/proc/self/fd").Length;
            return string.Create(CultureInfo.InvariantCulture, $"{open} {failed} {descriptors} {bytes}");
        }

        public static Usage Parse(string line)
        {
            var words = line.Split(' ');
            return new Usage(Word(0), Word(1), Word(2), long.Parse(words[3], CultureInfo.InvariantCulture));

            int Word(int place) => int.Parse(words[place], CultureInfo.InvariantCulture);
        }
    }
}
