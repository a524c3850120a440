using System.IO.Pipes;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SelectPollerTests : IDisposable
{
    private readonly List<PollEvent> _ready = [];
    private readonly SelectPoller _poller = new(SystemClock.Instance);

    public void Dispose() => _poller.Dispose();

    [Test]
    public void APipe_IsRefused_WithTheRoadToTake()
    {
        using var pipe = new AnonymousPipeServerStream();
        var refusal = Assert.Throws<NotSupportedException>(
            () => _poller.Register(pipe.SafePipeHandle, PollInterest.Read, "pipe"));
        Assert.That(refusal!.Message, Does.Contain("SafePipeHandle").And.Contain("EpollPoller"));
    }

    [Test]
    public void AWatchedSocket_OutlivesThePoller_AndItsFinalizers()
    {
        using var socket = TestSockets.Bound();
        WatchAndDrop(socket);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(socket.SendTo([1], socket.LocalEndPoint!), Is.EqualTo(1));
        Assert.That(socket.Receive(new byte[1]), Is.EqualTo(1));
    }

    [Test]
    public void Watching_LeavesTheSocketsBlockingMode()
    {
        using var socket = TestSockets.Bound();
        socket.Blocking = false;
        _poller.Register(socket.SafeHandle, PollInterest.Read, "socket");
        _poller.Poll(SystemClock.Instance.Now, _ready);
        socket.Receive(new byte[1], 0, 1, SocketFlags.None, out var error);
        Assert.That(error, Is.EqualTo(SocketError.WouldBlock));
    }

    [Test]
    public void Events_ComeInOrderOfRegistration()
    {
        using var first = TestSockets.Bound();
        using var second = TestSockets.Bound();
        using var third = TestSockets.Bound();
        foreach (var (socket, name) in new[] { (third, "third"), (first, "first"), (second, "second") })
            _poller.Register(socket.SafeHandle, PollInterest.Read | PollInterest.Write, name);
        _poller.Register(first.SafeHandle, PollInterest.Write, "first, once more");
        _poller.Poll(null, _ready);
        object[] order = ["third", "first, once more", "second"];
        Assert.That(_ready.Select(found => found.Token), Is.EqualTo(order));
    }

    [Test]
    public void Wakes_AreSeen_WhileSocketsComeAndGo()
    {
        using var socket = TestSockets.Bound();
        for (var round = 0; round < 50; round++)
        {
            _poller.Register(socket.SafeHandle, PollInterest.Read, "socket");
            _poller.Poll(SystemClock.Instance.Now + TimeSpan.FromMilliseconds(1), _ready);
            _poller.Wake();
            _poller.Poll(null, _ready);
            _poller.Register(socket.SafeHandle, PollInterest.None, "socket");
            _poller.Wake();
            _poller.Poll(null, _ready);
        }

        Assert.That(_ready, Is.Empty);
        var deadline = SystemClock.Instance.Now + TimeSpan.FromMilliseconds(2);
        _poller.Poll(deadline, _ready);
        Assert.That(SystemClock.Instance.Now, Is.GreaterThanOrEqualTo(deadline));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void AWait_Sleeps_InsteadOfSpinning(bool watching)
    {
        var clock = new CountingClock();
        using var poller = new SelectPoller(clock);
        using var socket = TestSockets.Bound();
        using var closed = TestSockets.Bound();
        poller.Register(socket.SafeHandle, PollInterest.Read, "socket");
        poller.Register(closed.SafeHandle, PollInterest.Read, "closed");
        poller.Poll(clock.Now + TimeSpan.FromMilliseconds(1), _ready);
        closed.Dispose();
        poller.Wake();
        poller.Poll(null, _ready);
        if (!watching) poller.Register(socket.SafeHandle, PollInterest.None, "socket");

        // Not whole milliseconds: rounded down, the last one would be spent looking at the clock.
        var before = clock.Reads;
        poller.Poll(clock.Now + TimeSpan.FromMicroseconds(5_900), _ready);
        Assert.That(clock.Reads - before, Is.LessThan(20));
        Assert.That(_ready, Is.Empty);
    }

    [Test]
    public void PollingADisposedPoller_IsRefused()
    {
        _poller.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _poller.Poll(null, _ready));
    }

    private static void WatchAndDrop(Socket socket)
    {
        using var poller = new SelectPoller(SystemClock.Instance);
        poller.Register(socket.SafeHandle, PollInterest.Read, "socket");
        poller.Poll(SystemClock.Instance.Now, []);
    }
}
