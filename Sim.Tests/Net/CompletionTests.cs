using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Sockets by completions, beyond the contract: whatever is cut off while it is under way leaves nothing behind.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CompletionTests
{
    private static readonly byte[] _large = new byte[10_000_000];

    private readonly List<string> _errors = [];

    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    [TearDown]
    public void NothingWasReported() => Assert.That(_errors, Is.Empty);

    [Test]
    public void ManyConnections_CancelledDisposedAndBrokenOffWhileTheyWait_LeaveNothing()
    {
        var before = Handles();
        var unobserved = UnobservedWhile(() => Run(async network =>
        {
            using var listener = await network.ListenAsync(AnyPort, 512);
            var serving = Asyncio.CreateTask(() => ServeAsync(listener));
            for (var round = 0; round < 3; round++)
            {
                var clients = from seed in Enumerable.Range(0, 100)
                              select Asyncio.CreateTask(() => WorryAsync(network, listener.LocalEndPoint, seed));
                await Asyncio.GatherAsync([.. clients]);
            }

            listener.Dispose();
            await serving;
        }));
        Assert.That(unobserved, Is.Empty);
        Assert.That(Handles() - before, Is.LessThan(30));
    }

    [Test]
    public void ALoopThatIsClosed_TakesWhatIsUnderWayWithIt()
    {
        const int Times = 30;
        var before = Handles();
        var unobserved = UnobservedWhile(() =>
        {
            for (var i = 0; i < Times; i++)
            {
                var peers = CloseInTheMiddle();
                foreach (var peer in peers)
                {
                    peer.ReceiveTimeout = 10_000;
                    Assert.That(Drained(peer), Is.EqualTo(SocketError.Success).Or.EqualTo(SocketError.ConnectionReset));
                    peer.Dispose();
                }
            }
        });
        Assert.That(unobserved, Is.Empty);
        Assert.That(Handles() - before, Is.LessThan(Times));
    }

    /// <summary>A poller of one's own that stands on completions: sockets go by what it says of itself, not by its type.</summary>
    [Test]
    public void APollerThatStandsOnAnother_HasItsCompletions()
    {
        var clock = new Samples.FastClock(SystemClock.Instance, speed: 2);
        using var loop = new EventLoop(clock, new Samples.FastPoller(clock, new CompletionPoller(SystemClock.Instance)));
        loop.RunUntilComplete(async () =>
        {
            var network = new SocketNetwork(loop);
            using var listener = await network.ListenAsync(AnyPort);
            using var near = await network.ConnectAsync(listener.LocalEndPoint);
            using var far = await listener.AcceptAsync();
            var receiving = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[2]));
            await Asyncio.YieldAsync();
            await near.SendAsync(new byte[1]);
            Assert.That(await receiving, Is.EqualTo(1));
        });
    }

    [Test]
    public void TheMemoryOfASendThatWasCancelled_IsFree() => Run(static async network =>
    {
        using var listener = await network.ListenAsync(AnyPort);
        for (var round = 0; round < 20; round++)
        {
            var near = await network.ConnectAsync(listener.LocalEndPoint);
            using var far = await listener.AcceptAsync();
            var (chunk, sent) = (new byte[64 * 1024], 0L);
            Array.Fill(chunk, (byte)1);
            var sending = Asyncio.CreateTask(async () =>
            {
                for (; ; sent += chunk.Length)
                {
                    await near.SendAsync(chunk);
                }
            });
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(10));
            sending.Cancel();
            await Asyncio.WaitAsync([sending]);
            Assert.That(sending.IsCancelled);
            // What is begun may go still, and is to go as it was.
            Array.Fill(chunk, (byte)2);
            if (round % 2 == 0)
            {
                // Waits for what is under way.
                var last = Asyncio.CreateTask(async () => await near.SendAsync(new byte[] { 3, 3, 3 }));
                var bytes = await ReceiveAllAsync(far, until: 3);
                Assert.That(bytes.AsSpan().IndexOfAnyExcept((byte)1), Is.EqualTo(-1));
                Assert.That(bytes, Has.Length.GreaterThanOrEqualTo(sent));
                await last;
                near.Dispose();
            }
            else
            {
                near.ShutdownSend();
                Assert.That((await ReceiveAllAsync(far, until: -1)).AsSpan().IndexOfAnyExcept((byte)1), Is.EqualTo(-1));
                near.Dispose();
            }
        }
    });

    [Test]
    public void ASendThatWaits_SendsEveryByteOnce() => Run(static async network =>
    {
        // Slow readers and senders that are cancelled now and then: what was sent before must come, in order.
        using var listener = await network.ListenAsync(AnyPort);
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        var sending = Asyncio.CreateTask(async () =>
        {
            var (random, at) = (new Random(1), 0);
            while (at < 20_000_000)
            {
                var bytes = new byte[random.Next(1, 300_000)];
                for (var i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = (byte)((at + i) % 251);
                }

                await near.SendAsync(bytes);
                at += bytes.Length;
            }

            near.ShutdownSend();
            return at;
        });
        var (buffer, have, pauses) = (new byte[100_000], 0, 0);
        while (await far.ReceiveAsync(buffer) is > 0 and var count)
        {
            for (var i = 0; i < count; i++, have++)
            {
                if (buffer[i] != (byte)(have % 251))
                {
                    Assert.Fail($"byte {have} is {buffer[i]}");
                }
            }

            if (++pauses % 50 == 0)
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
            }
        }

        Assert.That(have, Is.EqualTo(await sending));
    });

    [Test]
    public void ReadersAndWriters_AreRefused_WithTheRoadToTake() => Run(static async _ =>
    {
        using var socket = TestSockets.Bound();
        var loop = Asyncio.GetRunningLoop();
        Assert.That(
            () => loop.AddReader(socket.SafeHandle, static () => { }),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("SocketNetwork").And.Message.Contains("SelectPoller"));
        await Asyncio.YieldAsync();
    });

    [Test]
    public void ALoopThatHasNothingToDo_DoesNotTurn() => Run(static async network =>
    {
        var loop = Asyncio.GetRunningLoop();
        using var listener = await network.ListenAsync(AnyPort);
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        var accepting = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        var receiving = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1]));
        await near.SendAsync(new byte[3]);
        await receiving;
        var start = loop.Iteration;
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));
        Assert.That(loop.Iteration - start, Is.LessThan(10));
        accepting.Cancel();
        await Asyncio.WaitAsync([accepting]);
    });

    private void Run(Func<SocketNetwork, Task> body)
    {
        using var loop = NewLoop();
        loop.RunUntilComplete(() => body(new SocketNetwork(loop)));
    }

    private EventLoop NewLoop() => new(
        SystemClock.Instance, new CompletionPoller(SystemClock.Instance), new LoopOptions { Log = static _ => { } })
    {
        ExceptionHandler = error => _errors.Add(error.ToString()),
    };

    // A connection that waits for bytes, one that waits for room, one that is being made, one that is being accepted.
    private List<Socket> CloseInTheMiddle()
    {
        var peers = new List<Socket>();
        using var loop = NewLoop();
        loop.RunUntilComplete(async () =>
        {
            var network = new SocketNetwork(loop);
            var listener = await network.ListenAsync(AnyPort);
            peers.Add(Connected(listener.LocalEndPoint));
            peers.Add(Connected(listener.LocalEndPoint));
            var (one, two) = (await listener.AcceptAsync(), await listener.AcceptAsync());
            _ = Asyncio.CreateTask(async () => await one.ReceiveAsync(new byte[1]));
            _ = Asyncio.CreateTask(async () => await two.SendAsync(_large));
            _ = Asyncio.CreateTask(async () => await listener.AcceptAsync());
            await Asyncio.YieldAsync();
            _ = Asyncio.CreateTask(async () => await network.ConnectAsync(listener.LocalEndPoint));
            await Asyncio.YieldAsync();
            // Perhaps it is accepted, and nobody is told of it any more.
            peers.Add(Connected(listener.LocalEndPoint));
        });
        return peers;
    }

    private static Socket Connected(EndPoint remote)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(remote);
        return socket;
    }

    private static SocketError Drained(Socket socket)
    {
        var (buffer, error) = (new byte[1 << 16], SocketError.Success);
        while (socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out error) > 0)
        {
        }

        return error;
    }

    private static async Task<byte[]> ReceiveAllAsync(IConnection connection, int until)
    {
        var (all, buffer) = (new List<byte>(), new byte[1 << 16]);
        while (await connection.ReceiveAsync(buffer) is > 0 and var count)
        {
            var end = until < 0 ? -1 : buffer.AsSpan(0, count).IndexOf((byte)until);
            all.AddRange(buffer.AsSpan(0, end < 0 ? count : end));
            if (end >= 0)
            {
                break;
            }
        }

        return [.. all];
    }

    private static async Task ServeAsync(IListener listener)
    {
        var echoes = new List<LoopTask>();
        while (true)
        {
            try
            {
                var accepted = await listener.AcceptAsync();
                echoes.Add(Asyncio.CreateTask(() => EchoAsync(accepted)));
            }
            catch (ObjectDisposedException)
            {
                await Asyncio.GatherAsync([.. echoes]);
                return;
            }
        }
    }

    private static async Task EchoAsync(IConnection connection)
    {
        using (connection)
        {
            try
            {
                var buffer = new byte[20_000];
                while (await connection.ReceiveAsync(buffer) is > 0 and var count)
                {
                    await connection.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (NetworkException)
            {
                // Broken off.
            }
        }
    }

    // Sends, receives, gives up what it waits for, and ends in one of four ways while something is under way.
    private static async Task WorryAsync(SocketNetwork network, EndPoint remote, int seed)
    {
        var random = new Random(seed);
        var connection = await network.ConnectAsync(remote);
        for (var turn = 0; turn < 5; turn++)
        {
            var message = new byte[random.Next(1, 5000)];
            random.NextBytes(message);
            await connection.SendAsync(message);
            var answer = new byte[message.Length];
            for (var have = 0; have < answer.Length;)
            {
                var receiving = Asyncio.CreateTask(async () => await connection.ReceiveAsync(answer.AsMemory(have)));
                if (random.Next(3) == 0)
                {
                    await Asyncio.YieldAsync();
                    receiving.Cancel();
                }

                await Asyncio.WaitAsync([receiving]);
                have += receiving.IsCancelled ? 0 : await receiving;
            }

            Assert.That(answer, Is.EqualTo(message));
        }

        var waiting = Asyncio.CreateTask(async () => await connection.ReceiveAsync(new byte[1]));
        var stuffing = Asyncio.CreateTask(async () => await connection.SendAsync(_large.AsMemory(0, seed % 2 == 0 ? 1 : _large.Length)));
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
        waiting.Cancel();
        stuffing.Cancel();
        if (seed % 4 < 2)
        {
            connection.Dispose();
        }
        else
        {
            connection.Abort();
        }

        await Asyncio.WaitAsync([waiting, stuffing]);
    }

    private static List<Exception> UnobservedWhile(Action body)
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Add(args.Exception);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            body();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return unobserved;
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    private static int Handles()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.HandleCount;
    }
}
