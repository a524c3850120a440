using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>TLS is .NET's: an <see cref="SslStream"/> over a connection, with a certificate made here.</summary>
public sealed class TlsTests
{
    private X509Certificate2 _certificate = null!;

    [OneTimeSetUp]
    public void MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [OneTimeTearDown]
    public void DisposeCertificate() => _certificate.Dispose();

    [Test]
    public void BothSidesTalk_AndTheServerKnowsNoOne() => OnSockets(async network =>
    {
        var (client, server) = await SecureAsync(network, "localhost");
        await using var one = client;
        await using var other = server;
        Assert.That(client.IsEncrypted && server.IsEncrypted && client.IsAuthenticated);
        Assert.That(server.IsMutuallyAuthenticated, Is.False);
        await client.WriteAsync("hello"u8.ToArray());
        var buffer = new byte[5];
        await server.ReadExactlyAsync(buffer);
        Assert.That(buffer, Is.EqualTo("hello"u8.ToArray()));
    });

    [Test]
    public void TheSnippet_OfTheDocument_Runs() => OnSockets(async network =>
    {
        var loop = Asyncio.GetRunningLoop();
        var certificate = _certificate;
        using var listener = await network.ListenAsync(AnyPort);
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        var serving = Asyncio.CreateTask(ServeAsync);
        var word = await AskAsync();
        await serving;
        Assert.That(word, Is.EqualTo("hello"));

        #region tls
        async Task ServeAsync()
        {
            await using var stream = new SslStream(new ConnectionStream(loop, await listener.AcceptAsync()));
            await stream.AuthenticateAsServerAsync(certificate);
            await stream.WriteAsync("hello"u8.ToArray());
            // Says goodbye: without it the other side cannot tell an end from a connection that was cut.
            await stream.ShutdownAsync();
        }

        async Task<string> AskAsync()
        {
            var connection = await network.ConnectAsync(listener.LocalEndPoint);
            await using var stream = new SslStream(new ConnectionStream(loop, connection));
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = trust,
            });
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }
        #endregion
    });

    /// <summary>Much more than fits into any buffer, both ways at once.</summary>
    [Test]
    public void MuchIsSent_BothWaysAtOnce() => OnSockets(static (test, network) => test.ExchangeAsync(network, 8 * 1024 * 1024));

    /// <summary>One side says goodbye, and still hears the other.</summary>
    [Test]
    public void Goodbye_EndsOneDirection() => OnSockets(static (test, network) => test.HalfCloseAsync(network));

    /// <summary>The connection ends without a goodbye: that is no end, and must not look like one.</summary>
    [Test]
    public void AnEndWithoutGoodbye_IsSeen() => OnSockets(async network =>
    {
        var loop = Asyncio.GetRunningLoop();
        using var listener = await network.ListenAsync(AnyPort);
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        var (client, server) = await SecureAsync(new ConnectionStream(loop, near), await AcceptAsync(listener), "localhost");
        await using var one = client;
        await using var other = server;
        await client.WriteAsync(new byte[100]);
        near.Abort();
        Exception? found = null;
        try
        {
            await server.ReadExactlyAsync(new byte[200]);
        }
        catch (IOException error)
        {
            found = error;
        }

        Assert.That(found, Is.InstanceOf<NetworkException>());
    });

    [Test]
    public void AnotherName_IsRefused() => OnSockets(async network =>
    {
        Exception? found = null;
        try
        {
            await SecureAsync(network, "example.com");
        }
        catch (AuthenticationException error)
        {
            found = error;
        }

        Assert.That(found?.Message, Does.Contain("RemoteCertificateNameMismatch"));
    });

    /// <summary>Nothing of a handshake, of bytes or of a goodbye goes to the thread pool: all of it runs on virtual time.</summary>
    [Test]
    public void InASimulation_NothingLeavesTheLoop()
    {
        foreach (var seed in Enumerable.Range(0, 10))
        {
            IStrategy strategy = seed == 0 ? new FifoStrategy() : new RandomStrategy(seed);
            var report = Simulation.Run(
                async () =>
                {
                    await ExchangeAsync(new VirtualNetwork(Simulation.Current.Loop), 200_000);
                    await HalfCloseAsync(new VirtualNetwork(Simulation.Current.Loop));
                },
                new SimulationOptions { Strategy = strategy });
            Assert.That(report.Failure?.Message, Is.Null, $"seed {seed}");
        }
    }

    /// <summary>What is encrypted is another one in each run; with a key of RSA it is as long, and a run is repeated.</summary>
    [Test]
    public void WithAnRsaKey_SameSeed_SameTrace()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        foreach (var seed in Enumerable.Range(1, 5))
        {
            Assert.That(Run(seed), Is.EqualTo(Run(seed)));
        }

        string Run(int seed) => Simulation.Run(
            async () =>
            {
                var network = new VirtualNetwork(Simulation.Current.Loop);
                using var listener = await network.ListenAsync(AnyPort);
                var near = new ConnectionStream(Simulation.Current.Loop, await network.ConnectAsync(listener.LocalEndPoint));
                await using var client = new SslStream(near, leaveInnerStreamOpen: false, (_, given, _, _) => certificate.Equals(given));
                await using var server = new SslStream(await AcceptAsync(listener));
                var serving = Asyncio.CreateTask(() => server.AuthenticateAsServerAsync(certificate));
                await client.AuthenticateAsClientAsync("localhost");
                await serving;
                await client.WriteAsync(new byte[50_000]);
                await server.ReadExactlyAsync(new byte[50_000]);
                await server.ShutdownAsync();
                await RequireEndAsync(client);
            },
            new SimulationOptions { Strategy = new RandomStrategy(seed) }).Trace.ToString();
    }

    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    private async Task ExchangeAsync(INetwork network, int length)
    {
        var (client, server) = await SecureAsync(network, "localhost");
        await using var one = client;
        await using var other = server;
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => SendAsync(client, 1)), Asyncio.CreateTask(() => SendAsync(server, 2)),
            Asyncio.CreateTask(() => ReceiveAsync(client, 2)), Asyncio.CreateTask(() => ReceiveAsync(server, 1)));

        async Task<int> SendAsync(SslStream stream, byte seed)
        {
            var bytes = new byte[length];
            for (var i = 0; i < length; i++)
            {
                bytes[i] = (byte)((i % 251) ^ seed);
            }

            await stream.WriteAsync(bytes);
            return 0;
        }

        async Task<int> ReceiveAsync(SslStream stream, byte seed)
        {
            var bytes = new byte[length];
            await stream.ReadExactlyAsync(bytes);
            for (var i = 0; i < length; i++)
            {
                if (bytes[i] != (byte)((i % 251) ^ seed))
                {
                    throw new InvalidDataException($"Byte {i} has changed.");
                }
            }

            return 0;
        }
    }

    private async Task HalfCloseAsync(INetwork network)
    {
        var (client, server) = await SecureAsync(network, "localhost");
        await using var one = client;
        await using var other = server;
        await client.WriteAsync(new byte[3]);
        await client.ShutdownAsync();
        await server.ReadExactlyAsync(new byte[3]);
        await RequireEndAsync(server);
        await server.WriteAsync(new byte[2]);
        await client.ReadExactlyAsync(new byte[2]);
        await server.ShutdownAsync();
        await RequireEndAsync(client);
    }

    private static async Task RequireEndAsync(SslStream stream)
    {
        if (await stream.ReadAsync(new byte[1]) != 0)
        {
            throw new InvalidDataException("Something came instead of the end.");
        }
    }

    private async Task<(SslStream Client, SslStream Server)> SecureAsync(INetwork network, string name)
    {
        using var listener = await network.ListenAsync(AnyPort);
        var near = await network.ConnectAsync(listener.LocalEndPoint);
        return await SecureAsync(new ConnectionStream(Asyncio.GetRunningLoop(), near), await AcceptAsync(listener), name);
    }

    private static async Task<Stream> AcceptAsync(IListener listener) =>
        new ConnectionStream(Asyncio.GetRunningLoop(), await listener.AcceptAsync());

    private async Task<(SslStream Client, SslStream Server)> SecureAsync(Stream near, Stream far, string name)
    {
        var (client, server) = (new SslStream(near), new SslStream(far));
        var serving = Asyncio.CreateTask(() => server.AuthenticateAsServerAsync(_certificate));
        try
        {
            await client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { _certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
            });
            await serving;
            return (client, server);
        }
        catch
        {
            await client.DisposeAsync();
            await Asyncio.WaitAsync([serving]);
            await server.DisposeAsync();
            throw;
        }
    }

    private static void OnSockets(Func<INetwork, Task> body) =>
        Asyncio.Run(() => body(new SocketNetwork(Asyncio.GetRunningLoop())));

    private void OnSockets(Func<TlsTests, INetwork, Task> body) => OnSockets(network => body(this, network));
}
