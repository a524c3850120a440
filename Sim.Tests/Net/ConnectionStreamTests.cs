using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>What takes a stream takes a connection.</summary>
public sealed class ConnectionStreamTests
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>On virtual time, and nothing of it leaves the loop although the reader awaits without a context.</summary>
    [Test]
    public void AStreamReader_ReadsLines_InASimulation()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            IStrategy strategy = seed == 0 ? new FifoStrategy() : new RandomStrategy(seed);
            var options = new SimulationOptions { Strategy = strategy };
            var report = Simulation.Run(static () => LinesAsync(new VirtualNetwork(Simulation.Current.Loop)), options);
            Assert.That(report.Failure?.Message, Is.Null);
        }
    }

    [Test]
    public void AStreamReader_ReadsLines_OnSockets() =>
        Asyncio.Run(static () => LinesAsync(new SocketNetwork(Asyncio.GetRunningLoop())));

    [Test]
    public void TlsStreams_TalkOverIt() => Asyncio.Run(static async () =>
    {
        using var certificate = Certificate();
        var (near, far) = await StreamsAsync(new SocketNetwork(Asyncio.GetRunningLoop()));
        await using var client = new SslStream(near, leaveInnerStreamOpen: false, (_, given, _, _) => certificate.Equals(given));
        await using var server = new SslStream(far);
        var serving = Asyncio.CreateTask(async () =>
        {
            await server.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[5];
            await server.ReadExactlyAsync(buffer);
            await server.WriteAsync(buffer);
        });
        await client.AuthenticateAsClientAsync("localhost");
        await client.WriteAsync("hello"u8.ToArray());
        var answer = new byte[5];
        await client.ReadExactlyAsync(answer);
        await serving;
        Assert.That(Encoding.ASCII.GetString(answer), Is.EqualTo("hello"));
    });

    /// <summary>Its connections are asked for on threads of the pool: the callback brings them to the loop.</summary>
    [Test]
    public void AnHttpClient_ConnectsThroughTheNetwork() => Asyncio.Run(static async () =>
    {
        var loop = Asyncio.GetRunningLoop();
        var network = new SocketNetwork(loop);
        using var listener = await network.ListenAsync(AnyPort);
        var serving = Asyncio.CreateTask(async () =>
        {
            await using var stream = new ConnectionStream(loop, await listener.AcceptAsync());
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"u8.ToArray());
        });
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) => await loop.RunCoroutineThreadSafe(
                async () => new ConnectionStream(loop, await network.ConnectAsync(listener.LocalEndPoint, token)), token),
        };
        using var client = new HttpClient(handler);
        var text = await client.GetStringAsync(new Uri("http://nowhere.invalid/"));
        await serving;
        Assert.That(text, Is.EqualTo("hello"));
    });

    [Test]
    public void CallsThatWouldBlock_AreRefused() => Asyncio.Run(static async () =>
    {
        var (near, far) = await StreamsAsync(new VirtualNetwork(Asyncio.GetRunningLoop()));
        await using var other = far;
        Assert.That(() => near.Read(new byte[1], 0, 1), Throws.TypeOf<NotSupportedException>().With.Message.Contains("use ReadAsync"));
        Assert.That(() => near.Write(new byte[1], 0, 1), Throws.TypeOf<NotSupportedException>().With.Message.Contains("use WriteAsync"));
        Assert.That(() => near.Length, Throws.TypeOf<NotSupportedException>());
        await near.DisposeAsync();
        Assert.That(near.CanRead || near.CanWrite, Is.False);
        Assert.That(await far.ReadAsync(new byte[1]), Is.Zero);
    }, static () => Asyncio.NewVirtualEventLoop());

    /// <summary>A run may begin at any moment: a read from elsewhere is made by the run, not beside it.</summary>
    [Test]
    public void BetweenTwoRuns_AReadWaitsForTheNext_AndAnEndDoesNot()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var (near, far) = loop.RunUntilComplete(() => StreamsAsync(new VirtualNetwork(loop)));
        loop.RunUntilComplete(async () => await near.WriteAsync(new byte[1]));
        var reading = far.ReadAsync(new byte[1]).AsTask();
        Assert.That(reading.IsCompleted, Is.False);
        Assert.That(loop.RunUntilComplete(async () => await reading), Is.EqualTo(1));
        near.Dispose();
        Assert.That(loop.RunUntilComplete(async () => await far.ReadAsync(new byte[1])), Is.Zero);
        far.Dispose();
    }

    private static async Task LinesAsync(INetwork network)
    {
        var (near, far) = await StreamsAsync(network);
        await using var one = near;
        await using var other = far;
        var writing = Asyncio.CreateTask(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await near.WriteAsync(Encoding.ASCII.GetBytes($"line {i}\n"));
                await Asyncio.YieldAsync();
            }

            await near.DisposeAsync();
        });
        using var reader = new StreamReader(far);
        for (var i = 0; await reader.ReadLineAsync() is { } line; i++)
        {
            if (line != $"line {i}" || Asyncio.CurrentTask() is null)
            {
                throw new InvalidDataException($"Instead of line {i} there was \"{line}\", in task {Asyncio.CurrentTask()?.Name}.");
            }
        }

        await writing;
    }

    private static async Task<(Stream Near, Stream Far)> StreamsAsync(INetwork network)
    {
        var loop = Asyncio.GetRunningLoop();
        using var listener = await network.ListenAsync(AnyPort);
        var near = await network.ConnectAsync(listener.LocalEndPoint);
        return (new ConnectionStream(loop, near), new ConnectionStream(loop, await listener.AcceptAsync()));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
