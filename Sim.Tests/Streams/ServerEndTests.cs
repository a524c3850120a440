using System.IO.Pipelines;
using System.Net;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>How a connection ends whose handler closes it itself: what was said arrives whole, in every world.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ServerEndTests(NetworkWorld world)
{
    private const int Length = 300_000;

    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    private static TimeSpan AMoment => TimeSpan.FromMilliseconds(50);

    /// <summary>As asyncio's handlers do it.</summary>
    [Test]
    public void AWriterThatIsClosed_ResetsNothing() => TheAnswerArrives(
        static network => network.StartServerAsync(static async (reader, writer) =>
        {
            await reader.ReadExactlyAsync(5);
            writer.Write(new byte[Length]);
            writer.Close();
            await writer.WaitClosedAsync();
        }, AnyPort));

    [Test]
    public void AWriterThatIsDisposed_ResetsNothing() => TheAnswerArrives(
        static network => network.StartServerAsync(static async (reader, writer) =>
        {
            await using var closing = writer;
            await reader.ReadExactlyAsync(5);
            writer.Write(new byte[Length]);
        }, AnyPort));

    [Test]
    public void AConnectionThatIsDisposed_ResetsNothing() => TheAnswerArrives(
        static network => network.CreateServerAsync(static async (connection, _) =>
        {
            using var closing = connection;
            await ServerTests.ReceiveAsync(connection, 5);
            await connection.SendAsync(new byte[Length]);
        }, AnyPort));

    [Test]
    public void APipeThatIsDisposed_ResetsNothing() => TheAnswerArrives(
        static network => network.CreateServerAsync(static async (connection, _) =>
        {
            await using var pipe = new ConnectionPipe(Asyncio.GetRunningLoop(), connection);
            await pipe.Input.ReadAtLeastAsync(5);
            await pipe.Output.WriteAsync(new byte[Length]);
        }, AnyPort));

    /// <summary>Whoever does something else after it does not hold the connection for ever.</summary>
    [Test]
    public void AHandlerThatClosesAndGoesOn_LosesItAfterTheLinger() => world.Run(static async network =>
    {
        var options = new ServerOptions { Linger = AMoment };
        var isEnough = new AsyncEvent();
        var server = await network.CreateServerAsync(async (connection, _) =>
        {
            connection.Dispose();
            await Errors.OfAsync<ObjectDisposedException>(async () => await connection.ReceiveAsync(new byte[1]));
            await Errors.OfAsync<ObjectDisposedException>(async () => await connection.SendAsync(new byte[1]));
            await isEnough.WaitAsync();
        }, AnyPort, options);
        using var client = await network.ConnectAsync(server.LocalEndPoint);
        Assert.That(await client.ReceiveAsync(new byte[1]), Is.Zero);
        var error = await Errors.OfAsync(async () =>
        {
            for (; ; )
            {
                await client.SendAsync("more"u8.ToArray());
                await Asyncio.SleepAsync(AMoment);
            }
        });
        Assert.That(error.Error, Is.EqualTo(System.Net.Sockets.SocketError.ConnectionReset));
        isEnough.Set();
        await server.DisposeAsync();
    });

    /// <summary>Its last bytes are under way when the grace is over: a reset would take them back.</summary>
    [Test]
    public void AfterTheGrace_AnAnswerThatIsUnderWay_StillArrives() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(
            static async (connection, _) => await connection.SendAsync(new byte[500]), AnyPort);
        using var client = await network.ConnectAsync(server.LocalEndPoint);
        await Asyncio.SleepAsync(AMoment);
        Assert.That(server.ConnectionCount, Is.EqualTo(1));
        Assert.That(await server.StopAsync(AMoment), Is.Zero);
        Assert.That(server.ConnectionCount, Is.Zero);
        Assert.That(await CountAsync(client), Is.EqualTo(500));
    });

    // The client asks again and again, also after the answer has begun, and reads slowly.
    private void TheAnswerArrives(Func<INetwork, ValueTask<Server>> start) => world.Run(async network =>
    {
        await using var server = await start(network);
        using var client = await network.ConnectAsync(server.LocalEndPoint);
        await client.SendAsync("firstand a second, which nobody reads"u8.ToArray());
        await Asyncio.SleepAsync(AMoment);
        await client.SendAsync("third"u8.ToArray());
        Assert.That(await CountAsync(client), Is.EqualTo(Length));
    });

    private static async Task<int> CountAsync(IConnection connection)
    {
        var (buffer, have) = (new byte[10_000], 0);
        while (await connection.ReceiveAsync(buffer) is > 0 and var count)
        {
            have += count;
            await Asyncio.YieldAsync();
        }

        return have;
    }
}
