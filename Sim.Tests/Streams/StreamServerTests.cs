using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;
using static Sim.Tests.ConnectionReaderTests;

namespace Sim.Tests;

/// <summary>asyncio's start_server and open_connection, in every world.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class StreamServerTests(NetworkWorld world)
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    private static TimeSpan AMoment => TimeSpan.FromMilliseconds(50);

    /// <summary>test_start_server.</summary>
    [Test]
    public void AServer_AnswersLineByLine() => world.Run(static async network =>
    {
        await using var server = await network.StartServerAsync(EchoAsync, AnyPort);
        var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
        await using var closing = writer;
        foreach (var line in (string[])["hello\n", "world\n"])
        {
            writer.Write(Bytes(line).Span);
            Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo(line));
        }

        writer.WriteEof();
        Assert.That(await reader.ReadToEndAsync(), Is.Empty);

        static async Task EchoAsync(ConnectionReader reader, ConnectionWriter writer)
        {
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                writer.Write(line);
                await writer.DrainAsync();
            }
        }
    });

    /// <summary>What a handler wrote is sent, although it has not drained.</summary>
    [Test]
    public void WhatWasWritten_IsSentWhenTheHandlerReturns() => world.Run(static async network =>
    {
        const int Large = 8 * 1024 * 1024;
        await using var server = await network.StartServerAsync(static async (reader, writer) =>
        {
            await reader.ReadLineAsync();
            writer.Write(new byte[Large]);
        }, AnyPort);
        var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
        await using var closing = writer;
        writer.Write("go\n"u8);
        await Asyncio.SleepAsync(AMoment);
        Assert.That(await reader.ReadToEndAsync(), Has.Length.EqualTo(Large));
    });

    /// <summary>test_unhandled_exception: reported, and the connection ends; here by a reset, because an answer may be cut.</summary>
    [Test]
    public void AHandlerThatFails_IsReported()
    {
        var errors = new List<LoopError>();
        world.Run(static async network =>
        {
            await using var server = await network.StartServerAsync(static async (reader, writer, _) =>
            {
                await reader.ReadLineAsync();
                writer.Write("half an ans"u8);
                throw new InvalidDataException("test");
            }, AnyPort);
            var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
            await using var closing = writer;
            writer.Write("go\n"u8);
            var error = await Errors.OfAsync(async () => await reader.ReadToEndAsync());
            Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
        }, errors);
        Assert.That(errors.Select(static error => error.Exception.Message), Is.EqualTo((string[])["test"]));
    }

    [Test]
    public void CloseClients_SendsWhatWasWritten() => world.Run(static async network =>
    {
        const int Large = 8 * 1024 * 1024;
        var handled = 0;
        await using var server = await network.StartServerAsync(async (reader, writer, _) =>
        {
            writer.Write(new byte[Large]);
            await reader.ReadToEndAsync();
            handled++;
        }, AnyPort);
        var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
        await using var closing = writer;
        await reader.ReadExactlyAsync(1);
        server.Close();
        server.CloseClients();
        Assert.That(await reader.ReadToEndAsync(), Has.Length.EqualTo(Large - 1));
        await server.WaitClosedAsync();
        Assert.That(handled, Is.EqualTo(1));
    });

    [Test]
    public void AServerThatStops_FinishesTheRequestAtHand() => world.Run(static async network =>
    {
        var server = await network.StartServerAsync(AnswerAsync, AnyPort);
        var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
        var (idleReader, idleWriter) = await network.OpenConnectionAsync(server.LocalEndPoint);
        writer.Write("1\n2\n3\n"u8);
        await Asyncio.SleepAsync(AMoment);
        var stopping = Asyncio.CreateTask(() => server.StopAsync(TimeSpan.FromSeconds(30)));
        Assert.That(await idleReader.ReadToEndAsync(), Is.Empty);
        var answers = await reader.ReadToEndAsync();
        Assert.That(answers, Has.Length.EqualTo(100_000));
        await writer.DisposeAsync();
        await idleWriter.DisposeAsync();
        Assert.That(await stopping, Is.Zero);

        static async Task AnswerAsync(ConnectionReader reader, ConnectionWriter writer, Server server)
        {
            while (await reader.ReadLineAsync(server.StopToken) is { Length: > 0 })
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
                writer.Write(new byte[100_000]);
                await writer.DrainAsync(CancellationToken.None);
            }
        }
    });

    /// <summary>
    /// A server that writes without end to somebody who does not read: what is kept here and in between is bounded, whatever the
    /// time, and goes on when it is read.
    /// </summary>
    [Test]
    public void ASlowReader_IsWaitedFor_AndMemoryIsBounded() => world.Run(async network =>
    {
        var (written, most) = (0L, 0);
        var server = await network.StartServerAsync(FloodAsync, AnyPort);
        var (reader, writer) = await network.OpenConnectionAsync(server.LocalEndPoint);
        for (var before = -1L; before != written;)
        {
            before = written;
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));
        }

        var stopped = written;
        Assert.That(most, Is.InRange(1, (64 * 1024) + 10_000));
        // What the connection holds itself: the kernel's buffers, some megabytes, or those of the twin.
        Assert.That(stopped, Is.LessThan(64 * 1024 * 1024));
        Assert.That(reader.BufferedCount, Is.Zero);
        await reader.ReadExactlyAsync(1);
        Assert.That(reader.BufferedCount, Is.LessThanOrEqualTo(64 * 1024));
        for (var read = 0; read < stopped; read += 10_000)
        {
            await reader.ReadExactlyAsync(10_000);
        }

        await Asyncio.SleepAsync(AMoment);
        Assert.That(written, Is.GreaterThan(stopped));
        Assert.That(most, Is.LessThanOrEqualTo((64 * 1024) + 10_000));
        writer.Abort();
        Assert.That(await server.StopAsync(TimeSpan.FromSeconds(1)), Is.LessThanOrEqualTo(1));

        async Task FloodAsync(ConnectionReader _, ConnectionWriter flood, Server server)
        {
            try
            {
                for (var chunk = new byte[10_000]; ; written += chunk.Length)
                {
                    flood.Write(chunk);
                    most = Math.Max(most, flood.BufferedCount);
                    await flood.DrainAsync(CancellationToken.None);
                }
            }
            catch (NetworkException)
            {
                // It has gone.
            }
        }
    });
}
