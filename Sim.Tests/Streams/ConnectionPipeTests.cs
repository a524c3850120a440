using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Pipes over connections, in every world.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ConnectionPipeTests(NetworkWorld world)
{
    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    [Test]
    public void Lines_GoThereAndBack_AndEverythingStaysOnTheLoop() => world.Run(static async network =>
    {
        var (near, far) = await PairAsync(network);
        var thread = Environment.CurrentManagedThreadId;
        await using var client = near;
        var serving = Asyncio.CreateTask(async () =>
        {
            await using var server = far;
            while (await ReadLineAsync(server.Input) is { } line)
            {
                Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
                await server.Output.WriteAsync(Encoding.ASCII.GetBytes(line + "\n"));
            }
        });
        for (var i = 0; i < 20; i++)
        {
            await client.Output.WriteAsync(Encoding.ASCII.GetBytes($"line {i}\n"));
            Assert.That(await ReadLineAsync(client.Input), Is.EqualTo($"line {i}"));
            Assert.That(Asyncio.CurrentTask()?.Name, Is.EqualTo("main"));
            Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
        }

        await client.Output.CompleteAsync();
        await serving;
        Assert.That(await ReadLineAsync(client.Input), Is.Null);
        await client.WaitClosedAsync();
    });

    [Test]
    public void Disposing_SendsAllThatWasWritten() => world.Run(static async network =>
    {
        var (near, far) = await PairAsync(network);
        await using var server = far;
        near.Output.Write(new byte[20_000]);
        var flushing = near.Output.FlushAsync().AsTask();
        var closing = Asyncio.CreateTask(near.DisposeAsync);
        Assert.That(await CountAsync(server.Input), Is.EqualTo(20_000));
        await closing;
        await flushing;
    });

    /// <summary>With nobody who reads, a writer stops at the thresholds and what the connection holds.</summary>
    [Test]
    public void AWriter_WaitsWhileNobodyReads_AndGoesOnWhenSomebodyDoes() => world.Run(static async network =>
    {
        const int Most = 64 * 1024 * 1024;
        var (near, far) = await PairAsync(network);
        await using var client = near;
        await using var server = far;
        var written = 0;
        var chunk = new byte[16 * 1024];
        var writing = Asyncio.CreateTask(async () =>
        {
            for (; written < Most; written += chunk.Length)
            {
                await client.Output.WriteAsync(chunk);
            }
        });
        for (var before = -1; before != written;)
        {
            before = written;
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.That(written, Is.LessThan(Most));
        var held = await server.Input.ReadAsync();
        Assert.That(held.Buffer.Length, Is.LessThanOrEqualTo(64 * 1024 + 64 * 1024));
        server.Input.AdvanceTo(held.Buffer.End);
        var stopped = written;
        for (var read = 0L; read < 4_000_000;)
        {
            var more = await server.Input.ReadAsync();
            read += more.Buffer.Length;
            server.Input.AdvanceTo(more.Buffer.End);
        }

        Assert.That(written, Is.GreaterThan(stopped));
        client.Abort();
        await Asyncio.WaitAsync([writing]);
        Assert.That(writing.Exception, Is.TypeOf<NetworkException>());
    });

    [Test]
    public void AReset_ReachesTheReaderAndTheWriter() => world.Run(static async network =>
    {
        var (near, far) = await PairAsync(network);
        await using var server = far;
        near.Abort();
        await near.WaitClosedAsync();
        Assert.That((await Errors.OfAsync(() => ReadLineAsync(server.Input))).Error, Is.EqualTo(SocketError.ConnectionReset));
        var error = await Errors.OfAsync(async () =>
        {
            while (true)
            {
                await server.Output.WriteAsync(new byte[1]);
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
            }
        });
        Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
    });

    /// <summary>An end that was not meant as one must not look like one.</summary>
    [Test]
    public void CompletingWithAnError_IsAReset() => world.Run(static async network =>
    {
        var (near, far) = await PairAsync(network);
        await using var server = far;
        await near.Output.WriteAsync(new byte[1]);
        await near.Output.CompleteAsync(new InvalidDataException("half an answer"));
        Assert.That((await Errors.OfAsync(() => ReadLineAsync(server.Input))).Error, Is.EqualTo(SocketError.ConnectionReset));
        await near.WaitClosedAsync();
    });

    [Test]
    public void Aborting_EndsReadersWithTheReason() => world.Run(static async network =>
    {
        var (near, far) = await PairAsync(network);
        await using var server = far;
        var reading = Asyncio.CreateTask(() => ReadLineAsync(near.Input));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
        near.Abort(new InvalidDataException("enough"));
        await Asyncio.WaitAsync([reading]);
        Assert.That(reading.Exception, Is.TypeOf<InvalidDataException>());
        await near.DisposeAsync();
        await near.DisposeAsync();
    });

    [Test]
    public void BothDirections_EndAlone() => world.Run(static async network =>
    {
        var (near, far) = await PairAsync(network);
        await near.Output.WriteAsync("ask\n"u8.ToArray());
        await near.Output.CompleteAsync();
        Assert.That(await ReadLineAsync(far.Input), Is.EqualTo("ask"));
        Assert.That(await ReadLineAsync(far.Input), Is.Null);
        await far.Output.WriteAsync("answer\n"u8.ToArray());
        await far.Output.CompleteAsync();
        Assert.That(await ReadLineAsync(near.Input), Is.EqualTo("answer"));
        await near.WaitClosedAsync();
        await far.WaitClosedAsync();
    });

    private static async Task<(ConnectionPipe Near, ConnectionPipe Far)> PairAsync(INetwork network)
    {
        var loop = Asyncio.GetRunningLoop();
        using var listener = await network.ListenAsync(AnyPort);
        var near = await network.ConnectAsync(listener.LocalEndPoint);
        return (new ConnectionPipe(loop, near), new ConnectionPipe(loop, await listener.AcceptAsync()));
    }

    private static async Task<string?> ReadLineAsync(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end));
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    private static async Task<long> CountAsync(PipeReader reader)
    {
        for (var count = 0L; ;)
        {
            var read = await reader.ReadAsync();
            count += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return count;
            }
        }
    }
}
