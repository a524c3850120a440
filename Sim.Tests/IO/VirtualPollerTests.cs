using System.Net.Sockets;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

public sealed class VirtualPollerTests
{
    private readonly List<PollEvent> _ready = [];

    [Test]
    public void ADeadline_MovesTheClockToIt_Exactly()
    {
        var clock = new VirtualClock();
        using var poller = new VirtualPoller(clock);
        foreach (var ticks in (long[])[1, 2, TimeSpan.TicksPerDay * 365, TimeSpan.TicksPerDay * 3650])
        {
            Assert.That(poller.Poll(new Instant(ticks), _ready), Is.EqualTo(PollOutcome.Continue));
            Assert.That(clock.Now, Is.EqualTo(new Instant(ticks)));
        }
    }

    [Test]
    public void APendingWake_IsTakenBeforeTheDeadline_AndTimeStandsStill()
    {
        var clock = new VirtualClock();
        using var poller = new VirtualPoller(clock);
        var deadline = clock.Now + TimeSpan.FromSeconds(1);
        poller.Wake();
        poller.Poll(deadline, _ready);
        Assert.That(clock.Now, Is.EqualTo(Instant.Zero));
        poller.Poll(deadline, _ready);
        Assert.That(clock.Now, Is.EqualTo(deadline));
    }

    [Test]
    public void WithoutDeadlineOrWake_TheLoopIsStalled_AndAWakeLaterRevivesIt()
    {
        using var poller = new VirtualPoller(new VirtualClock());
        Assert.That(poller.Poll(null, _ready), Is.EqualTo(PollOutcome.Stalled));
        poller.Wake();
        Assert.That(poller.Poll(null, _ready), Is.EqualTo(PollOutcome.Continue));
        Assert.That(poller.Poll(null, _ready), Is.EqualTo(PollOutcome.Stalled));
    }

    [Test]
    public void Patience_LetsWorkOnAnotherThreadComeBack_AndTimeStandsStill()
    {
        var clock = new VirtualClock();
        using var poller = new VirtualPoller(clock, TimeSpan.FromSeconds(30));
        var cameBack = false;
        var work = new Thread(() =>
        {
            Thread.Sleep(20);
            Volatile.Write(ref cameBack, true);
            poller.Wake();
        });
        work.Start();
        Assert.That(poller.Poll(null, _ready), Is.EqualTo(PollOutcome.Continue));
        Assert.That(Volatile.Read(ref cameBack), Is.True);
        Assert.That(clock.Now, Is.EqualTo(Instant.Zero));
        work.Join();
    }

    [Test]
    public void Patience_ThatRunsOut_IsAStall_AfterThatMuchRealTime()
    {
        var patience = TimeSpan.FromMilliseconds(30);
        using var poller = new VirtualPoller(new VirtualClock(), patience);
        var before = SystemClock.Instance.Now;
        Assert.That(poller.Poll(null, _ready), Is.EqualTo(PollOutcome.Stalled));
        // A monitor counts in milliseconds, from the last tick of a coarse clock.
        Assert.That(SystemClock.Instance.Now - before, Is.GreaterThan(patience / 2));
    }

    [Test]
    public void Patience_IsNotSpentOnADeadline()
    {
        var clock = new VirtualClock();
        using var poller = new VirtualPoller(clock, TimeSpan.FromDays(1));
        poller.Poll(clock.Now + TimeSpan.FromHours(1), _ready);
        Assert.That(clock.Now.SinceOrigin, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void ImpossiblePatience_IsRefused()
    {
        var clock = new VirtualClock();
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new VirtualPoller(clock, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new VirtualPoller(clock, TimeSpan.MaxValue));
    }

    [Test]
    public void ARealHandle_IsRefused_WithTheRoadToTake()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var poller = new VirtualPoller(new VirtualClock());
        var refusal = Assert.Throws<NotSupportedException>(
            () => poller.Register(socket.SafeHandle, PollInterest.Read, "token"));
        Assert.That(refusal!.Message, Does.Contain("SafeSocketHandle").And.Contain("VirtualNetwork").And.Contain("real time"));
    }

    [Test]
    public void PollingADisposedPoller_IsRefused()
    {
        var poller = new VirtualPoller(new VirtualClock());
        poller.Dispose();
        Assert.Throws<ObjectDisposedException>(() => poller.Poll(null, _ready));
    }

    [Test]
    public void PollingAllocatesNothing()
    {
        var clock = new VirtualClock();
        using var poller = new VirtualPoller(clock);
        Assert.That(Polls(1), Is.Not.Negative);
        Assert.That(Polls(1000), Is.Zero);

        long Polls(int count)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < count; i++) poller.Poll(clock.Now + TimeSpan.FromTicks(1), _ready);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
