using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>asyncio's test_sock_lowlevel (tier 2), as far as the seam has it, in every world.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class SeamTests(NetworkWorld world)
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>test_sock_client_racing: who gives up receiving, now or a little later, leaves the bytes to the next.</summary>
    [Test]
    public void AReceiveThatIsGivenUp_InAnyMoment_LeavesTheBytes() => world.Run(static async network =>
    {
        using var listener = await network.ListenAsync(AnyPort);
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        for (var turns = 0; turns < 10; turns++)
        {
            var receiving = Asyncio.CreateTask(async () => await near.ReceiveAsync(new byte[1]));
            var sending = Asyncio.CreateTask(async () => await far.SendAsync(new byte[1]));
            for (var i = 0; i < turns; i++)
            {
                await Asyncio.YieldAsync();
            }

            receiving.Cancel();
            await Asyncio.WaitAsync([receiving]);
            await sending;
            if (receiving.IsCancelled)
            {
                Assert.That(await near.ReceiveAsync(new byte[1]), Is.EqualTo(1));
            }
        }

        far.ShutdownSend();
        Assert.That(await near.ReceiveAsync(new byte[1]), Is.Zero);
    });

    /// <summary>test_sock_client_connect_racing: who gives up connecting, in any moment, does no harm to a second try.</summary>
    [Test]
    public void AConnectThatIsGivenUp_InAnyMoment_DoesNoHarm() => world.Run(static async network =>
    {
        await using var server = await network.CreateServerAsync(ServerTests.EchoAsync, AnyPort);
        for (var turns = 0; turns < 10; turns++)
        {
            var connecting = Asyncio.CreateTask(async () => await network.ConnectAsync(server.LocalEndPoint));
            for (var i = 0; i < turns; i++)
            {
                await Asyncio.YieldAsync();
            }

            connecting.Cancel();
            await Asyncio.WaitAsync([connecting]);
            using var given = connecting.IsCancelled ? null : await connecting;
            using var second = await network.ConnectAsync(server.LocalEndPoint);
            Assert.That(await ServerTests.AskAsync(second, "hello"), Is.EqualTo("hello"));
        }
    });

    /// <summary>test_huge_content: much more than any buffer holds, there and back at the same time.</summary>
    [Test]
    public void HugeContent_ComesBackWhole() => world.Run(async network =>
    {
        var length = world.IsVirtual ? 2_000_000 : 40_000_000;
        await using var server = await network.CreateServerAsync(ServerTests.EchoAsync, AnyPort);
        using var connection = await network.ConnectAsync(server.LocalEndPoint);
        var content = new byte[length];
        for (var i = 0; i < length; i++)
        {
            content[i] = (byte)(i % 251);
        }

        var sending = Asyncio.CreateTask(async () =>
        {
            await connection.SendAsync(content);
            connection.ShutdownSend();
        });
        var (echo, have) = (new byte[length + 1], 0);
        while (await connection.ReceiveAsync(echo.AsMemory(have)) is > 0 and var count)
        {
            have += count;
        }

        await sending;
        Assert.That(have, Is.EqualTo(length));
        Assert.That(echo.AsSpan(0, length).SequenceEqual(content));
    });

    /// <summary>test_cancel_sock_accept: one that is given up takes nobody, and a refusal follows when the listener is gone.</summary>
    [Test]
    public void AnAcceptThatIsGivenUp_TakesNobody() => world.Run(static async network =>
    {
        var listener = await network.ListenAsync(AnyPort);
        var address = listener.LocalEndPoint;
        var accepting = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        await Asyncio.YieldAsync();
        accepting.Cancel();
        listener.Dispose();
        await Asyncio.WaitAsync([accepting]);
        Assert.That(accepting.IsCancelled);
        var refused = await Errors.OfAsync(async () => await network.ConnectAsync(address));
        Assert.That(refused.Error, Is.EqualTo(SocketError.ConnectionRefused));
    });
}
