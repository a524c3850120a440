using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Stopping in good order, in every world.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ServerStopTests(NetworkWorld world)
{
    private const int AnswerLength = 500_000;

    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    private static TimeSpan AMoment => TimeSpan.FromMilliseconds(50);

    private static TimeSpan Grace => TimeSpan.FromSeconds(20);

    [Test]
    public void WithoutConnections_ItEndsAtOnce() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(ServerTests.EchoAsync, AnyPort);
        var start = Asyncio.GetRunningLoop().Time;
        Assert.That(await server.StopAsync(Grace), Is.Zero);
        Assert.That(await server.StopAsync(Grace), Is.Zero);
        Assert.That(Asyncio.GetRunningLoop().Time - start, Is.LessThan(TimeSpan.FromSeconds(1)));
    });

    /// <summary>Who waits for a request is closed, who answers answers whole, who waits to be accepted is refused.</summary>
    [Test]
    public void AnswersAreWhole_AndWhoHasAskedNothingIsClosed() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(AnswerAsync, AnyPort);
        using var idle = await network.ConnectAsync(server.LocalEndPoint);
        using var busy = await network.ConnectAsync(server.LocalEndPoint);
        await busy.SendAsync("ask 1"u8.ToArray());
        await busy.ReceiveAsync(new byte[1]);
        var stopping = Asyncio.CreateTask(() => server.StopAsync(Grace));
        await Asyncio.SleepAsync(AMoment);
        Assert.That(stopping.IsDone, Is.False);
        Assert.That(await idle.ReceiveAsync(new byte[1]), Is.Zero);
        Assert.That(await CountAsync(busy), Is.EqualTo(AnswerLength - 1));
        idle.Dispose();
        busy.Dispose();
        Assert.That(await stopping, Is.Zero);
    });

    /// <summary>A second request that comes with the first takes nothing from the first one's answer, answered or not.</summary>
    [Test]
    public void TheAnswerArrives_AlthoughTheNextRequestIsThere() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(AnswerAsync, AnyPort);
        using var client = await network.ConnectAsync(server.LocalEndPoint);
        await client.SendAsync("ask 1ask 2"u8.ToArray());
        await client.ReceiveAsync(new byte[1]);
        var stopping = Asyncio.CreateTask(() => server.StopAsync(Grace));
        await Asyncio.SleepAsync(AMoment);
        Assert.That(await CountAsync(client), Is.AnyOf(AnswerLength - 1, (2 * AnswerLength) - 1));
        client.Dispose();
        Assert.That(await stopping, Is.Zero);
    });

    [Test]
    public void AfterTheGrace_TheRestIsBrokenOff_AndCounted() => world.Run(static async network =>
    {
        var cancelled = 0;
        var server = await network.CreateServerAsync(StallAsync, AnyPort);
        using var one = await network.ConnectAsync(server.LocalEndPoint);
        using var other = await network.ConnectAsync(server.LocalEndPoint);
        await Asyncio.SleepAsync(AMoment);
        Assert.That(await server.StopAsync(AMoment), Is.EqualTo(2));
        Assert.That(cancelled, Is.EqualTo(2));
        Assert.That(server.ConnectionCount, Is.Zero);
        Assert.That((await Errors.OfAsync(async () => await one.ReceiveAsync(new byte[1]))).Error, Is.EqualTo(SocketError.ConnectionReset));

        async Task StallAsync(IConnection connection, Server server)
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }
            finally
            {
                cancelled++;
            }
        }
    });

    [Test]
    public void AHandlerThatNothingEnds_IsReported_AndStopsNobody()
    {
        var errors = new List<LoopError>();
        var never = new TaskCompletionSource();
        world.Run(async network =>
        {
            var server = await network.CreateServerAsync((_, _) => never.Task, AnyPort);
            using var one = await network.ConnectAsync(server.LocalEndPoint);
            await Asyncio.SleepAsync(AMoment);
            Assert.That(await server.StopAsync(TimeSpan.Zero), Is.EqualTo(1));
            await server.WaitClosedAsync();
            never.SetResult();
        }, errors);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0].Message, Is.EqualTo("Handlers did not end when their connections were broken off"));
    }

    [Test]
    public void WhoWaitsToBeAccepted_IsRefused() => world.Run(static async network =>
    {
        var options = new ServerOptions { MaxConnections = 1 };
        var server = await network.CreateServerAsync(AnswerAsync, AnyPort, options);
        using var first = await network.ConnectAsync(server.LocalEndPoint);
        await first.SendAsync("ask 1"u8.ToArray());
        await first.ReceiveAsync(new byte[1]);
        using var second = await network.ConnectAsync(server.LocalEndPoint);
        await second.SendAsync("ask 2"u8.ToArray());
        var stopping = Asyncio.CreateTask(() => server.StopAsync(Grace));
        var refused = await Errors.OfAsync(async () => await second.ReceiveAsync(new byte[1]));
        Assert.That(refused.Error, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That(await CountAsync(first), Is.EqualTo(AnswerLength - 1));
        first.Dispose();
        Assert.That(await stopping, Is.Zero);
    });

    [Test]
    public void WhoGivesUpStopping_BreaksEverythingOff() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(static (_, _) => Asyncio.SleepAsync(TimeSpan.FromHours(1)).AsTask(), AnyPort);
        using var client = await network.ConnectAsync(server.LocalEndPoint);
        await Asyncio.SleepAsync(AMoment);
        var stopping = Asyncio.CreateTask(() => server.StopAsync(Grace));
        await Asyncio.SleepAsync(AMoment);
        stopping.Cancel();
        await Asyncio.WaitAsync([stopping]);
        Assert.That(stopping.IsCancelled);
        await server.WaitClosedAsync();
    });

    /// <summary>Although connections that it has closed first are remembered by the system for a while.</summary>
    [Test]
    public void AServer_ComesBackAtItsAddress() => world.Run(static async network =>
    {
        EndPoint address = AnyPort;
        for (var life = 0; life < 3; life++)
        {
            var server = await network.CreateServerAsync(static (_, _) => Task.CompletedTask, address);
            address = server.LocalEndPoint;
            using var client = await network.ConnectAsync(address);
            Assert.That(await client.ReceiveAsync(new byte[1]), Is.Zero);
            var stopping = Asyncio.CreateTask(() => server.StopAsync(Grace));
            client.Dispose();
            Assert.That(await stopping, Is.Zero);
        }
    });

    internal static async Task AnswerAsync(IConnection connection, Server server)
    {
        var answer = new byte[AnswerLength];
        while (await ReceiveAsync(connection, server.StopToken) is { Length: > 0 } request)
        {
            Encoding.ASCII.GetBytes(request, answer);
            await connection.SendAsync(answer);
        }
    }

    private static async Task<string> ReceiveAsync(IConnection connection, CancellationToken stop)
    {
        var (bytes, have) = (new byte[5], 0);
        while (have < bytes.Length)
        {
            var count = await connection.ReceiveAsync(bytes.AsMemory(have), stop);
            if (count == 0)
            {
                return "";
            }

            have += count;
        }

        return Encoding.ASCII.GetString(bytes);
    }

    private static async Task<int> CountAsync(IConnection connection)
    {
        var (buffer, have) = (new byte[64 * 1024], 0);
        while (await connection.ReceiveAsync(buffer) is > 0 and var count)
        {
            have += count;
        }

        return have;
    }
}
