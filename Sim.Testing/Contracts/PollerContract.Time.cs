using Sim.Clock;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class PollerContract
{
    private Demand[] OnTime() =>
    [
        new("A deadline in the past does not wait", DeadlineInThePast),
        new("A deadline of now does not wait", DeadlineOfNow),
        new("A deadline is never returned early", NeverEarly),
        new("Ten thousand deadlines in sequence come in sequence", ManyDeadlines),
        new("A deadline at the end of time can be waited for", EndOfTime),
        new("A wait that nothing can end is reported as a stall", Stall, !SleepsWithoutDeadline),
    ];

    private static void DeadlineInThePast(PollerProbe probe)
    {
        var before = probe.Clock.Now;
        for (var i = 0; i < 1000; i++) probe.Poll(before - TimeSpan.FromHours(1));
        Require(
            probe.TimeIsReal || probe.Clock.Now == before,
            $"polling for a deadline in the past moved virtual time from {before} to {probe.Clock.Now}.");
    }

    private static void DeadlineOfNow(PollerProbe probe)
    {
        var before = probe.Clock.Now;
        for (var i = 0; i < 1000; i++) probe.Look();
        Require(
            probe.TimeIsReal || probe.Clock.Now == before,
            $"looking without waiting moved virtual time from {before} to {probe.Clock.Now}.");
    }

    private static void NeverEarly(PollerProbe probe)
    {
        // One tick, lengths around the rounding of milliseconds, and lengths that sleep.
        foreach (var ticks in (ReadOnlySpan<long>)[1, 9, 999, 4_999, 9_999, 10_000, 10_001, 15_555, 99_999, 250_001])
            probe.PollUntil(probe.Clock.Now + TimeSpan.FromTicks(ticks));
    }

    private static void ManyDeadlines(PollerProbe probe)
    {
        // Fixed points on the time line: where a wait takes longer than the step, the next deadlines are past already.
        var start = probe.Clock.Now;
        for (var i = 1; i <= 10_000; i++)
        {
            var deadline = start + TimeSpan.FromTicks(100L * i);
            if (deadline > probe.Clock.Now) probe.PollUntil(deadline);
            else probe.Poll(deadline);
        }
    }

    private static void EndOfTime(PollerProbe probe)
    {
        // With a wake pending, because nobody can wait that long: only the arithmetic is on trial.
        probe.Poller.Wake();
        probe.Poll(Instant.MaxValue);
        Require(probe.Clock.Now < Instant.MaxValue, "a pending wake did not end a wait for the end of time.");
    }

    private static void Stall(PollerProbe probe)
    {
        var before = probe.Clock.Now;
        for (var i = 0; i < 2; i++)
        {
            var outcome = probe.Poller.Poll(null, []);
            Require(outcome == PollOutcome.Stalled, $"with nothing to wait for, the poll reported {outcome}.");
        }

        Require(probe.TimeIsReal || probe.Clock.Now == before, "reporting a stall moved virtual time.");
    }
}
