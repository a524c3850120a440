using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

/// <summary>
/// A peer that breaks off, ends, stalls, is deaf or talks nonsense, at any byte, never takes a server down, on sockets and on their twin.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class HostilePeerTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(200);

    [Test]
    public void EveryMisdeed_AtEveryByte([Values] bool isReal)
    {
        using var loop = isReal ? Asyncio.NewEventLoop() : Asyncio.NewVirtualEventLoop();
        INetwork network = isReal ? new SocketNetwork(loop) : new VirtualNetwork(loop);
        var peers = Everyone().ToList();
        loop.RunUntilComplete(async () =>
        {
            var server = new AttackedServer(network, _patience);
            await server.StartAsync(port: 0);
            var attacks = peers.Select(peer =>
                Asyncio.CreateTask(() => peer.AttackAsync(network, server.Address, [0, 255, (byte)peer.Bytes], _patience * 20), $"{peer}"));
            var attacking = Asyncio.GatherAsync([.. attacks]);
            for (byte turn = 1; !attacking.IsDone; turn = (byte)(turn % 100 + 1))
            {
                await server.RequireAnswerAsync([turn, 2, 3]);
                await Asyncio.SleepAsync(_patience / 10);
            }

            await attacking;
            await server.RequireAnswerAsync([9]);
            await server.RequireCleanEndAsync();
            Assert.That(server.Endings.Keys, Is.SupersetOf(["FormatException", "NetworkException", "TimeoutException", "end"]));
        });
    }

    // Several at once, with what they say, where they stop and what they do then drawn, and latencies, sizes of reads and order.
    [SimTest(Runs = 300)]
    public async Task SeveralAtOnce_Drawn()
    {
        var loop = Asyncio.GetRunningLoop();
        var network = new VirtualNetwork(loop, new VirtualNetworkOptions { BufferSize = 512 });
        var server = new AttackedServer(network, TimeSpan.FromSeconds(1));
        await server.StartAsync(port: 80);
        var draw = Simulation.Current;
        var attacks = Enumerable.Range(0, 3).Select(number => Asyncio.CreateTask(
            async () =>
            {
                var peer = new HostilePeer(
                    draw.Draw("bytes", HostilePeer.Questions.Length + 1), (Misdeed)draw.Draw("misdeed", Enum.GetValues<Misdeed>().Length));
                byte[] garbage = [.. Enumerable.Range(0, draw.Draw("length", 8)).Select(_ => (byte)draw.Draw("garbage", 256))];
                try
                {
                    await peer.AttackAsync(network, server.Address, garbage, TimeSpan.FromSeconds(20));
                }
                catch (TimeoutException)
                {
                    // Time may pass by decision.
                }
            },
            $"peer {number}"));
        var attacking = Asyncio.GatherAsync([.. attacks]);
        await server.RequireAnswerAsync([1, 2, 3], tries: 10);
        await attacking;
        await server.RequireAnswerAsync([9], tries: 10);
        await server.RequireCleanEndAsync();
    }

    private static IEnumerable<HostilePeer> Everyone() =>
        from bytes in Enumerable.Range(0, HostilePeer.Questions.Length + 1)
        from misdeed in Enum.GetValues<Misdeed>()
        select new HostilePeer(bytes, misdeed);
}
