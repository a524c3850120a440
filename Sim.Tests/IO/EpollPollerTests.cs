using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

[Platform("Linux")]
[TestFixture(EpollTimer.Automatic)]
[TestFixture(EpollTimer.TimerFd)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EpollPollerTests(EpollTimer timer) : IDisposable
{
    private readonly List<PollEvent> _ready = [];
    private readonly EpollPoller _poller = new(SystemClock.Instance, timer);

    public void Dispose() => _poller.Dispose();

    [Test]
    public void TheTimerInUse_IsNamed() =>
        Assert.That(_poller.Timer, timer == EpollTimer.Automatic ? Is.Not.EqualTo(timer) : Is.EqualTo(timer));

    [Test]
    public void APipe_IsReadable_WithData_AndWhenItsWriterIsGone()
    {
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        var writer = new AnonymousPipeClientStream(PipeDirection.Out, reader.ClientSafePipeHandle);
        _poller.Register(reader.SafePipeHandle, PollInterest.Read, "pipe");
        Assert.That(Look(), Is.Empty);
        writer.WriteByte(1);
        Assert.That(Look(), Is.EqualTo([new PollEvent("pipe", PollInterest.Read)]));
        Assert.That(reader.ReadByte(), Is.EqualTo(1));
        Assert.That(Look(), Is.Empty);
        writer.Dispose();
        Assert.That(Look(), Is.EqualTo([new PollEvent("pipe", PollInterest.Read)]));
    }

    [Test]
    public void APipe_IsWritable_WithRoom_AndWhenItsReaderIsGone()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        _poller.Register(writer.SafePipeHandle, PollInterest.Write, "pipe");
        Assert.That(Look(), Is.EqualTo([new PollEvent("pipe", PollInterest.Write)]));
        reader.Dispose();
        Assert.That(Look(), Is.EqualTo([new PollEvent("pipe", PollInterest.Write)]));
        _poller.Register(writer.SafePipeHandle, PollInterest.Read, "pipe");
        Assert.That(Look(), Is.EqualTo([new PollEvent("pipe", PollInterest.Read)]), "an error wakes every direction");
    }

    [Test]
    public void ARegularFile_IsRefused()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var file = File.OpenHandle(path);
            var refusal = Assert.Throws<ArgumentException>(() => _poller.Register(file, PollInterest.Read, "file"));
            Assert.That(refusal!.Message, Does.Contain("regular file"));
            Assert.That(Look(), Is.Empty);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void ANumberThatIsNoDescriptor_IsRefused()
    {
        foreach (var number in (nint[])[1_000_000, int.MaxValue, unchecked((nint)0x7fff_1234_5678_0000)])
        {
            using var handle = new SafeFileHandle(number, ownsHandle: false);
            Assert.Throws<ArgumentException>(() => _poller.Register(handle, PollInterest.Read, "nothing"));
        }
    }

    [Test]
    public void ADescriptorUsedAgain_BelongsToItsNewHandle()
    {
        var old = Bound();
        var descriptor = old.Handle;
        _poller.Register(old.SafeHandle, PollInterest.Write, "old");
        Assert.That(Look(), Has.Count.EqualTo(1));
        old.Dispose();
        using var current = BoundTo(descriptor);
        Assert.That(Look(), Is.Empty, "nobody watches the new socket yet");
        _poller.Register(current.SafeHandle, PollInterest.Write, "new");
        Assert.That(Look(), Is.EqualTo([new PollEvent("new", PollInterest.Write)]));
        _poller.Register(old.SafeHandle, PollInterest.None, "old");
        Assert.That(Look(), Is.EqualTo([new PollEvent("new", PollInterest.Write)]), "giving up the old handle is no concern of the new");
    }

    [Test]
    public void AClosedHandleKeptAliveByADuplicate_IsNotReported_NorDoesItKeepThePollerBusy()
    {
        var clock = new CountingClock();
        using var poller = new EpollPoller(clock, timer);
        var old = Bound();
        var descriptor = old.Handle;
        using var duplicate = new SafeFileHandle(Dup((int)descriptor), ownsHandle: true);
        poller.Register(old.SafeHandle, PollInterest.Write, "old");
        old.Dispose();
        using var current = BoundTo(descriptor);
        poller.Register(current.SafeHandle, PollInterest.Read, "new");

        // The kernel still reports the old file as writable, for which there is nobody. A poller that only ignored
        // it would be back at once and look at the clock again, thousands of times.
        poller.Poll(clock.Now + TimeSpan.FromMilliseconds(100), _ready);
        Assert.That(_ready, Is.Empty);
        Assert.That(clock.Reads, Is.LessThan(20));

        current.SendTo([1], current.LocalEndPoint!);
        poller.Poll(null, _ready);
        Assert.That(_ready, Is.EqualTo([new PollEvent("new", PollInterest.Read)]));
        poller.Register(current.SafeHandle, PollInterest.None, "new");
        poller.Wake();
        poller.Poll(null, _ready);
        Assert.That(_ready, Has.Count.EqualTo(1), "wakes still arrive, and a handle that was given up stays so");
    }

    [Test]
    public void TwoHandleObjectsForOneDescriptor_TheLastRegisteredCounts()
    {
        using var socket = Bound();
        using var view = new SafeFileHandle(socket.Handle, ownsHandle: false);
        _poller.Register(socket.SafeHandle, PollInterest.Write, "first");
        _poller.Register(view, PollInterest.Write, "second");
        Assert.That(Look(), Is.EqualTo([new PollEvent("second", PollInterest.Write)]));
    }

    [Test]
    public void MoreReadyHandlesThanOnePollCanTake_AllGetTheirTurn()
    {
        var sockets = Enumerable.Range(0, 300).Select(_ => Bound()).ToList();
        foreach (var (place, socket) in sockets.Index()) _poller.Register(socket.SafeHandle, PollInterest.Write, place);
        for (var i = 0; i < 2; i++) _poller.Poll(null, _ready);
        Assert.That(_ready.Select(found => (int)found.Token).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 300)));
        sockets.ForEach(socket => socket.Dispose());
    }

    [Test]
    public void Signals_DoNotEndTheWait()
    {
        using var handler = PosixSignalRegistration.Create((PosixSignal)WindowChanged, static _ => { });
        var deadline = default(Instant);
        var (polling, over) = (new ManualResetEventSlim(), default(Instant));
        nint thread = 0;
        var waiter = new Thread(() =>
        {
            thread = ThreadSelf();
            deadline = SystemClock.Instance.Now + TimeSpan.FromMilliseconds(100);
            polling.Set();
            _poller.Poll(deadline, _ready);
            over = SystemClock.Instance.Now;
        });
        waiter.Start();
        polling.Wait();
        for (var i = 0; i < 10 && SystemClock.Instance.Now + TimeSpan.FromMilliseconds(20) < deadline; i++)
        {
            Assert.That(ThreadKill(thread, WindowChanged), Is.Zero);
            Thread.Sleep(5);
        }

        waiter.Join();
        polling.Dispose();
        Assert.That(over, Is.GreaterThanOrEqualTo(deadline));
    }

    [Test]
    public void PollingAllocatesNothing()
    {
        using var socket = Bound();
        _poller.Register(socket.SafeHandle, PollInterest.Write, "socket");
        Polls(10);
        Assert.That(Polls(1000), Is.Zero);

        long Polls(int count)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < count; i++)
            {
                _ready.Clear();
                _poller.Wake();
                _poller.Poll(SystemClock.Instance.Now + TimeSpan.FromSeconds(1), _ready);
                _poller.Register(socket.SafeHandle, i % 2 == 0 ? PollInterest.Read : PollInterest.Write, "socket");
                _poller.Poll(SystemClock.Instance.Now + TimeSpan.FromTicks(1), _ready);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    public void WakesFromOtherThreads_WhileThePollerIsDisposed_DoNothing()
    {
        for (var round = 0; round < 20; round++)
        {
            var poller = new EpollPoller(SystemClock.Instance, timer);
            Exception? thrown = null;
            var waker = new Thread(() =>
            {
                try
                {
                    for (var i = 0; i < 10_000; i++) poller.Wake();
                }
                catch (Exception exception)
                {
                    thrown = exception;
                }
            });
            waker.Start();
            for (var i = 0; i < 100; i++) poller.Poll(SystemClock.Instance.Now, _ready);
            poller.Dispose();
            waker.Join();
            Assert.That(thrown, Is.Null);
        }
    }

    [Test]
    public void ADisposedPoller_RefusesWork()
    {
        using var socket = Bound();
        _poller.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _poller.Poll(null, _ready));
        Assert.Throws<ObjectDisposedException>(() => _poller.Register(socket.SafeHandle, PollInterest.Read, "socket"));
    }

    private const int WindowChanged = 28; // SIGWINCH

    [DllImport("libc", EntryPoint = "dup")]
    private static extern int Dup(int descriptor);

    [DllImport("libc", EntryPoint = "pthread_self")]
    private static extern nint ThreadSelf();

    [DllImport("libc", EntryPoint = "pthread_kill")]
    private static extern int ThreadKill(nint thread, int signal);

    private List<PollEvent> Look()
    {
        _ready.Clear();
        _poller.Poll(SystemClock.Instance.Now, _ready);
        return _ready;
    }

    private sealed class CountingClock : IClock
    {
        public int Reads { get; private set; }

        public Instant Now
        {
            get
            {
                Reads++;
                return SystemClock.Instance.Now;
            }
        }

        public DateTimeOffset UtcNow => SystemClock.Instance.UtcNow;
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    // The kernel gives out the lowest free number: opening sockets finds the wanted one sooner or later.
    private static Socket BoundTo(nint descriptor)
    {
        var others = new List<Socket>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                var socket = Bound();
                if (socket.Handle == descriptor) return socket;
                others.Add(socket);
            }
        }
        finally
        {
            others.ForEach(socket => socket.Dispose());
        }

        throw new InvalidOperationException($"Descriptor {descriptor} was not given out again.");
    }
}
