using System.Net;
using System.Text;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What the page of the network shows of datagrams, in every world.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class DatagramTests(NetworkWorld world)
{
    [Test]
    public void AQuestion_GetsItsAnswer_InADatagram() => world.Run(static async network =>
    {
        using var server = await network.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var answering = Asyncio.CreateTask(() => AnswerAsync(server));
        Assert.That(await AskAsync(network, server.LocalEndPoint), Is.EqualTo("the answer to a question"));
        await answering;
    });

    private static async Task AnswerAsync(IDatagramSocket server)
    {
        var buffer = new byte[100];
        var question = await server.ReceiveFromAsync(buffer);
        var text = Encoding.UTF8.GetString(buffer, 0, question.Count);
        await server.SendToAsync(Encoding.UTF8.GetBytes($"the answer to {text}"), question.RemoteEndPoint);
    }

    private static async Task<string> AskAsync(INetwork network, EndPoint server)
    {
        #region datagrams
        using var socket = await network.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await socket.SendToAsync("a question"u8.ToArray(), server);
        var buffer = new byte[1000];
        var received = await socket.ReceiveFromAsync(buffer);    // Count, RemoteEndPoint, IsTruncated
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
        #endregion
    }
}
