using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What is still open when its loop is closed, in both worlds; and where a connection says that it comes from.</summary>
public sealed class OpenEndsTests
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    [TestCase(false)]
    [TestCase(true)]
    public void WhatIsOpenWhenTheLoopCloses_IsTold_AndClosed(bool isVirtual)
    {
        var log = new List<string>();
        var options = new LoopOptions { Log = log.Add, Name = "the loop" };
        EndPoint? address = null;
        IConnection near, far;
        IDatagramSocket socket;
        using (var loop = isVirtual ? Asyncio.NewVirtualEventLoop(options) : Asyncio.NewEventLoop(options))
        {
            INetwork network = isVirtual ? new VirtualNetwork(loop) : new SocketNetwork(loop);
            (near, far, socket) = loop.RunUntilComplete(async () =>
            {
                var listener = await network.ListenAsync(AnyPort);
                address = listener.LocalEndPoint;
                var one = await network.ConnectAsync(address);
                using var closed = await network.ConnectAsync(address);
                return (one, await listener.AcceptAsync(), await network.BindAsync(AnyPort));
            });
        }

        Assert.That(log, Has.Count.EqualTo(1));
        Assert.That(log[0], Does.Contain("the loop is closed, and of its network there is still open: ")
            .And.Contain($"listener at {address}, connection {near.LocalEndPoint} to {address}, ")
            .And.Contain($"connection {address} to {near.LocalEndPoint}, and 1 more. ")
            .And.Contain("dispose it before"));
        if (!isVirtual)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Assert.That(() => probe.Connect(address!), Throws.TypeOf<SocketException>(), "it listens no more");
        }

        Assert.That(near.Abort, Throws.Nothing);
        Assert.That(far.Dispose, Throws.Nothing);
        Assert.That(socket.Dispose, Throws.Nothing);
    }

    [Test]
    public void AConnectionThatIsBeingMadeWhenTheLoopCloses_IsTold_AndGivenUp()
    {
        var log = new List<string>();
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Bind(AnyPort);
        peer.Listen();
        using (var loop = Asyncio.NewEventLoop(new LoopOptions { Log = log.Add }))
        {
            var network = new SocketNetwork(loop);
            loop.RunUntilComplete(async () =>
            {
                _ = Asyncio.CreateTask(async () => await network.ConnectAsync(peer.LocalEndPoint!));
                await Asyncio.YieldAsync();
            });
        }

        Assert.That(log, Has.Some.Contain($"a connection to {peer.LocalEndPoint} that is being made"));
        using var accepted = peer.Accept();
        accepted.ReceiveTimeout = 10_000;
        Assert.That(accepted.Receive(new byte[1], 0, 1, SocketFlags.None, out _), Is.Zero, "what had come was closed with the loop");
    }

    // The descriptors were given back with the loop: the numbers may be somebody else's by now.
    [TestCase(false)]
    [TestCase(true)]
    public void AfterItsLoopNoEndIsUsed_ThoughItWasNotDisposed(bool isVirtual)
    {
        var options = new LoopOptions { Log = static _ => { } };
        using var loop = isVirtual ? Asyncio.NewVirtualEventLoop(options) : Asyncio.NewEventLoop(options);
        INetwork network = isVirtual ? new VirtualNetwork(loop) : new SocketNetwork(loop);
        var (listener, near, socket) = loop.RunUntilComplete(async () =>
        {
            var listener = await network.ListenAsync(AnyPort);
            return (listener, await network.ConnectAsync(listener.LocalEndPoint), await network.BindAsync(AnyPort));
        });
        loop.Close();

        var calls = new (string Name, Func<Task> Call)[]
        {
            ("receive", () => near.ReceiveAsync(new byte[1]).AsTask()),
            ("send", () => near.SendAsync(new byte[1]).AsTask()),
            ("end", () => { near.ShutdownSend(); return Task.CompletedTask; }),
            ("accept", () => listener.AcceptAsync().AsTask()),
            ("receive a datagram", () => socket.ReceiveFromAsync(new byte[1]).AsTask()),
            ("send a datagram", () => socket.SendToAsync(new byte[1], socket.LocalEndPoint).AsTask()),
            ("connect", () => network.ConnectAsync(listener.LocalEndPoint).AsTask()),
            ("listen", () => network.ListenAsync(AnyPort).AsTask()),
            ("bind", () => network.BindAsync(AnyPort).AsTask()),
        };
        Assert.Multiple(() =>
        {
            foreach (var (name, call) in calls)
            {
                Assert.That(async () => await call(), Throws.TypeOf<LoopClosedException>(), name);
            }
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public void WhoDisposesAll_HearsNothing(bool isVirtual)
    {
        var log = new List<string>();
        var options = new LoopOptions { Log = log.Add };
        using (var loop = isVirtual ? Asyncio.NewVirtualEventLoop(options) : Asyncio.NewEventLoop(options))
        {
            INetwork network = isVirtual ? new VirtualNetwork(loop) : new SocketNetwork(loop);
            loop.RunUntilComplete(async () =>
            {
                using var listener = await network.ListenAsync(AnyPort);
                using var socket = await network.BindAsync(AnyPort);
                using var near = await network.ConnectAsync(listener.LocalEndPoint);
                using var far = await listener.AcceptAsync();
            });
        }

        Assert.That(log, Is.Empty);
    }

    internal static async Task RequireLoopbackAsync(INetwork network)
    {
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Any, 0));
        using var socket = await network.BindAsync(new IPEndPoint(IPAddress.Any, 0));
        var elsewhere = IPAddress.Parse("127.0.0.2");
        using var near = await network.ConnectAsync(new IPEndPoint(elsewhere, ((IPEndPoint)listener.LocalEndPoint).Port));
        using var far = await listener.AcceptAsync();
        Assert.That(((IPEndPoint)near.LocalEndPoint).Address, Is.EqualTo(IPAddress.Loopback));
        Assert.That(((IPEndPoint)far.LocalEndPoint).Address, Is.EqualTo(elsewhere));
        Assert.That(far.RemoteEndPoint, Is.EqualTo(near.LocalEndPoint));
        var port = ((IPEndPoint)socket.LocalEndPoint).Port;
        await socket.SendToAsync(new byte[1], new IPEndPoint(elsewhere, port));
        var received = await socket.ReceiveFromAsync(new byte[1]);
        Assert.That(received.RemoteEndPoint, Is.EqualTo(new IPEndPoint(IPAddress.Loopback, port)));
    }
}
