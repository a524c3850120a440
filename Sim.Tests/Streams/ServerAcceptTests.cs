using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What a server does when it cannot accept, or shall not: rule 29, and the limit of connections.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ServerAcceptTests(NetworkWorld world)
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    private static TimeSpan AMoment => TimeSpan.FromMilliseconds(50);

    /// <summary>base_events' test_accept_connection_retry: reported once, a second's pause, and then it goes on.</summary>
    [TestCase(SocketError.TooManyOpenSockets)]
    [TestCase(SocketError.NoBufferSpaceAvailable)]
    [TestCase(SocketError.SocketError)]
    public void AnAcceptThatFails_IsReportedOnce_AndTriedAgainAfterASecond(SocketError error)
    {
        var errors = new List<LoopError>();
        world.Run(async network =>
        {
            var faulty = new ShortNetwork(network, error);
            await using var server = await faulty.CreateServerAsync(ServerTests.EchoAsync, AnyPort);
            faulty.Failures = 1;
            var start = Asyncio.GetRunningLoop().Time;
            using var client = await network.ConnectAsync(server.LocalEndPoint);
            Assert.That(await ServerTests.AskAsync(client, "hello"), Is.EqualTo("hello"));
            Assert.That(Asyncio.GetRunningLoop().Time - start, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
            Assert.That(faulty.Failures, Is.Zero);
        }, errors);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0].Message, Does.Match(@"^Accepting at 127\.0\.0\.1:\d+ failed; nothing is accepted for 00:00:01$"));
        Assert.That(((NetworkException)errors[0].Exception).Error, Is.EqualTo(error));
    }

    [Test]
    public void AServerThatPauses_CanBeClosed()
    {
        var errors = new List<LoopError>();
        world.Run(async network =>
        {
            var faulty = new ShortNetwork(network, SocketError.TooManyOpenSockets);
            await using var server = await faulty.CreateServerAsync(ServerTests.EchoAsync, AnyPort);
            faulty.Failures = int.MaxValue;
            using var client = await network.ConnectAsync(server.LocalEndPoint);
            await Asyncio.SleepAsync(AMoment);
            server.Close();
            await server.WaitClosedAsync();
            var error = await Errors.OfAsync(async () => await client.ReceiveAsync(new byte[1]));
            Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
        }, errors);
        Assert.That(errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void AtTheLimit_NobodyIsAccepted_UntilSomebodyGoes() => world.Run(static async network =>
    {
        var most = 0;
        var now = 0;
        var options = new ServerOptions { MaxConnections = 3 };
        await using var server = await network.CreateServerAsync(CountAsync, [AnyPort, AnyPort], options);
        var answers = await Asyncio.GatherAsync(Enumerable.Range(0, 20).Select(i => Asyncio.CreateTask(async () =>
        {
            using var connection = await network.ConnectAsync(server.LocalEndPoints[i % 2]);
            return await ServerTests.AskAsync(connection, $"word {i:00}");
        })));
        Assert.That(answers, Is.Unique.And.All.Length.EqualTo(7));
        Assert.That(most, Is.EqualTo(3));

        async Task CountAsync(IConnection connection, Server server)
        {
            most = Math.Max(most, ++now);
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(10));
            await ServerTests.EchoAsync(connection, server);
            now--;
        }
    });

    /// <summary>selector_events' test_accept_connection_multiple: however many wait, others get their turn.</summary>
    [Test]
    public void ManyWhoWait_DoNotHoldUpTheLoop() => world.Run(static async network =>
    {
        var loop = Asyncio.GetRunningLoop();
        var options = new ServerOptions { Backlog = 10 };
        var accepted = new List<long>();
        using var eager = new EagerNetwork(network, () => accepted.Add(loop.Step));
        await using var server = await eager.CreateServerAsync(ServerTests.EchoAsync, AnyPort, options);
        using var client = await network.ConnectAsync(server.LocalEndPoint);
        await ServerTests.AskAsync(client, "hello");
        Assert.That(accepted.GroupBy(static step => step).Max(static group => group.Count()), Is.InRange(2, 12));
        server.Close();
        server.AbortClients();
    });

    // A network whose listeners fail to accept as often as they are told.
    private sealed class ShortNetwork(INetwork inner, SocketError error) : INetwork
    {
        public int Failures { get; set; }

        public ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default) =>
            inner.ConnectAsync(remote, cancellationToken);

        public async ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default) =>
            new ShortListener(this, await inner.ListenAsync(local, backlog, cancellationToken), error);

        public ValueTask<IDatagramSocket> BindAsync(
            EndPoint local, EndPoint? remote = null, CancellationToken cancellationToken = default) =>
            inner.BindAsync(local, remote, cancellationToken);
    }

    private sealed class ShortListener(ShortNetwork network, IListener inner, SocketError error) : IListener
    {
        private IConnection? _waiting;

        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public async ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default)
        {
            _waiting ??= await inner.AcceptAsync(cancellationToken);
            if (network.Failures > 0)
            {
                network.Failures--;
                throw new NetworkException(error, "No accept.");
            }

            var connection = _waiting;
            _waiting = null;
            return connection;
        }

        public void Dispose()
        {
            _waiting?.Abort();
            inner.Dispose();
        }
    }

    // A network on which a hundred have come before the first accept: each gets the other end of nothing.
    private sealed class EagerNetwork(INetwork inner, Action onAccept) : INetwork, IDisposable
    {
        private readonly List<IConnection> _guests = [];

        public void Dispose() => _guests.ForEach(static guest => guest.Dispose());

        public ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default) =>
            inner.ConnectAsync(remote, cancellationToken);

        public async ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default)
        {
            var listener = await inner.ListenAsync(local, 128, cancellationToken);
            for (var i = 0; i < 100; i++)
            {
                _guests.Add(await inner.ConnectAsync(listener.LocalEndPoint, cancellationToken));
                _guests[^1].ShutdownSend();
            }

            return new EagerListener(listener, onAccept);
        }

        public ValueTask<IDatagramSocket> BindAsync(
            EndPoint local, EndPoint? remote = null, CancellationToken cancellationToken = default) =>
            inner.BindAsync(local, remote, cancellationToken);
    }

    private sealed class EagerListener(IListener inner, Action onAccept) : IListener
    {
        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public async ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default)
        {
            var connection = await inner.AcceptAsync(cancellationToken);
            onAccept();
            return connection;
        }

        public void Dispose() => inner.Dispose();
    }
}
