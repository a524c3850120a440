using System.Net;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Guests that break off, end, stall or send nonsense, at any byte, in every world: the server goes on.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ServerFuzzTests(NetworkWorld world)
{
    private const int Guests = 300;
    private const int Ways = 5;

    private static readonly byte[] _script = [.. "first\nsecond\nthird\n"u8, .. new byte[3000], .. "\nlast\n"u8];

    [Test]
    public void NoGuest_TakesTheServerDown()
    {
        var errors = new List<LoopError>();
        world.Run(static async network =>
        {
            var options = new ServerOptions { Backlog = Guests, MaxConnections = 50, Linger = TimeSpan.FromMilliseconds(100) };
            var server = await network.StartServerAsync(EchoAsync, new IPEndPoint(IPAddress.Loopback, 0), options, limit: 1000);
            await Asyncio.GatherAsync(Enumerable.Range(0, Guests).Select(i => Asyncio.CreateTask(() => VisitAsync(network, server, i))));
            var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
            writer.Write("hello\n"u8);
            Assert.That(ConnectionReaderTests.Text(await reader.ReadLineAsync()), Is.EqualTo("hello\n"));
            await writer.DisposeAsync();
            Assert.That(await server.StopAsync(TimeSpan.FromSeconds(5)), Is.Zero);
            Assert.That(server.ConnectionCount, Is.Zero);
        }, errors);
        Assert.That(errors.Select(static error => error.Exception), Has.All.TypeOf<NetworkException>().Or.TypeOf<LimitOverrunException>());
        Assert.That(errors, Has.Some.Property(nameof(LoopError.Exception)).TypeOf<LimitOverrunException>());
    }

    private static async Task EchoAsync(ConnectionReader reader, ConnectionWriter writer)
    {
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            writer.Write(line);
            await writer.DrainAsync();
        }
    }

    // Each another length and another way to go, in one of the many orders of the two.
    private static async Task VisitAsync(INetwork network, Server server, int number)
    {
        var length = number * 37 % _script.Length;
        using var connection = await network.ConnectAsync(server.LocalEndPoint);
        try
        {
            await connection.SendAsync(_script.AsMemory(0, length));
            switch (number % Ways)
            {
                case 0:
                    connection.Abort();
                    break;
                case 1:
                    // Closed with the answers unread.
                    break;
                case 2:
                    connection.ShutdownSend();
                    await TakeAsync(connection);
                    break;
                case 3:
                    // Stalls, then breaks off.
                    await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(30));
                    connection.Abort();
                    break;
                default:
                    await connection.ReceiveAsync(new byte[1]);
                    await connection.SendAsync(_script.AsMemory(length));
                    break;
            }
        }
        catch (NetworkException)
        {
            // The server has broken off, because of a line that is too long.
        }
    }

    private static async Task TakeAsync(IConnection connection)
    {
        var buffer = new byte[100];
        while (await connection.ReceiveAsync(buffer) > 0)
        {
        }
    }
}
