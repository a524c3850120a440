using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A machine in memory whose descriptors are exhausted.</summary>
public sealed class VirtualDescriptorsTests
{
    private static readonly IPEndPoint _address = new(IPAddress.Loopback, 8000);

    [Test]
    public void EachCall_FailsForWantOfDescriptors_AndWorksWhenThereAreSome() => Run(descriptors: 3, static async network =>
    {
        var listener = await network.ListenAsync(_address);
        var near = await network.ConnectAsync(_address);
        var far = await listener.AcceptAsync();
        var connecting = await Errors.OfAsync(async () => await network.ConnectAsync(_address));
        Assert.That(connecting.Error, Is.EqualTo(SocketError.TooManyOpenSockets));
        var error = await Errors.OfAsync(async () => await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0)));
        Assert.That(error.Message, Does.Contain("there are no descriptors left; close connections, or raise the limit (ulimit -n)"));
        far.Dispose();
        using var second = await network.ConnectAsync(_address);

        // It waits in the queue, and is not lost there.
        Assert.That((await Errors.OfAsync(async () => await listener.AcceptAsync())).Error, Is.EqualTo(SocketError.TooManyOpenSockets));
        near.Dispose();
        using var accepted = await listener.AcceptAsync();
        Assert.That(accepted.RemoteEndPoint, Is.EqualTo(second.LocalEndPoint));
        listener.Dispose();
        using var other = await network.ListenAsync(_address);
    });

    [Test]
    public void AConnectThatFails_KeepsNone() => Run(descriptors: 1, static async network =>
    {
        for (var i = 0; i < 3; i++)
        {
            var error = await Errors.OfAsync(async () => await network.ConnectAsync(_address));
            Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionRefused));
        }
    });

    /// <summary>Ten at a time do not fit: each is served in the end, and the server says at most once a second that it was short.</summary>
    [Test]
    public void AServer_PausesAndServesAll()
    {
        var errors = new List<LoopError>();
        Run(descriptors: 14, async network =>
        {
            var loop = Asyncio.GetRunningLoop();
            loop.ExceptionHandler = errors.Add;
            var start = loop.Time;
            var server = await network.CreateServerAsync(ServerTests.EchoAsync, _address);
            var answers = await Asyncio.GatherAsync(Enumerable.Range(0, 10).Select(i => Asyncio.CreateTask(async () =>
            {
                using var connection = await network.ConnectAsync(_address);
                var answer = await ServerTests.AskAsync(connection, $"word {i}");
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
                return answer;
            })));
            Assert.That(answers, Is.Unique.And.All.StartsWith("word "));
            Assert.That(errors, Has.Count.InRange(1, (int)(loop.Time - start).TotalSeconds + 1));
            var kinds = errors.Select(static error => ((NetworkException)error.Exception).Error);
            Assert.That(kinds, Has.All.EqualTo(SocketError.TooManyOpenSockets));
            Assert.That(await server.StopAsync(TimeSpan.FromSeconds(1)), Is.Zero);
        });
    }

    private static void Run(int descriptors, Func<INetwork, Task> body)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var network = new VirtualNetwork(loop, new VirtualNetworkOptions { Descriptors = descriptors });
        loop.RunUntilComplete(() => body(network));
    }
}
