using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Connecting to a name with several addresses, on virtual time. What it promises on sockets too is in the contract.</summary>
public sealed class HappyEyeballsTests
{
    private const int Port = 8000;

    private static readonly IPAddress _v4 = IPAddress.Loopback;
    private static readonly IPAddress _v6 = IPAddress.IPv6Loopback;
    private static readonly TimeSpan _stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>Families in turn, the first address's family first, each family in its order.</summary>
    [Test]
    public void TheFamilies_AreTriedInTurn() => Virtual(async world =>
    {
        var (two, three) = (IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3"));
        world.Names.Set("db", _v4, two, three, _v6);
        await world.ErrorAsync("db");
        Assert.That(world.Tried.Select(static attempt => attempt.Address), Is.EqualTo((IPAddress[])[_v4, _v6, two, three]));
    });

    [Test]
    public void OneThatIsRefused_LetsTheNextBeginAtOnce() => Virtual(async world =>
    {
        using var listener = await world.ListenAsync(new IPEndPoint(_v4, Port));
        using var near = await world.ConnectAsync("localhost");
        Assert.That(near.RemoteEndPoint, Is.EqualTo(new IPEndPoint(_v4, Port)));
        Assert.That(world.Elapsed, Is.EqualTo(TimeSpan.Zero));
    });

    /// <summary>The first address does not answer: the second begins a quarter of a second later, and wins.</summary>
    [Test]
    public void OneThatDoesNotAnswer_IsOvertaken() => Virtual(async world =>
    {
        using var first = await world.ListenAsync(new IPEndPoint(_v6, Port));
        using var second = await world.ListenAsync(new IPEndPoint(_v4, Port));
        world.Delays[_v6] = TimeSpan.FromHours(1);
        using var near = await world.ConnectAsync("localhost");
        Assert.That(near.RemoteEndPoint, Is.EqualTo(new IPEndPoint(_v4, Port)));
        Assert.That(world.Tried, Is.EqualTo(((IPAddress, TimeSpan)[])[(_v6, TimeSpan.Zero), (_v4, _stagger)]));
        Assert.That(world.Elapsed, Is.EqualTo(_stagger));
        await NobodyComesAsync(first);
    });

    /// <summary>It answers after the second has begun, and before that one has: it is as good as if it had been fast.</summary>
    [Test]
    public void TheFirst_MayAnswerLate() => Virtual(async world =>
    {
        using var first = await world.ListenAsync(new IPEndPoint(_v6, Port));
        using var second = await world.ListenAsync(new IPEndPoint(_v4, Port));
        (world.Delays[_v6], world.Delays[_v4]) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(100));
        using var near = await world.ConnectAsync("localhost");
        Assert.That(near.RemoteEndPoint, Is.EqualTo(new IPEndPoint(_v6, Port)));
        Assert.That(world.Elapsed, Is.EqualTo(TimeSpan.FromMilliseconds(300)));
        await NobodyComesAsync(second);
    });

