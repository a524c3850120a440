using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Servers over connections, in every world: asyncio's rules 29 and 35, and what is more.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ServerTests(NetworkWorld world)
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    private static TimeSpan AMoment => TimeSpan.FromMilliseconds(50);

    [Test]
    public void EachConnection_HasATaskOfItsOwn() => world.Run(static async network =>
    {
        await using var server = await network.CreateServerAsync(EchoAsync, AnyPort);
        Assert.That(server.IsServing);
        var words = await Asyncio.GatherAsync(Enumerable.Range(0, 20).Select(i => Asyncio.CreateTask(async () =>
        {
            using var connection = await network.ConnectAsync(server.LocalEndPoint);
            return await AskAsync(connection, $"word {i:00}");
        })));
        Assert.That(words, Is.EqualTo(Enumerable.Range(0, 20).Select(static i => $"word {i:00}")));
    });

    [Test]
    public void SeveralAddresses_AreOneServer() => world.Run(static async network =>
    {
        await using var server = await network.CreateServerAsync(EchoAsync, [AnyPort, AnyPort]);
        Assert.That(server.LocalEndPoints, Has.Count.EqualTo(2).And.Unique);
        foreach (var address in server.LocalEndPoints)
        {
            using var connection = await network.ConnectAsync(address);
            Assert.That(await AskAsync(connection, "hello"), Is.EqualTo("hello"));
        }
    });

    [Test]
    public void OneAddressThatIsTaken_AndThereIsNoServer() => world.Run(static async network =>
    {
        using var taken = await network.ListenAsync(AnyPort);
        using var other = await network.ListenAsync(AnyPort);
        var free = other.LocalEndPoint;
        other.Dispose();
        var error = await Errors.OfAsync(async () => await network.CreateServerAsync(EchoAsync, [free, taken.LocalEndPoint]));
        Assert.That(error.Error, Is.EqualTo(SocketError.AddressAlreadyInUse));
        using var again = await network.ListenAsync(free);
    });

    [Test]
    public void AHandlerThatFails_IsReportedWithItsAddress_AndTheServerGoesOn()
    {
        var errors = new List<LoopError>();
        EndPoint? guest = null;
        world.Run(async network =>
        {
            await using var server = await network.CreateServerAsync(FailAsync, AnyPort);
            using (var connection = await network.ConnectAsync(server.LocalEndPoint))
            {
                guest = connection.LocalEndPoint;
                Assert.That((await Errors.OfAsync(() => AskAsync(connection, "fails"))).Error, Is.EqualTo(SocketError.ConnectionReset));
            }

            using var next = await network.ConnectAsync(server.LocalEndPoint);
            Assert.That(await AskAsync(next, "hello"), Is.EqualTo("hello"));
        }, errors);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0].Message, Does.StartWith($"The handler of the connection from {guest} to 127.0.0.1:"));
        Assert.That(errors[0].Exception, Is.TypeOf<InvalidDataException>());

        static async Task FailAsync(IConnection connection, Server server)
        {
            var word = await ReceiveAsync(connection, 5);
            await connection.SendAsync(Encoding.ASCII.GetBytes(word[..3]));
            if (word == "fails")
            {
                throw new InvalidDataException("no such word");
            }

            await connection.SendAsync(Encoding.ASCII.GetBytes(word[3..]));
        }
    }

    /// <summary>That a guest leaves is no failure of the handler; that somebody else leaves, whom it asks, is one.</summary>
    [Test]
    public void AGuestThatBreaksOff_IsNoFailure_ButOneThatTheHandlerAsks([Values] bool isTheGuest)
    {
        var errors = new List<LoopError>();
        world.Run(async network =>
        {
            using var other = await network.ListenAsync(AnyPort);
            await using var server = await network.CreateServerAsync(PassOnAsync, AnyPort);
            var connection = await network.ConnectAsync(server.LocalEndPoint);
            await connection.SendAsync("hello"u8.ToArray());
            using var asked = await other.AcceptAsync();
            await ReceiveAsync(asked, 5);
            (isTheGuest ? connection : asked).Abort();
            if (isTheGuest)
            {
                await asked.SendAsync("world"u8.ToArray());
            }

            await ServerEndsAsync(server);
            connection.Dispose();

            async Task PassOnAsync(IConnection guest, Server _)
            {
                using var asking = await network.ConnectAsync(other.LocalEndPoint);
                var question = await ReceiveAsync(guest, 5);
                await asking.SendAsync(Encoding.ASCII.GetBytes(question));
                await ReceiveAsync(asking, 5);
                await ReceiveAsync(guest, 5);
            }
        }, errors);
        Assert.That(errors, Has.Count.EqualTo(isTheGuest ? 0 : 1));
        Assert.That(errors, Has.All.Property(nameof(LoopError.Exception)).TypeOf<NetworkException>());

        static async Task ServerEndsAsync(Server server)
        {
            server.Close();
            await server.WaitClosedAsync();
        }
    }

    /// <summary>3.12.1: closed, and no connection left; test_server's test_wait_closed_race.</summary>
    [Test]
    public void WaitClosed_WaitsForTheLastConnection() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(EchoAsync, AnyPort);
        var waiting = Asyncio.CreateTask(() => server.WaitClosedAsync());
        using var connection = await network.ConnectAsync(server.LocalEndPoint);
        Assert.That(await AskAsync(connection, "hello"), Is.EqualTo("hello"));
        Assert.That(waiting.IsDone, Is.False);
        server.Close();
        server.Close();
        Assert.That(server.IsServing, Is.False);
        Assert.That((await Errors.OfAsync(async () => await network.ConnectAsync(server.LocalEndPoint))).Error,
            Is.EqualTo(SocketError.ConnectionRefused));
        Assert.That(await AskAsync(connection, "again"), Is.EqualTo("again"));
        Assert.That(waiting.IsDone, Is.False);
        Assert.That(server.ConnectionCount, Is.EqualTo(1));
        connection.Dispose();
        await waiting;
        await server.WaitClosedAsync();
        Assert.That(server.ConnectionCount, Is.Zero);
    });

    [Test]
    public void ServingForEver_EndsWhenCancelled_AfterTheLastConnection() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(EchoAsync, AnyPort);
        var serving = Asyncio.CreateTask(() => server.ServeForeverAsync());
        using var connection = await network.ConnectAsync(server.LocalEndPoint);
        Assert.That(await AskAsync(connection, "hello"), Is.EqualTo("hello"));
        Assert.That(
            async () => await server.ServeForeverAsync(),
            Throws.InvalidOperationException.With.Message.Contains("another task does"));
        serving.Cancel();
        await Asyncio.SleepAsync(AMoment);
        Assert.That(server.IsServing, Is.False);
        Assert.That(serving.IsDone, Is.False);
        connection.Dispose();
        await Asyncio.WaitAsync([serving]);
        Assert.That(serving.IsCancelled);
        Assert.That(async () => await server.ServeForeverAsync(), Throws.InvalidOperationException.With.Message.Contains("is closed"));
    });

    [Test]
    public void ServingForEver_EndsWhenClosed() => world.Run(static async network =>
    {
        var server = await network.CreateServerAsync(EchoAsync, AnyPort);
        var serving = Asyncio.CreateTask(() => server.ServeForeverAsync());
        await Asyncio.SleepAsync(AMoment);
        server.Close();
        await Asyncio.WaitAsync([serving]);
        Assert.That(serving.IsCancelled);
    });

    /// <summary>test_server's test_close_clients: the other side sees the end.</summary>
    [Test]
    public void CloseClients_EndsThem() => world.Run(static async network =>
    {
        await using var server = await network.CreateServerAsync(EchoAsync, AnyPort);
        using var connection = await network.ConnectAsync(server.LocalEndPoint);
        await AskAsync(connection, "hello");
        server.Close();
        server.CloseClients();
        Assert.That(await connection.ReceiveAsync(new byte[1]), Is.Zero);
    });

    /// <summary>test_server's test_abort_clients: the other side sees a reset.</summary>
    [Test]
    public void AbortClients_BreaksThemOff() => world.Run(static async network =>
    {
        await using var server = await network.CreateServerAsync(EchoAsync, AnyPort);
        using var connection = await network.ConnectAsync(server.LocalEndPoint);
        await AskAsync(connection, "hello");
        server.Close();
        server.AbortClients();
        var error = await Errors.OfAsync(async () => await connection.ReceiveAsync(new byte[1]));
        Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
    });

    [Test]
    public void AnAnswerArrives_AlthoughMoreWasAsked() => world.Run(static async network =>
    {
        await using var server = await network.CreateServerAsync(static async (connection, _) =>
        {
            await ReceiveAsync(connection, 5);
            await connection.SendAsync(new byte[300_000]);
        }, AnyPort);
        using var connection = await network.ConnectAsync(server.LocalEndPoint);
        await connection.SendAsync(Encoding.ASCII.GetBytes("firstand a second, which nobody reads"));
        await Asyncio.SleepAsync(AMoment);
        var (buffer, have) = (new byte[10_000], 0);
        while (await connection.ReceiveAsync(buffer) is > 0 and var count)
        {
            have += count;
        }

        Assert.That(have, Is.EqualTo(300_000));
    });

    internal static async Task EchoAsync(IConnection connection, Server server)
    {
        var buffer = new byte[1000];
        while (await connection.ReceiveAsync(buffer, server.StopToken) is > 0 and var count)
        {
            await connection.SendAsync(buffer.AsMemory(0, count));
        }
    }

    internal static async Task<string> AskAsync(IConnection connection, string word)
    {
        await connection.SendAsync(Encoding.ASCII.GetBytes(word));
        return await ReceiveAsync(connection, word.Length);
    }

    internal static async Task<string> ReceiveAsync(IConnection connection, int length)
    {
        var (bytes, have, count) = (new byte[length], 0, -1);
        while (have < length && count != 0)
        {
            count = await connection.ReceiveAsync(bytes.AsMemory(have));
            have += count;
        }

        return Encoding.ASCII.GetString(bytes, 0, have);
    }
}
