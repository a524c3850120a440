using System.IO.Pipes;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What epoll can watch and what it cannot, and the traps of descriptor numbers.</summary>
[Platform("Linux")]
[TestFixture(EpollTimer.Automatic)]
[TestFixture(EpollTimer.TimerFd)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EpollPollerHandleTests(EpollTimer timer) : IDisposable
{
    private readonly List<PollEvent> _ready = [];
    private readonly EpollPoller _poller = new(SystemClock.Instance, timer);

    public void Dispose() => _poller.Dispose();

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
    public void ANumberUsedAgain_BelongsToItsNewHandle()
    {
        var old = LibC.DuplicateOf(TestSockets.Bound(), disposeOriginal: true);
        var number = old.DangerousGetHandle();
        _poller.Register(old, PollInterest.Write, "old");
        Assert.That(Look(), Is.EqualTo([new PollEvent("old", PollInterest.Write)]));
        old.Dispose();

        using var current = LibC.DuplicateOf(TestSockets.Bound(), disposeOriginal: true);
        Assert.That(current.DangerousGetHandle(), Is.EqualTo(number));
        Assert.That(Look(), Is.Empty, "nobody watches the new socket yet");
        _poller.Register(current, PollInterest.Write, "new");
        Assert.That(Look(), Is.EqualTo([new PollEvent("new", PollInterest.Write)]));
        _poller.Register(old, PollInterest.None, "old");
        Assert.That(Look(), Is.EqualTo([new PollEvent("new", PollInterest.Write)]), "giving up the old one is no concern of the new");
    }

    [Test]
    public void AClosedHandleKeptAliveByADuplicate_IsNotReported_NorDoesItKeepThePollerBusy()
    {
        var clock = new CountingClock();
        using var poller = new EpollPoller(clock, timer);
        using var original = TestSockets.Bound();
        var old = LibC.DuplicateOf(original, disposeOriginal: false);
        var number = old.DangerousGetHandle();
        poller.Register(old, PollInterest.Write, "old");
        old.Dispose();
        using var current = LibC.DuplicateOf(TestSockets.Bound(), disposeOriginal: true);
        Assert.That(current.DangerousGetHandle(), Is.EqualTo(number));
        poller.Register(current, PollInterest.Read, "new");

        // The kernel still reports the old file as writable, for which there is nobody. A poller that only ignored
        // it would be back at once and look at the clock again, thousands of times.
        poller.Poll(clock.Now + TimeSpan.FromMilliseconds(100), _ready);
        Assert.That(_ready, Is.Empty);
        Assert.That(clock.Reads, Is.LessThan(20));

        using var view = new Socket(current);
        view.SendTo([1], view.LocalEndPoint!);
        poller.Poll(null, _ready);
        Assert.That(_ready, Is.EqualTo([new PollEvent("new", PollInterest.Read)]), "the others are still watched");
        poller.Register(current, PollInterest.None, "new");
        poller.Wake();
        poller.Poll(null, _ready);
        Assert.That(_ready, Has.Count.EqualTo(1), "wakes still arrive, and what was given up stays so");
    }

    [Test]
    public void TwoHandleObjectsForOneDescriptor_TheLastRegisteredCounts()
    {
        using var socket = TestSockets.Bound();
        using var view = new SafeFileHandle(socket.Handle, ownsHandle: false);
        _poller.Register(socket.SafeHandle, PollInterest.Write, "first");
        _poller.Register(view, PollInterest.Write, "second");
        Assert.That(Look(), Is.EqualTo([new PollEvent("second", PollInterest.Write)]));
    }

    [Test]
    public void MoreReadyHandlesThanOnePollCanTake_AllGetTheirTurn()
    {
        var sockets = Enumerable.Range(0, 300).Select(_ => TestSockets.Bound()).ToList();
        foreach (var (place, socket) in sockets.Index()) _poller.Register(socket.SafeHandle, PollInterest.Write, place);
        for (var i = 0; i < 2; i++) _poller.Poll(null, _ready);
        Assert.That(_ready.Select(found => (int)found.Token).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 300)));
        sockets.ForEach(socket => socket.Dispose());
    }

    private List<PollEvent> Look()
    {
        _ready.Clear();
        _poller.Poll(SystemClock.Instance.Now, _ready);
        return _ready;
    }
}
