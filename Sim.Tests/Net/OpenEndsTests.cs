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
