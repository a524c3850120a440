using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class PollerContract
{
    private Demand[] OnWakes() =>
    [
        new("A wake before the wait ends the wait", WakeBeforeWait),
        new("A wake ends a wait without a deadline", WakeWithoutDeadline),
        new("Several wakes count as one", SeveralWakes),
        new("A wake from another thread ends a wait without a deadline", WakeFromOtherThread, SleepsWithoutDeadline),
        new("No wake is lost among many", NoWakeLost, SleepsWithoutDeadline),
    ];

    private static void WakeBeforeWait(PollerProbe probe)
    {
        var (before, deadline) = (probe.Clock.Now, probe.FarAway);
        probe.Poller.Wake();
        var ready = probe.Poll(deadline);
        var now = probe.Clock.Now;
        Require(now < deadline, "the wake did not end the wait; its deadline did.");
        Require(probe.TimeIsReal || now == before, $"a wake moved virtual time from {before} to {now}.");
        Require(ready.Count == 0, $"a wake was reported as {PollerProbe.Text(ready)}; it is nobody's readiness.");
    }

    private static void WakeWithoutDeadline(PollerProbe probe)
    {
        probe.Poller.Wake();
        probe.Poll(null);
    }

    private static void SeveralWakes(PollerProbe probe)
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 1000; i++) probe.Poller.Wake();
            probe.Poll(probe.FarAway);
            // If a second wake had been kept, this wait would end before its deadline.
            probe.PollUntil(probe.Clock.Now + TimeSpan.FromMilliseconds(5));
        }
    }

    private static void WakeFromOtherThread(PollerProbe probe)
    {
        var waker = new Outsider(200, probe.Poller.Wake);
        for (var round = 1; round <= 200; round++)
        {
            waker.Go();
            do probe.Poll(null);
            while (waker.Done < round);
        }

        waker.Join();
    }

    private static void NoWakeLost(PollerProbe probe)
    {
        const int Rounds = 5_000;
        var waker = new Outsider(Rounds, probe.Poller.Wake);
        for (var round = 1; round <= Rounds; round++)
        {
            // Every wake is needed: without it the wait for what was done before it would not end. It may come while
            // a wake of our own is pending, while that one is being taken, or after.
            if (round % 3 == 0) probe.Poller.Wake();
            waker.Go();
            do probe.Poll(null);
            while (waker.Done < round);
        }

        waker.Join();
    }
}
