using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Kestrel on a machine in memory whose descriptors are exhausted.</summary>
public sealed class WebDescriptorsTests
{
    /// <summary>The listener, one client and its other end, a second client: for its other end there is none.</summary>
    [Test]
    public void WhenDescriptorsAreExhausted_ThatIsTold_AndAcceptingPausesAndGoesOn()
    {
        var errors = new List<LoopError>();
        using var loop = Asyncio.NewVirtualEventLoop();
        loop.ExceptionHandler = errors.Add;
        var network = new VirtualNetwork(loop, new VirtualNetworkOptions { Descriptors = 4 });
        loop.RunUntilComplete(async () =>
        {
            await using var server = await WebServer.StartAsync(network, WebTests.Sleepy);
            var first = server.NewClient();
            Assert.That(await first.GetStringAsync("/sleep/1"), Is.EqualTo("slept 1"));
            var start = loop.Time;
            var second = server.NewClient().GetStringAsync("/sleep/1");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
            Assert.That(second.IsCompleted, Is.False);
            var kinds = errors.Select(static error => ((NetworkException)error.Exception).Error);
            Assert.That(kinds, Is.EqualTo([SocketError.TooManyOpenSockets]));
            first.Dispose();
            Assert.That(await second, Is.EqualTo("slept 1"));
            Assert.That(loop.Time - start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
            await server.StopAsync();
        });
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0].Message, Does.StartWith("Accepting at 127.0.0.1:").And.EndsWith("failed; nothing is accepted for 00:00:01"));
    }
}
