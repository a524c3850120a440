using System.Runtime.InteropServices;
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
    public void Signals_DoNotEndTheWait()
    {
        using var handler = PosixSignalRegistration.Create((PosixSignal)LibC.WindowChanged, static _ => { });
        var deadline = default(Instant);
        var (polling, over) = (new ManualResetEventSlim(), default(Instant));
        nint thread = 0;
        var waiter = new Thread(() =>
        {
            thread = LibC.CurrentThread();
            deadline = SystemClock.Instance.Now + TimeSpan.FromMilliseconds(100);
            polling.Set();
            _poller.Poll(deadline, _ready);
            over = SystemClock.Instance.Now;
        });
        waiter.Start();
        polling.Wait();
        for (var i = 0; i < 10 && SystemClock.Instance.Now + TimeSpan.FromMilliseconds(20) < deadline; i++)
        {
            Assert.That(LibC.Signal(thread, LibC.WindowChanged), Is.Zero);
            Thread.Sleep(5);
        }

        waiter.Join();
        polling.Dispose();
        Assert.That(over, Is.GreaterThanOrEqualTo(deadline));
    }

    [Test]
    public void AWaitWithoutDeadline_AfterOneWithADeadline_Sleeps()
    {
        // A timer that has struck and was left standing would end every wait at once, and the wait would be spinning.
        _poller.Poll(SystemClock.Instance.Now + TimeSpan.FromMilliseconds(1), _ready);
        var waker = new Thread(() =>
        {
            Thread.Sleep(100);
            _poller.Wake();
        });
        waker.Start();
        var before = LibC.ThreadTime();
        _poller.Poll(null, _ready);
        Assert.That(LibC.ThreadTime() - before, Is.LessThan(TimeSpan.FromMilliseconds(20)));
        waker.Join();
    }

    [Test]
    public void PollingAllocatesNothing()
    {
        using var socket = TestSockets.Bound();
        _poller.Register(socket.SafeHandle, PollInterest.Write, "socket");
        Polls(10);
        // The least of several: a collection that another test causes counts the rest of this thread's allocation block.
        var least = Math.Min(Polls(1000), Math.Min(Polls(1000), Polls(1000)));
        Assert.That(least, Is.Zero);

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
        using var socket = TestSockets.Bound();
        _poller.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _poller.Poll(null, _ready));
        Assert.Throws<ObjectDisposedException>(() => _poller.Register(socket.SafeHandle, PollInterest.Read, "socket"));
    }
}