    [Test]
    public void AllFailures_AreInOneError() => Virtual(async world =>
    {
        world.Names.Set("db", IPAddress.Parse("192.0.2.1"), _v6, _v4);
        var error = await world.ErrorAsync("db");
        Assert.That(
            error.Message,
            Is.EqualTo("Connecting to db:8000 (192.0.2.1 NetworkUnreachable, ::1 ConnectionRefused, 127.0.0.1 ConnectionRefused) failed "
                + "at 0.000s in task main: nobody listens there, or its queue is full (ConnectionRefused)."));
        Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionRefused));
        var all = ((AggregateException)error.InnerException!).InnerExceptions.Cast<NetworkException>();
        Assert.That(
            all.Select(static failure => failure.Error),
            Is.EqualTo((SocketError[])[SocketError.NetworkUnreachable, SocketError.ConnectionRefused, SocketError.ConnectionRefused]));
    });

    /// <summary>A resolver that breaks its promise, and says that there are no addresses.</summary>
    [Test]
    public void NoAddress_IsAnErrorToo() => Virtual(async world =>
    {
        var error = await world.ErrorAsync("db", new NoAddresses());
        Assert.That(error.Error, Is.EqualTo(SocketError.HostNotFound));
    });

    [Test]
    public void AnErrorThatIsNotTheNetworks_PassesAsItIs() => Virtual(async world =>
    {
        world.Broken = new InvalidDataException("broken");
        InvalidDataException? found = null;
        try
        {
            await world.ConnectAsync("localhost");
        }
        catch (InvalidDataException error)
        {
            found = error;
        }

        Assert.That(found, Is.SameAs(world.Broken));
        Assert.That(world.Tried, Has.Count.EqualTo(2));
    });

    /// <summary>The caller's timeout, before and after the second attempt has begun, and while the name is looked up.</summary>
    [TestCase(100, 1, 0)]
    [TestCase(400, 2, 0)]
    [TestCase(400, 0, 1000)]
    public void ATimeout_LeavesNothingBehind(int milliseconds, int attempts, int lookup) => Virtual(async world =>
    {
        using var first = await world.ListenAsync(new IPEndPoint(_v6, Port));
        using var second = await world.ListenAsync(new IPEndPoint(_v4, Port));
        world.Delays[_v4] = world.Delays[_v6] = TimeSpan.FromHours(1);
        var limit = TimeSpan.FromMilliseconds(milliseconds);
        TimeoutException? found = null;
        try
        {
            await Asyncio.TimeoutAsync(limit, async () => await world.ConnectAsync("localhost"));
        }
        catch (TimeoutException error)
        {
            found = error;
        }

        Assert.That(found, Is.Not.Null);
        Assert.That(world.Elapsed, Is.EqualTo(limit));
        Assert.That(world.Tried, Has.Count.EqualTo(attempts));
        await NobodyComesAsync(first);
        await NobodyComesAsync(second);
        Assert.That(Asyncio.AllTasks(), Has.Count.EqualTo(1));
    }, lookup);

    [Test]
    public void AName_TakesItsTime_AndIsLookedUpInItsFamily() => Virtual(async world =>
    {
        world.Names.Set("db", _v6, _v4);
        using var listener = await world.ListenAsync(new IPEndPoint(_v4, Port));
        using var near = await HappyEyeballs.ConnectAsync(
            world, world.Names, new DnsEndPoint("DB", Port, AddressFamily.InterNetwork));
        Assert.That(world.Tried.Select(static attempt => attempt.Address), Is.EqualTo((IPAddress[])[_v4]));
        // There and back.
        Assert.That(world.Elapsed, Is.EqualTo(TimeSpan.FromMilliseconds(60)));
        world.Names.Set("db");
        var error = await world.ErrorAsync("db");
        Assert.That(error.Message, Is.EqualTo("Looking up \"db\" failed at 0.120s in task main: nobody knows that name (HostNotFound)."));
    }, 30);

    private static async Task NobodyComesAsync(IListener listener)
    {
        var accepting = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        await Asyncio.SleepAsync(TimeSpan.FromHours(2));
        Assert.That(accepting.IsDone, Is.False);
        accepting.Cancel();
        await Asyncio.WaitAsync([accepting]);
    }

    private static void Virtual(Func<World, Task> body, int lookup = 0)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        loop.RunUntilComplete(loop.CreateTask(() => body(new World(loop, TimeSpan.FromMilliseconds(lookup))), "main"));
    }

    private sealed class NoAddresses : IResolver
    {
        public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(
            string host, AddressFamily family = AddressFamily.Unspecified, CancellationToken cancellationToken = default) => new([]);
    }

    /// <summary>The network in memory, with addresses of which some are far away.</summary>
    private sealed class World : INetwork
    {
        private readonly EventLoop _loop;
        private readonly VirtualNetwork _inner;
        private readonly Instant _start;

        public World(EventLoop loop, TimeSpan lookup)
        {
            _loop = loop;
            _start = loop.Time;
            _inner = new VirtualNetwork(loop);
            Names = new VirtualResolver(loop, new VirtualNetworkOptions { Latency = lookup });
        }

        public VirtualResolver Names { get; }

        public Dictionary<IPAddress, TimeSpan> Delays { get; } = [];

        public List<(IPAddress Address, TimeSpan When)> Tried { get; } = [];

        public Exception? Broken { get; set; }

        public TimeSpan Elapsed => _loop.Time - _start;

        public ValueTask<IConnection> ConnectAsync(string host) => HappyEyeballs.ConnectAsync(this, Names, new DnsEndPoint(host, Port));

        public async Task<NetworkException> ErrorAsync(string host, IResolver? resolver = null)
        {
            try
            {
                await HappyEyeballs.ConnectAsync(this, resolver ?? Names, new DnsEndPoint(host, Port));
            }
            catch (NetworkException error)
            {
                return error;
            }

            throw new AssertionException("It succeeded.");
        }

        public async ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default)
        {
            var address = ((IPEndPoint)remote).Address;
            Tried.Add((address, Elapsed));
            if (Broken is not null)
            {
                throw Broken;
            }

            await Asyncio.SleepAsync(Delays.GetValueOrDefault(address), cancellationToken);
            return await _inner.ConnectAsync(remote, cancellationToken);
        }

        public ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default) =>
            _inner.ListenAsync(local, backlog, cancellationToken);

        public ValueTask<IDatagramSocket> BindAsync(EndPoint local, EndPoint? remote = null, CancellationToken token = default) =>
            _inner.BindAsync(local, remote, token);
    }
}
