using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>When the epoll poller looks instead of sleeping: one that looks reads the clock all the time.</summary>
[Platform("Linux")]
public sealed class EpollSpinTests
{
    // Many times what a sleep needs, and far less than a look of this length makes.
    private const int Few = 20;

    // With one processor it has nothing to wait for, and never looks.
    private static readonly bool _canLook = Environment.ProcessorCount > 1;

    private readonly CountingClock _clock = new();
    private readonly List<PollEvent> _ready = [];

    [Test]
    public void AfterShortWaits_ItLooks_AndAfterALookInVainItSleeps()
    {
        using var poller = new EpollPoller(_clock) { SpinTime = TimeSpan.FromMilliseconds(20) };
        Assert.That(ReadsOfALongWait(poller), Is.LessThan(Few), "before there was any short wait");
        ShortWaits(poller, 8);
        Assert.That(ReadsOfALongWait(poller) > Few, Is.EqualTo(_canLook), "after eight short waits");
        ShortWaits(poller, 4);
        Assert.That(ReadsOfALongWait(poller), Is.LessThan(Few), "after four short waits, where a look was in vain before");
    }

    [Test]
    public void AWakeIsSeen_WhileItLooks()
    {
        using var poller = new EpollPoller(_clock) { SpinTime = TimeSpan.FromMinutes(1) };
        ShortWaits(poller, 100);
        var before = _clock.Reads;
        using var waker = new Timer(_ => poller.Wake(), null, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        Assert.That(poller.Poll(null, _ready), Is.EqualTo(PollOutcome.Continue));
        Assert.That(_clock.Reads > before + Few, Is.EqualTo(_canLook));
    }

    [Test]
    public void WithoutSpinTime_ItNeverLooks()
    {
        using var poller = new EpollPoller(_clock) { SpinTime = TimeSpan.Zero };
        ShortWaits(poller, 100);
        Assert.That(ReadsOfALongWait(poller), Is.LessThan(Few));
        Assert.That(poller.SpinTime, Is.EqualTo(TimeSpan.Zero));
    }

    private void ShortWaits(EpollPoller poller, int count)
    {
        for (var i = 0; i < count; i++)
        {
            poller.Wake();
            poller.Poll(null, _ready);
        }
    }

    private int ReadsOfALongWait(EpollPoller poller)
    {
        var before = _clock.Reads;
        poller.Poll(_clock.Now + TimeSpan.FromMilliseconds(60), _ready);
        return _clock.Reads - before;
    }
}
