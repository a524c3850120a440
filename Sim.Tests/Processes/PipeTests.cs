using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// Pipes under a loop: by the poller (epoll), and by threads of the pool where the poller does not watch them (select). asyncio:
/// the tests of pipe transports in test_unix_events.
/// </summary>
[TestFixture(RealLoops.Epoll)]
[TestFixture(RealLoops.Select)]
[Platform("Linux")]
public sealed class PipeTests(string poller)
{
    /// <summary>Bytes in their order, then the end, again and again; asyncio: test_unix_events.test__read_ready_eof.</summary>
    [Test]
    public void BytesCome_ThenTheEnd() => Run(async (_, reader, writer) =>
    {
        await writer.SendAsync("hello"u8.ToArray());
        Assert.That(await ReceiveAsync(reader), Is.EqualTo("hello"));
        var waits = Asyncio.CreateTask(() => ReceiveAsync(reader));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
        Assert.That(waits.IsDone, Is.False);
        await writer.SendAsync("again"u8.ToArray());
        Assert.That(await waits, Is.EqualTo("again"));
        writer.ShutdownSend();
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await ReceiveAsync(reader), Is.Empty);
        }
    });

    /// <summary>A full pipe makes the writer wait, and all arrives; asyncio: test_unix_events.test_write_eof_pending.</summary>
    [Test]
    public void AFullPipe_MakesTheWriterWait_AndNothingIsLost() => Run(async (_, reader, writer) =>
    {
        var bytes = new byte[1_000_000];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i % 251);
        }

        var sending = Asyncio.CreateTask(async () =>
        {
            await writer.SendAsync(bytes);
            writer.ShutdownSend();
        });
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(20));
        Assert.That(sending.IsDone, Is.False);
        using var all = new MemoryStream();
        var piece = new byte[10_000];
        while (await reader.ReceiveAsync(piece) is var count and > 0)
        {
            all.Write(piece, 0, count);
        }

        await sending;
        Assert.That(all.ToArray(), Is.EqualTo(bytes));
    });

    /// <summary>What was sent arrives after the closing; asyncio: test_unix_events.test__write_ready_closing.</summary>
    [Test]
    public void WhatWasSent_ArrivesAfterTheClosing() => Run(async (_, reader, writer) =>
    {
        await writer.SendAsync(new byte[60_000]);
        writer.Dispose();
        var (count, piece) = (0, new byte[7_000]);
        while (await reader.ReceiveAsync(piece) is var some and > 0)
        {
            count += some;
        }

        Assert.That(count, Is.EqualTo(60_000));
    });

    /// <summary>Nobody reads any more; asyncio: test_unix_events.test__write_ready_err, BrokenPipeError.</summary>
    [Test]
    public void WhenNobodyReadsAnyMore_SendingFails() => Run(async (_, reader, writer) =>
    {
        var sending = Asyncio.CreateTask(() => SendForEverAsync(writer));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
        reader.Dispose();
        var error = await CatchAsync<NetworkException>(sending.AsFuture());
        Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That(error.Message, Does.StartWith("Sending from this process to the reader failed at "));
        await CatchAsync<NetworkException>(Asyncio.CreateTask(async () => await writer.SendAsync(new byte[10])).AsFuture());
    });

    /// <summary>Decision 0040: who is cancelled has taken nothing, also when bytes come in the same moment.</summary>
    [Test]
    public void ACancelledReceive_TakesNothing() => Run(async (_, reader, writer) =>
    {
        for (var i = 0; i < 20; i++)
        {
            var waits = Asyncio.CreateTask(() => ReceiveAsync(reader));
            await Asyncio.YieldAsync();
            await writer.SendAsync("kept"u8.ToArray());
            for (var turns = i % 5; turns > 0; turns--)
            {
                await Asyncio.YieldAsync();
            }

            var text = "";
            if (waits.Cancel())
            {
                await Asyncio.WaitAsync([waits]);
            }

            text = waits.State == FutureState.Succeeded ? waits.Result : await ReceiveAsync(reader);
            Assert.That(text, Is.EqualTo("kept"));
        }
    });

    /// <summary>Closing the reader ends its wait, and a second one is refused; asyncio: test_unix_events.test_close.</summary>
    [Test]
    public void DisposingEndsTheWait_AndASecondOneIsRefused() => Run(async (loop, reader, writer) =>
    {
        var waits = Asyncio.CreateTask(() => ReceiveAsync(reader));
        await Asyncio.YieldAsync();
        await CatchAsync<InvalidOperationException>(Asyncio.CreateTask(async () => await ReceiveAsync(reader)).AsFuture());
        reader.Dispose();
        await CatchAsync<ObjectDisposedException>(waits.AsFuture());
        await CatchAsync<ObjectDisposedException>(Asyncio.CreateTask(async () => await ReceiveAsync(reader)).AsFuture());
        Assert.That(loop.IsClosed, Is.False);
        writer.Dispose();
    });

    /// <summary>A pipe has one direction; the other one says so.</summary>
    [Test]
    public void TheOtherDirection_IsRefused() => Run(async (_, reader, writer) =>
    {
        await CatchAsync<NotSupportedException>(Asyncio.CreateTask(async () => await reader.SendAsync(new byte[1])).AsFuture());
        await CatchAsync<NotSupportedException>(Asyncio.CreateTask(async () => await writer.ReceiveAsync(new byte[1])).AsFuture());
        Assert.That($"{reader.RemoteEndPoint}, {reader.LocalEndPoint}", Is.EqualTo("the writer, this process"));
    });

    /// <summary>An end of a pipe as a stream: text by lines, as it comes.</summary>
    [Test]
    public void APipe_IsAStream() => Run(async (loop, reader, writer) =>
    {
        using var lines = new StreamReader(new ConnectionStream(loop, reader), Encoding.UTF8);
        var output = new StreamWriter(new ConnectionStream(loop, writer)) { AutoFlush = false };
        foreach (var line in (string[])["one", "two", "", "four"])
        {
            await output.WriteLineAsync(line);
        }

        await output.FlushAsync();
        foreach (var line in (string[])["one", "two", ""])
        {
            Assert.That(await lines.ReadLineAsync(), Is.EqualTo(line));
        }

        writer.Dispose();
        Assert.That((await lines.ReadLineAsync(), await lines.ReadLineAsync()), Is.EqualTo(("four", (string?)null)));
        Assert.That(loop.IsOnLoopThread, Is.True);
    });

    /// <summary>A FIFO has a name, and opening it waits for the other side: that is work for the executor.</summary>
    [Test]
    public void AFifo_IsAPipe()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"fifo-{poller}");
        File.Delete(path);
        RealLoops.Run(poller, async loop =>
        {
            using var making = await loop.CreateSubprocessExecAsync("mkfifo", path);
            Assert.That(await making.WaitAsync(), Is.Zero);
            using var writing = await loop.CreateSubprocessExecAsync("sh", "-c", "echo by name > \"$0\"", path);
            var handle = await loop.RunInExecutorAsync(() => File.OpenHandle(path));
            using var reader = poller == RealLoops.Epoll
                ? loop.ConnectReadPipe(handle, "the writer")
                : loop.ConnectReadPipe(new FileStream(handle, FileAccess.Read, 0), "the writer");
            Assert.That((await ReceiveAsync(reader), await ReceiveAsync(reader)), Is.EqualTo(("by name\n", "")));
            Assert.That(await writing.WaitAsync(), Is.Zero);
        });
        File.Delete(path);
    }

    /// <summary>What is no pipe, or no poller's, is refused at once and stays the caller's.</summary>
    [Test]
    public void WhatCannotBeWatched_IsRefused() => RealLoops.Run(poller, async loop =>
    {
        using var file = File.OpenHandle(typeof(PipeTests).Assembly.Location);
        var error = await Caught.ByAsync<Exception>(() => Task.FromResult(loop.ConnectReadPipe(file)));
        Assert.That(error, poller == RealLoops.Epoll ? Is.TypeOf<ArgumentException>() : Is.TypeOf<NotSupportedException>());
        Assert.That(file.IsClosed, Is.False);
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        await Caught.ByAsync<ArgumentException>(() => Task.FromResult(loop.ConnectReadPipe(pipe)));
    });

    /// <summary>A pipe that is left open when the loop closes keeps nobody; it is told, and closed.</summary>
    [Test]
    public void LeftOpen_APipeHoldsNobodyUp()
    {
        var lines = new List<string>();
        var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        RealLoops.Run(poller, loop =>
        {
            var reader = Connect(loop, new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle), isWrite: false);
            Asyncio.CreateTask(() => ReceiveAsync(reader));
            return Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5)).AsTask();
        }, lines.Add);
        Assert.That(lines, Has.Count.EqualTo(1).And.One.Contains("there is still open: connection this process to the writer."));
        Assert.That(pipe.ClientSafePipeHandle.IsClosed, Is.True);
        pipe.Dispose();
    }

    private void Run(Func<EventLoop, IConnection, IConnection, Task> body) => RealLoops.Run(poller, async loop =>
    {
        // It owns both handles until the end: its finalizer would close them.
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var writer = Connect(loop, server, isWrite: true);
        using var reader = Connect(loop, new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle), isWrite: false);
        await body(loop, reader, writer);
    });

    private IConnection Connect(EventLoop loop, PipeStream pipe, bool isWrite) => (poller, isWrite) switch
    {
        (RealLoops.Epoll, true) => loop.ConnectWritePipe(pipe.SafePipeHandle, "the reader"),
        (RealLoops.Epoll, false) => loop.ConnectReadPipe(pipe.SafePipeHandle, "the writer"),
        (_, true) => loop.ConnectWritePipe(pipe, "the reader"),
        _ => loop.ConnectReadPipe(pipe, "the writer"),
    };

    private static async Task SendForEverAsync(IConnection writer)
    {
        while (true)
        {
            await writer.SendAsync(new byte[50_000]);
        }
    }

    private static async Task<string> ReceiveAsync(IConnection reader)
    {
        var buffer = new byte[100];
        return Encoding.ASCII.GetString(buffer, 0, await reader.ReceiveAsync(buffer));
    }

    private static async Task<T> CatchAsync<T>(Future future)
        where T : Exception
    {
        await Asyncio.WaitAsync([future]);
        Assert.That(future.Exception, Is.InstanceOf<T>());
        return (T)future.Exception!;
    }
}
