using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Readers and writers: rule 27, on real time with real sockets.</summary>
public sealed class ReaderTests() : LoopFixture(LoopKind.Real), IDisposable
{
    private Socket _near = null!;
    private Socket _far = null!;

    [SetUp]
    public void Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _far.Connect(listener.LocalEndPoint!);
        _near = listener.Accept();
        _near.Blocking = false;
    }

    [TearDown]
    public void Disconnect()
    {
        _near?.Dispose();
        _far?.Dispose();
    }

    public void Dispose() => Disconnect();

    /// <summary>Rule 27: level-triggered: it fires in every iteration while there is something to read.</summary>
    [Test]
    public void AReader_FiresWhileThereIsSomethingToRead()
    {
        Loop.AddReader(_near.SafeHandle, () =>
        {
            Log.Add("ready");
            if (Log.Count == 3)
            {
                _near.Receive(new byte[16]);
                Loop.CallLater(Milliseconds(20), Loop.Stop);
            }
        });
        _far.Send("x"u8);
        Loop.RunForever();
        Assert.That(Log, Has.Count.EqualTo(3));
    }

    /// <summary>
    /// Rules 2 and 13: a stop in the batch of an event does not make the event come twice. asyncio:
    /// test_base_events.test_single_selecter_event_callback_after_stopping.
    /// </summary>
    [Test]
    public void AnEventOfTheIterationThatStops_ComesOnce()
    {
        Loop.AddReader(_near.SafeHandle, () =>
        {
            Log.Add("event");
            _near.Receive(new byte[16]);
        });
        _far.Send("x"u8);
        _near.Poll(1_000_000, SelectMode.SelectRead);
        for (var i = 0; i < 2; i++)
        {
            Loop.CallSoon(Loop.Stop);
            Loop.RunForever();
            Assert.That(Log, Has.Count.EqualTo(1));
        }
    }

    /// <summary>
    /// Rule 53 for a wait on a handle: cancelled, it does not wait for the handle. asyncio:
    /// test_events.test_prompt_cancellation.
    /// </summary>
    [Test]
    public void CancellingAWaitForAHandle_IsPrompt() => Run(async () =>
    {
        var task = Asyncio.CreateTask(ReadableAsync);
        await Asyncio.YieldAsync();
        var start = Loop.Iteration;
        Loop.CallSoon(() => task.Cancel());
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            LogTick("cancelled", start);
        }

        Assert.That(Log, Is.EqualTo((string[])["no reader any more: True", "cancelled@3"]));

        async Task ReadableAsync()
        {
            var readable = Loop.CreateFuture<ValueTuple>();
            Loop.AddReader(_near.SafeHandle, () => readable.TrySetResult(default));
            try
            {
                await readable;
            }
            finally
            {
                Log.Add($"no reader any more: {Loop.RemoveReader(_near.SafeHandle)}");
            }
        }
    });

    /// <summary>Rule 27: adding another replaces it.</summary>
    [Test]
    public void AddingAnotherReader_ReplacesTheFirst()
    {
        Loop.AddReader(_near.SafeHandle, () => Log.Add("first"));
        Loop.AddReader(_near.SafeHandle, () =>
        {
            Log.Add("second");
            Loop.Stop();
        });
        _far.Send("x"u8);
        Loop.RunForever();
        Assert.That(Log, Is.EqualTo((string[])["second"]));
    }

    /// <summary>Rule 27: replacing or removing it cancels the callback even when that is in this batch already.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void AReaderTakenAwayInItsBatch_DoesNotRun(bool replace)
    {
        _far.Send("x"u8);
        var handle = _near.SafeHandle;
        Loop.AddWriter(_far.SafeHandle, () => Log.Add("other handle"));
        Loop.AddReader(handle, () => Log.Add("taken away"));
        OnOtherThread(() => Loop.CallSoonThreadSafe(() =>
        {
            // Taken from the inbox before this poll's I/O: runs first in the batch that holds the reader's callback.
            if (replace)
            {
                Loop.AddReader(handle, () => Log.Add("replacement"));
            }
            else
            {
                Assert.That(Loop.RemoveReader(handle), Is.True);
            }
        }));
        Iterate();
        Assert.That(Log, Does.Not.Contain("taken away").And.Not.Contain("replacement"));
        Iterate();
        Assert.That(Log, replace ? Does.Contain("replacement") : Does.Not.Contain("taken away"));
    }

    /// <summary>Rule 27: one handle: read before write.</summary>
    [Test]
    public void OneHandle_ReadsBeforeItWrites()
    {
        _far.Send("x"u8);
        _near.Poll(1_000_000, SelectMode.SelectRead);
        Loop.AddWriter(_near.SafeHandle, () => Log.Add("write"));
        Loop.AddReader(_near.SafeHandle, () => Log.Add("read"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["read", "write"]));
        Assert.That((Loop.RemoveReader(_near.SafeHandle), Loop.RemoveReader(_near.SafeHandle)), Is.EqualTo((true, false)));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["read", "write", "write"]), "the writer stays");
        Assert.That((Loop.RemoveWriter(_near.SafeHandle), Loop.RemoveWriter(_near.SafeHandle)), Is.EqualTo((true, false)));
        Iterate();
        Assert.That(Log, Has.Count.EqualTo(3));
    }

    /// <summary>Rules 1 and 3: what was ready already, then I/O, then due timers.</summary>
    [Test]
    public void Io_ComesAfterWhatWasReady_AndBeforeDueTimers()
    {
        _far.Send("x"u8);
        _near.Poll(1_000_000, SelectMode.SelectRead);
        Loop.CallLater(TimeSpan.Zero, () => Log.Add("timer"));
        Loop.AddReader(_near.SafeHandle, () => Log.Add("io"));
        Loop.CallSoon(() => Log.Add("ready"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["ready", "io", "timer"]));
    }

    /// <summary>Rule 90: the context of the registration.</summary>
    [Test]
    public void AReader_RunsInTheContextOfItsRegistration()
    {
        var local = new AsyncLocal<string> { Value = "registration" };
        Loop.AddReader(_near.SafeHandle, () =>
        {
            Log.Add(local.Value!);
            local.Value = "callback";
            Log.Add(Asyncio.CurrentTask() is null ? "no task" : "a task");
            Loop.Stop();
        });
        local.Value = "later";
        _far.Send("x"u8);
        Loop.RunForever();
        Assert.That(Log, Is.EqualTo((string[])["registration", "no task"]));
        Assert.That(local.Value, Is.EqualTo("later"));
    }

    [Test]
    public void AReaderThatThrows_IsReportedByItsName()
    {
        _far.Send("x"u8);
        _near.Poll(1_000_000, SelectMode.SelectRead);
        Loop.AddReader(_near.SafeHandle, ReadBadly);
        Iterate();
        Loop.RemoveReader(_near.SafeHandle);
        Assert.That(TakeError().Task, Is.EqualTo("ReadBadly"));

        static void ReadBadly() => throw new IOException("bad");
    }

    [Test]
    public void AVirtualLoop_RefusesARealHandle()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        Assert.That(() => loop.AddReader(_near.SafeHandle, () => { }), Throws.TypeOf<NotSupportedException>());
        Assert.That(loop.RemoveReader(_near.SafeHandle), Is.False, "a refused reader leaves nothing behind");
    }
}
