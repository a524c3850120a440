using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>The network in memory inside of simulations: what is drawn, and what it finds.</summary>
public sealed class VirtualNetworkTests
{
    private static readonly IPEndPoint _address = new(IPAddress.Loopback, 8000);

    [Test]
    public void WithoutAStrategy_EverythingArrivesAtOnceAndWhole()
    {
        var report = Run(new FifoStrategy(), HelloAsync);
        Assert.That(report.Failure?.Message, Is.Null);
        Assert.That(report.VirtualTime, Is.EqualTo(TimeSpan.Zero));
    }

    /// <summary>Who takes a receive for a message is found, by one decision.</summary>
    [Test]
    public void AReceiveThatIsTakenForAMessage_IsFound()
    {
        var failures = Enumerable.Range(1, 20).Select(seed => Run(new RandomStrategy(seed), HelloAsync)).Where(run => !run.Passed).ToList();
        Assert.That(failures, Is.Not.Empty);
        Assert.That(failures.Select(run => run.Failure!.Kind), Has.All.EqualTo(FailureKind.Exception));
        Assert.That(failures[0].Decisions.Select(decision => decision.Label), Has.Some.EqualTo($"bytes read to {_address}"));
    }

    [Test]
    public void SameSeed_SameTrace()
    {
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var (first, second) = (Run(new RandomStrategy(seed), TwoClientsAsync), Run(new RandomStrategy(seed), TwoClientsAsync));
            Assert.That(second.Trace.ToString(), Is.EqualTo(first.Trace.ToString()));
        }
    }

    [Test]
    public void Latencies_AreDrawn_AndSwapWhoComesFirst()
    {
        var runs = Enumerable.Range(1, 20).Select(seed => Run(new RandomStrategy(seed), TwoClientsAsync)).ToList();
        Assert.That(runs.Select(run => run.Failure?.Message), Has.All.Null);
        Assert.That(runs.Select(run => run.VirtualTime).Distinct().Count(), Is.GreaterThan(5));
        var order = runs.Select(run => string.Concat(
            run.Trace.Events.Where(static e => e.Kind == TraceEventKind.Note).Select(static e => e.Text)));
        Assert.That(order.Distinct(), Is.EquivalentTo((string[])["\"a\"\"b\"", "\"b\"\"a\""]));
    }

    [Test]
    public void ALatency_TakesThatLong_ThereAndBack()
    {
        var options = new VirtualNetworkOptions { Latency = TimeSpan.FromMilliseconds(30), Jitter = TimeSpan.Zero };
        var report = Run(new FifoStrategy(), HelloAsync, options);
        Assert.That(report.Failure?.Message, Is.Null);
        // Connecting is a way there and back, hello one more, and nobody waits for the end.
        Assert.That(report.VirtualTime, Is.EqualTo(TimeSpan.FromMilliseconds(90)));
        Assert.That(report.Decisions.Select(static decision => decision.Label), Has.None.StartsWith("latency"));
    }

    [Test]
    public void AFullQueue_Refuses() => Virtual(async network =>
    {
        using var listener = await network.ListenAsync(_address, backlog: 1);
        using var first = await network.ConnectAsync(_address);
        var refused = await ErrorOfAsync(async () => await network.ConnectAsync(_address));
        Assert.That(refused.Error, Is.EqualTo(SocketError.ConnectionRefused));
    });

    /// <summary>Who splits sends lets others run in between, and a cancelled send may have sent a part.</summary>
    [Test]
    public void ASendInParts_IsFound_ByWhoTakesItForWhole()
    {
        var options = new VirtualNetworkOptions { SplitsWrites = true, SplitsReads = false };
        Assert.That(Enumerable.Range(1, 20).Select(seed => Run(new RandomStrategy(seed), HelloAsync, options).Passed), Has.Some.False);
        var whole = options with { SplitsWrites = false };
        Assert.That(Enumerable.Range(1, 20).Select(seed => Run(new RandomStrategy(seed), HelloAsync, whole).Passed), Has.All.True);
        var failure = Enumerable.Range(1, 20).Select(seed => Run(new RandomStrategy(seed), HelloAsync, options)).First(run => !run.Passed);
        Assert.That(failure.Decisions.Select(static decision => decision.Label), Has.Some.EqualTo($"room to {_address}"));
    }

    [Test]
    public void OneInEight_Stalls()
    {
        var options = new VirtualNetworkOptions { Stall = TimeSpan.FromHours(1), Jitter = TimeSpan.Zero, SplitsReads = false };
        var runs = Enumerable.Range(1, 40).Select(seed => Run(new RandomStrategy(seed), HelloAsync, options)).ToList();
        Assert.That(runs.Select(static run => run.Failure?.Message), Has.All.Null);
        Assert.That(runs.Count(static run => run.VirtualTime >= TimeSpan.FromHours(1)), Is.InRange(1, 30));
        Assert.That(runs[0].Decisions.Select(static decision => decision.Label), Has.Some.EqualTo($"stall, latency to {_address}"));
        Assert.That(Run(new FifoStrategy(), HelloAsync, options).VirtualTime, Is.EqualTo(TimeSpan.Zero));
    }

    /// <summary>Jitter is for each datagram, so that one overtakes another.</summary>
    [Test]
    public void Datagrams_OvertakeEachOther()
    {
        var orders = Enumerable.Range(0, 20).Select(seed =>
        {
            IStrategy strategy = seed == 0 ? new FifoStrategy() : new RandomStrategy(seed);
            var report = Run(strategy, async () =>
            {
                var network = new VirtualNetwork(Simulation.Current.Loop);
                using var near = await network.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
                using var far = await network.BindAsync(_address);
                await near.SendToAsync("a"u8.ToArray(), _address);
                await near.SendToAsync("b"u8.ToArray(), _address);
                var buffer = new byte[1];
                for (var i = 0; i < 2; i++)
                {
                    await far.ReceiveFromAsync(buffer);
                    Simulation.Current.Note(Encoding.ASCII.GetString(buffer));
                }
            });
            Assert.That(report.Failure?.Message, Is.Null);
            return string.Concat(report.Trace.Events.Where(static e => e.Kind == TraceEventKind.Note).Select(static e => e.Text));
        }).ToList();
        Assert.That(orders[0], Is.EqualTo("\"a\"\"b\""));
        Assert.That(orders.Distinct(), Is.EquivalentTo((string[])["\"a\"\"b\"", "\"b\"\"a\""]));
    }

    /// <summary>What is under way fills the buffer of who sends: memory is bounded, whatever the latency.</summary>
    [Test]
    public void DatagramsUnderWay_LeaveNoRoom() => Virtual(async _ =>
    {
        var network = new VirtualNetwork(
            Asyncio.GetRunningLoop(), new VirtualNetworkOptions { Latency = TimeSpan.FromSeconds(1), DatagramBufferSize = 1000 });
        using var socket = await network.BindAsync(_address);
        await socket.SendToAsync(new byte[2000], _address);
        var second = Asyncio.CreateTask(async () => await socket.SendToAsync(new byte[1], _address));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(999));
        Assert.That(second.IsDone, Is.False);
        second.Cancel();
        await Asyncio.WaitAsync([second]);
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));
        Assert.That((await socket.ReceiveFromAsync(new byte[3000])).Count, Is.EqualTo(2000));
        await socket.SendToAsync(new byte[3], _address);
        Assert.That((await socket.ReceiveFromAsync(new byte[3000])).Count, Is.EqualTo(3), "the one that was cancelled was not sent");
    });

    /// <summary>Ports are counted for each remote address, and come again when both ends are closed.</summary>
    [Test]
    public void PortsOfClients_NeverMeet_AndRunOut() => Virtual(async network =>
    {
        const int Ports = 65536 - 49152;
        using var listener = await network.ListenAsync(_address);
        using var other = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 8001));
        var (clients, servers) = (new List<IConnection>(), new List<IConnection>());
        for (var i = 0; i < Ports; i++)
        {
            clients.Add(await network.ConnectAsync(_address));
            servers.Add(await listener.AcceptAsync());
        }

        Assert.That(clients.Select(static client => client.LocalEndPoint).Distinct().Count(), Is.EqualTo(Ports));
        var exhausted = await ErrorOfAsync(async () => await network.ConnectAsync(_address));
        Assert.That(exhausted.Error, Is.EqualTo(SocketError.AddressNotAvailable));
        Assert.That(exhausted.Message, Does.Contain("no port is left"));
        using var elsewhere = await network.ConnectAsync(other.LocalEndPoint);
        var freed = clients[5].LocalEndPoint;
        clients[5].Dispose();
        exhausted = await ErrorOfAsync(async () => await network.ConnectAsync(_address));
        Assert.That(exhausted.Error, Is.EqualTo(SocketError.AddressNotAvailable));
        servers[5].Dispose();
        using var again = await network.ConnectAsync(_address);
        Assert.That(again.LocalEndPoint, Is.EqualTo(freed));
        clients.ForEach(static client => client.Dispose());
        servers.ForEach(static server => server.Dispose());
    });

    /// <summary>As on Linux, which takes loopback itself wherever in loopback it connects to.</summary>
    [Test]
    public void AConnectionToAnotherLoopbackAddress_IsFromLoopbackItself() => Virtual(OpenEndsTests.RequireLoopbackAsync);

    [Test]
    public void WhatOutlivesItsLoop_IsDisposedInSilence()
    {
        IConnection? near = null;
        IListener? listener = null;
        using (var loop = Asyncio.NewVirtualEventLoop())
        {
            var network = new VirtualNetwork(loop, new VirtualNetworkOptions { Latency = TimeSpan.FromMilliseconds(1) });
            loop.RunUntilComplete(async () =>
            {
                listener = await network.ListenAsync(_address);
                near = await network.ConnectAsync(_address);
            });
        }

        Assert.That(listener!.Dispose, Throws.Nothing);
        Assert.That(near!.Dispose, Throws.Nothing);
    }

    [Test]
    public void AnotherMachine_IsNotReached() => Virtual(async network =>
    {
        var error = await ErrorOfAsync(async () => await network.ConnectAsync(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 80)));
        Assert.That(
            error.Message,
            Is.EqualTo("Connecting to 192.0.2.1:80 failed at 0.000s in task main: no way leads there (NetworkUnreachable)."));
        Assert.That(error.InnerException, Is.TypeOf<SocketException>());
    });

    [Test]
    public void AListenerOfAllAddresses_IsFoundAtEach() => Virtual(async network =>
    {
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Any, 8000));
        using var near = await network.ConnectAsync(_address);
        using var far = await listener.AcceptAsync();
        Assert.That(far.RemoteEndPoint, Is.EqualTo(near.LocalEndPoint));
        using var byItsName = await network.ConnectAsync(listener.LocalEndPoint);
        Assert.That(byItsName.RemoteEndPoint, Is.EqualTo(_address));
        var error = await ErrorOfAsync(async () => await network.ListenAsync(_address));
        Assert.That(error.Error, Is.EqualTo(SocketError.AddressAlreadyInUse));
    });

    [Test]
    public void ARoundTrip_AllocatesNothing() => Virtual(AssertFreeAsync);

    [Test]
    public void ARoundTripOnSockets_AllocatesNothing() =>
        Asyncio.Run(static () => AssertFreeAsync(new SocketNetwork(Asyncio.GetRunningLoop())));

    [Test]
    public void ARoundTripByCompletions_AllocatesNothing_OnTheLoop()
    {
        using var loop = new EventLoop(SystemClock.Instance, new CompletionPoller(SystemClock.Instance));
        loop.RunUntilComplete(() => AssertFreeAsync(new SocketNetwork(loop)));
    }

    [Test]
    public void WhoWaits_IsNamed()
    {
        var report = Run(new FifoStrategy(), static async () =>
        {
            var network = new VirtualNetwork(Simulation.Current.Loop);
            using var listener = await network.ListenAsync(_address);
            await listener.AcceptAsync();
        });
        Assert.That(report.Failure!.Kind, Is.EqualTo(FailureKind.Stalled));
        Assert.That(report.Failure.Message, Does.Contain("a connection to 127.0.0.1:8000"));
    }

    // In steady state, that is; a byte for each trip would be more than chance.
    private static async Task AssertFreeAsync(INetwork network)
    {
        const int Trips = 2000;
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        var echo = Asyncio.CreateTask(async () =>
        {
            var buffer = new byte[64];
            while (await far.ReceiveAsync(buffer) is > 0 and var count)
            {
                await far.SendAsync(buffer.AsMemory(0, count));
            }
        });
        var message = new byte[64];
        var before = 0L;
        for (var i = -Trips; i < Trips; i++)
        {
            before = i == 0 ? GC.GetAllocatedBytesForCurrentThread() : before;
            await near.SendAsync(message);
            await near.ReceiveAsync(message);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(Trips));
        near.ShutdownSend();
        await echo;
    }

    private static Task HelloAsync() => HelloAsync(null);

    // The bug: it takes a receive for a message.
    private static async Task HelloAsync(VirtualNetworkOptions? options)
    {
        var network = new VirtualNetwork(Simulation.Current.Loop, options);
        using var listener = await network.ListenAsync(_address);
        using var near = await network.ConnectAsync(_address);
        using var far = await listener.AcceptAsync();
        await near.SendAsync("hello"u8.ToArray());
        var buffer = new byte[100];
        var count = await far.ReceiveAsync(buffer);
        if (Encoding.ASCII.GetString(buffer, 0, count) != "hello")
        {
            throw new InvalidDataException("That was no hello.");
        }
    }

    private static async Task TwoClientsAsync()
    {
        var network = new VirtualNetwork(Simulation.Current.Loop);
        using var listener = await network.ListenAsync(_address);
        var clients = new[] { "a", "b" }.Select(name => Asyncio.CreateTask(async () =>
        {
            using var near = await network.ConnectAsync(_address);
            await near.SendAsync(Encoding.ASCII.GetBytes(name));
            await near.ReceiveAsync(new byte[1]);
            return name;
        })).ToList();
        for (var i = 0; i < clients.Count; i++)
        {
            using var far = await listener.AcceptAsync();
            var buffer = new byte[1];
            await far.ReceiveAsync(buffer);
            Simulation.Current.Note(Encoding.ASCII.GetString(buffer));
        }

        await Asyncio.GatherAsync([.. clients]);
    }

    private static RunReport Run(IStrategy strategy, Func<Task> body) =>
        Simulation.Run(body, new SimulationOptions { Strategy = strategy, WatchThreadPool = false });

    private static RunReport Run(IStrategy strategy, Func<VirtualNetworkOptions?, Task> body, VirtualNetworkOptions options) =>
        Run(strategy, () => body(options));

    private static void Virtual(Func<INetwork, Task> body)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        loop.RunUntilComplete(loop.CreateTask(() => body(new VirtualNetwork(loop)), "main"));
    }

    private static async Task<NetworkException> ErrorOfAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (NetworkException error)
        {
            return error;
        }

        throw new AssertionException("It succeeded.");
    }
}
