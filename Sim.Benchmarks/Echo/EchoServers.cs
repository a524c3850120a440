using System.Net;
using System.Net.Sockets;
using Sim.Clock;
using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>The echo servers of .NET, each in a process of its own: prints its port, and ends when standard input does.</summary>
internal static class EchoServers
{
    private const int Backlog = 2048;
    private const int BufferSize = 4096;

    public static void Run(string kind)
    {
        var watch = new Thread(static () =>
        {
            Console.In.ReadToEnd();
            Environment.Exit(0);
        }) { IsBackground = true };
        watch.Start();
        switch (kind)
        {
            case "sim-epoll":
                RunSim(new EpollPoller(SystemClock.Instance));
                break;
            case "sim-select":
                RunSim(new SelectPoller(SystemClock.Instance));
                break;
            case "sim-sleeping":
                RunSim(new EpollPoller(SystemClock.Instance) { SpinTime = TimeSpan.Zero });
                break;
            case "sim-completions":
                RunSim(new CompletionPoller(SystemClock.Instance));
                break;
            case "sockets":
                ServeSocketsAsync().Wait();
                break;
            case "floor":
                using (var listener = Listen())
                {
                    EchoFloor.Serve(listener);
                }

                break;
            default:
                throw new ArgumentException($"There is no echo server '{kind}'.", nameof(kind));
        }
    }

    private static void RunSim(IPoller poller)
    {
        using var loop = new EventLoop(SystemClock.Instance, poller);
        loop.RunUntilComplete(() => ServeAsync(new SocketNetwork(loop)));
    }

    private static async Task ServeAsync(SocketNetwork network)
    {
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), Backlog);
        Announce(listener.LocalEndPoint);
        while (true)
        {
            var connection = await listener.AcceptAsync();
            _ = Asyncio.CreateTask(() => EchoAsync(connection));
        }
    }

    private static async Task EchoAsync(IConnection connection)
    {
        using (connection)
        {
            var buffer = new byte[BufferSize];
            try
            {
                while (await connection.ReceiveAsync(buffer) is > 0 and var count)
                {
                    await connection.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (NetworkException)
            {
                // The client breaks off when it has seen enough.
            }
        }
    }

    // What one writes without the library: a loop for each connection, on the threads of the pool.
    private static async Task ServeSocketsAsync()
    {
        using var listener = Listen();
        while (true)
        {
            var socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            _ = EchoAsync(socket);
        }
    }

    private static async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            // Memory and no array: an array takes the older way, which makes a Task for each wait.
            Memory<byte> buffer = new byte[BufferSize];
            try
            {
                while (await socket.ReceiveAsync(buffer, SocketFlags.None) is > 0 and var count)
                {
                    await socket.SendAsync(buffer[..count], SocketFlags.None);
                }
            }
            catch (SocketException)
            {
                // The client breaks off when it has seen enough.
            }
        }
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(Backlog);
        Announce(listener.LocalEndPoint!);
        return listener;
    }

    private static void Announce(EndPoint address)
    {
        Console.Out.WriteLine(((IPEndPoint)address).Port);
        Console.Out.Flush();
    }
}
