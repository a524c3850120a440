using System.Net;
using Sim.Core;
using Sim.World;

namespace Sim.Benchmarks;

/// <summary>
/// The echo of the real network in a simulation: connections of the network's twin in memory, messages of 64 bytes, each answered
/// before the next is sent; 1 to 10 ms under way in each direction, drawn by the strategy.
/// </summary>
internal static class SimEcho
{
    public const int RoundTrips = Connections * Messages;

    public const string Name = "round trips: 64 connections × 1,000 messages of 64 bytes, 1–10 ms each way";

    public const string IdleName = "the same beside 1,000 idle connections";

    private const int Connections = 64, Messages = 1_000, Size = 64;

    private const int IdleConnections = 1_000;

    public static void Run() => Run(idle: 0);

    public static void RunBesideIdle() => Run(IdleConnections);

    /// <summary>How much virtual time it takes: the same in each run, because the seed is.</summary>
    public static TimeSpan VirtualTime() => Run(idle: 0);

    private static TimeSpan Run(int idle)
    {
        var report = Simulation.Run(
            () => EchoAsync(idle),
            new SimulationOptions
            {
                Strategy = new RandomStrategy(1), Records = false, StepLimit = long.MaxValue, WatchThreadPool = false,
            });
        if (report.Failure is { } failure)
        {
            throw new InvalidOperationException(failure.Message);
        }

        return report.VirtualTime;
    }

    private static async Task EchoAsync(int idle)
    {
        var network = new VirtualNetwork(Asyncio.GetRunningLoop(), new VirtualNetworkOptions
        {
            Latency = TimeSpan.FromMilliseconds(1), Jitter = TimeSpan.FromMilliseconds(9), SplitsReads = false,
        });
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), Connections + idle);
        var accepting = Asyncio.CreateTask(() => AcceptAsync(listener, Connections + idle));
        var silent = new List<IConnection>();
        for (var i = 0; i < idle; i++)
        {
            silent.Add(await network.ConnectAsync(listener.LocalEndPoint));
        }

        var clients = new LoopTask[Connections];
        for (var i = 0; i < Connections; i++)
        {
            clients[i] = Asyncio.CreateTask(() => AskAsync(network, listener.LocalEndPoint));
        }

        await Asyncio.GatherAsync(clients);
        silent.ForEach(static connection => connection.Dispose());
        await accepting;
    }

    private static async Task AcceptAsync(IListener listener, int count)
    {
        var servers = new LoopTask[count];
        for (var i = 0; i < count; i++)
        {
            var connection = await listener.AcceptAsync();
            servers[i] = Asyncio.CreateTask(() => AnswerAsync(connection));
        }

        await Asyncio.GatherAsync(servers);
    }

    private static async Task AnswerAsync(IConnection connection)
    {
        using (connection)
        {
            var buffer = new byte[Size];
            while (await connection.ReceiveAsync(buffer) is var got && got > 0)
            {
                await connection.SendAsync(buffer.AsMemory(0, got));
            }
        }
    }

    private static async Task AskAsync(VirtualNetwork network, EndPoint server)
    {
        using var connection = await network.ConnectAsync(server);
        var buffer = new byte[Size];
        for (var i = 0; i < Messages; i++)
        {
            await connection.SendAsync(buffer);
            for (var got = 0; got < Size;)
            {
                got += await connection.ReceiveAsync(buffer.AsMemory(got));
            }
        }
    }
}
