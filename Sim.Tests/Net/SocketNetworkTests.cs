using System.Diagnostics;
using System.Net;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What the contract cannot see: descriptors, and a loop that waits without turning.</summary>
[NonParallelizable]
public sealed class SocketNetworkTests
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    [Test]
    public void ConnectionsThatCameAndWent_LeaveNoDescriptor()
    {
        const int Count = 500;
        var before = Handles();
        Asyncio.Run(static async () =>
        {
            var network = new SocketNetwork(Asyncio.GetRunningLoop());
            using var listener = await network.ListenAsync(AnyPort);
            for (var i = 0; i < Count; i++)
            {
                // Closed, broken off, and given up while it connects.
                using var near = await network.ConnectAsync(listener.LocalEndPoint);
                using var far = await listener.AcceptAsync();
                var receiving = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1]));
                await near.SendAsync(new byte[1]);
                await receiving;
                if (i % 2 == 0)
                {
                    near.Abort();
                }

                var connecting = Asyncio.CreateTask(async () => await network.ConnectAsync(listener.LocalEndPoint));
                await Asyncio.YieldAsync();
                connecting.Cancel();
                await Asyncio.WaitAsync([connecting]);
                if (!connecting.IsCancelled)
                {
                    (await connecting).Dispose();
                }

                // A busy machine may not have seen the one that was given up: who waited for it might wait for ever.
                using var last = await network.ConnectAsync(listener.LocalEndPoint);
                IConnection accepted;
                do
                {
                    accepted = await listener.AcceptAsync();
                    accepted.Dispose();
                }
                while (!accepted.RemoteEndPoint.Equals(last.LocalEndPoint));
            }
        });
        Assert.That(Handles() - before, Is.LessThan(Count / 2));
    }

    /// <summary>A socket that is ready, and nobody wants to know: the poll must not end for it again and again.</summary>
    [Test]
    public void BytesThatNobodyReads_DoNotTurnTheLoop() => Asyncio.Run(static async () =>
    {
        var loop = Asyncio.GetRunningLoop();
        var network = new SocketNetwork(loop);
        using var listener = await network.ListenAsync(AnyPort);
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        var receiving = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1]));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
        await near.SendAsync(new byte[1]);
        await receiving;
        await near.SendAsync(new byte[1]);
        var start = loop.Iteration;
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));
        Assert.That(loop.Iteration - start, Is.LessThan(20));
        Assert.That(await far.ReceiveAsync(new byte[1]), Is.EqualTo(1));
    });

    [Test]
    [Platform("Linux")]
    public void AConnectionToAnotherLoopbackAddress_IsFromLoopbackItself() =>
        Asyncio.Run(static () => OpenEndsTests.RequireLoopbackAsync(new SocketNetwork(Asyncio.GetRunningLoop())));

    [Test]
    public void AListenerOfAllAddresses_IsFoundByItsName() => Asyncio.Run(static async () =>
    {
        var network = new SocketNetwork(Asyncio.GetRunningLoop());
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Any, 0));
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        Assert.That(near.RemoteEndPoint, Is.EqualTo(far.LocalEndPoint));
        Assert.That(near.LocalEndPoint, Is.EqualTo(far.RemoteEndPoint));
    });

    [Test]
    public void ALoopWithoutHandles_SaysSo()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var network = new SocketNetwork(loop);
        Assert.That(
            () => loop.RunUntilComplete(async () =>
            {
                using var listener = await network.ListenAsync(AnyPort);
                await listener.AcceptAsync();
            }),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("take connections from a VirtualNetwork"));
    }

    private static int Handles()
    {
        using var process = Process.GetCurrentProcess();
        return process.HandleCount;
    }
}
