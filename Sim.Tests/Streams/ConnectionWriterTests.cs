using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;
using static Sim.Tests.ConnectionReaderTests;

namespace Sim.Tests;

/// <summary>Writers, in every world: asyncio's test_streams and the transports of test_selector_events (tier 2), rules 31 to 34.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ConnectionWriterTests(NetworkWorld world)
{
    private const int Large = 16 * 1024 * 1024;

    private static TimeSpan AMoment => TimeSpan.FromMilliseconds(50);

    /// <summary>Rule 31: it is tried at once, and what was sent is not kept.</summary>
    [Test]
    public void AWrite_IsSentAtOnce() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        writer.Write("hello"u8);
        Assert.That(writer.BufferedCount, Is.Zero);
        var buffer = "xxxxx"u8.ToArray();
        writer.Write(buffer);
        buffer.AsSpan().Clear();
        Assert.That(Text(await new ConnectionReader(far).ReadExactlyAsync(10)), Is.EqualTo("helloxxxxx"));
        far.Dispose();
        await writer.DisposeAsync();
    });

    /// <summary>test_write_partial and test_write_ready_closing: what is kept follows, also after closing.</summary>
    [Test]
    public void WhatIsKept_IsSentBeforeTheEnd() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        writer.Write(new byte[Large]);
        writer.WriteLines(Bytes("one\n"), Bytes("two\n"));
        Assert.That(writer.BufferedCount, Is.GreaterThan(0));
        writer.Close();
        writer.Close();
        Assert.That(writer.IsClosing);
        var closing = Asyncio.CreateTask(() => writer.WaitClosedAsync());
        await Asyncio.SleepAsync(AMoment);
        Assert.That(closing.IsDone, Is.False);
        var reader = new ConnectionReader(far);
        await ReadAsync(reader, Large);
        Assert.That(Text(await reader.ReadToEndAsync()), Is.EqualTo("one\ntwo\n"));
        await closing;
        far.Dispose();
    });

    /// <summary>test_write_eof_buffer: the end comes after what is kept, and the other direction stays open.</summary>
    [Test]
    public void WriteEof_EndsOneDirection() => world.Run(static async network =>
    {
        var (writer, far, near) = await TripleAsync(network);
        writer.Write(new byte[Large]);
        writer.WriteEof();
        writer.WriteEof();
        Assert.That(() => writer.Write("more"u8), Throws.InvalidOperationException.With.Message.Contains("WriteEof has ended"));
        var reader = new ConnectionReader(far);
        await ReadAsync(reader, Large);
        Assert.That(await reader.ReadAsync(1), Is.Empty);
        await far.SendAsync(Bytes("answer"));
        Assert.That(Text(await new ConnectionReader(near).ReadExactlyAsync(6)), Is.EqualTo("answer"));
        far.Dispose();
        await writer.DisposeAsync();
    });

    /// <summary>Above the high-water mark a drain waits, at the low-water mark it goes on; test_multiple_drain: all who wait do.</summary>
    [Test]
    public void Drains_WaitWhileTooMuchIsKept() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        Assert.That((writer.HighWater, writer.LowWater), Is.EqualTo((64 * 1024, 16 * 1024)));
        await writer.DrainAsync();
        writer.Write(new byte[Large]);
        var drains = Enumerable.Range(0, 5).Select(i => Asyncio.CreateTask(async () =>
        {
            await writer.DrainAsync();
            Assert.That(writer.BufferedCount, Is.LessThanOrEqualTo(writer.LowWater));
        })).ToList();
        await Asyncio.SleepAsync(AMoment);
        Assert.That(drains.Any(static drain => drain.IsDone), Is.False);
        await ReadAsync(new ConnectionReader(far), Large);
        foreach (var drain in drains)
        {
            await drain;
        }

        far.Dispose();
        await writer.DisposeAsync();
    });

    /// <summary>test_writelines_pauses_protocol, and marks of one's own.</summary>
    [Test]
    public void Marks_CanBeSet() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        writer.SetWriteBufferLimits(1000);
        Assert.That((writer.HighWater, writer.LowWater), Is.EqualTo((1000, 250)));
        writer.SetWriteBufferLimits(1000, low: 0);
        Assert.That(writer.LowWater, Is.Zero);
        Assert.That(() => writer.SetWriteBufferLimits(1, low: 2), Throws.InstanceOf<ArgumentException>());
        writer.WriteLines(new byte[Large], new byte[1]);
        var drain = Asyncio.CreateTask(() => writer.DrainAsync());
        await Asyncio.SleepAsync(AMoment);
        Assert.That(drain.IsDone, Is.False);
        drain.Cancel();
        await Asyncio.WaitAsync([drain]);
        await ReadAsync(new ConnectionReader(far), Large + 1);
        await writer.DrainAsync();
        Assert.That(writer.BufferedCount, Is.Zero);
        far.Dispose();
        await writer.DisposeAsync();
    });

    /// <summary>Who writes may be cancelled: what was written is sent all the same.</summary>
    [Test]
    public void ACancelledTask_TakesNothingBack() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        var writing = Asyncio.CreateTask(async () =>
        {
            writer.Write(new byte[Large]);
            await writer.DrainAsync();
        });
        await Asyncio.SleepAsync(AMoment);
        writing.Cancel();
        await Asyncio.WaitAsync([writing]);
        writer.Close();
        Assert.That(await new ConnectionReader(far).ReadToEndAsync(), Has.Length.EqualTo(Large));
        far.Dispose();
    });

    /// <summary>test_drain_raises: a connection that broke is told to who drains, and to who waits for the closing.</summary>
    [Test]
    public void ALostConnection_IsToldToWhoDrains() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        writer.Write(new byte[Large]);
        var drain = Asyncio.CreateTask(() => writer.DrainAsync());
        await Asyncio.SleepAsync(AMoment);
        far.Abort();
        await Asyncio.WaitAsync([drain]);
        Assert.That(((NetworkException)drain.Exception!).Error, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That(writer.IsClosing);
        writer.Write("nothing"u8);
        Assert.That(writer.BufferedCount, Is.Zero);
        Assert.That((await Errors.OfAsync(async () => await writer.DrainAsync())).Error, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That((await Errors.OfAsync(async () => await writer.WaitClosedAsync())).Error, Is.EqualTo(SocketError.ConnectionReset));
        await writer.DisposeAsync();
    });

    /// <summary>test_async_writer_api_exception_after_close.</summary>
    [Test]
    public void AfterClosing_ADrainFails() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        writer.Close();
        writer.Write("nothing"u8);
        await writer.WaitClosedAsync();
        var error = await Errors.OfAsync(async () => await writer.DrainAsync());
        Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That(error.Message, Does.Contain("closed on this side"));
        Assert.That(await far.ReceiveAsync(new byte[1]), Is.Zero);
        far.Dispose();
    });

    /// <summary>test_eof_feed_when_closing_writer: who closes reads the end.</summary>
    [Test]
    public void Closing_EndsAReadOfThisSide() => world.Run(static async network =>
    {
        var (writer, far, near) = await TripleAsync(network);
        var reader = new ConnectionReader(near);
        var reading = Asyncio.CreateTask(async () => await reader.ReadAsync(1));
        await Asyncio.SleepAsync(AMoment);
        writer.Close();
        await writer.WaitClosedAsync();
        Assert.That(await reading, Is.Empty);
        Assert.That(reader.AtEof);
        far.Dispose();
    });

    /// <summary>test_wait_closed_on_close_with_unread_data.</summary>
    [Test]
    public void ClosingWithUnreadBytes_IsNoError() => world.Run(static async network =>
    {
        var (writer, far, near) = await TripleAsync(network);
        await far.SendAsync(Bytes("line one\nline two\n"));
        var reader = new ConnectionReader(near);
        Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo("line one\n"));
        writer.Close();
        await writer.WaitClosedAsync();
        far.Dispose();
    });

    /// <summary>test_force_close: what is kept is dropped, and the other side sees a reset.</summary>
    [Test]
    public void Aborting_DropsWhatIsKept() => world.Run(static async network =>
    {
        var (writer, far) = await PairAsync(network);
        writer.Write(new byte[Large]);
        writer.Abort();
        await writer.WaitClosedAsync();
        Assert.That(writer.BufferedCount, Is.Zero);
        var error = await Errors.OfAsync(async () => await new ConnectionReader(far).ReadToEndAsync());
        Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
        far.Dispose();
    });

    /// <summary>Rule 33: four in silence, then each is told to the log.</summary>
    [Test]
    public void WritesAfterTheLoss_AreToldToTheLog_FromTheFifthOn()
    {
        var lines = new List<string>();
        world.Run(
            static async network =>
            {
                var (writer, far) = await PairAsync(network);
                writer.Close();
                for (var i = 0; i < 6; i++)
                {
                    writer.Write("x"u8);
                }

                await writer.WaitClosedAsync();
                far.Dispose();
            },
            [], new LoopOptions { Log = lines.Add });
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0], Does.Match(@"^\S+ 5 writes to 127\.0\.0\.1:\d+ were dropped: the connection is closed\. Await DrainAsync"));
    }

    private static async Task ReadAsync(ConnectionReader reader, int count)
    {
        var buffer = new byte[64 * 1024];
        for (var have = 0; have < count;)
        {
            var got = await reader.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, count - have)));
            Assert.That(got, Is.Positive);
            have += got;
        }
    }

    private static async Task<(ConnectionWriter Writer, IConnection Far)> PairAsync(INetwork network)
    {
        var (writer, far, _) = await TripleAsync(network);
        return (writer, far);
    }

    private static async Task<(ConnectionWriter Writer, IConnection Far, IConnection Near)> TripleAsync(INetwork network)
    {
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var near = await network.ConnectAsync(listener.LocalEndPoint);
        return (new ConnectionWriter(Asyncio.GetRunningLoop(), near), await listener.AcceptAsync(), near);
    }
}
