using Sim.Clock;

namespace Sim.Core;

/// <summary>How long a real poller may sleep before it has to look at the clock again, in 100 ns ticks.</summary>
internal static class PollTimeout
{
    /// <summary>No deadline: sleep until something happens.</summary>
    public const long Forever = -1;

    // Every kernel interface has its own largest timeout. Sleeping in pieces of half an hour stays below all of them.
    private const long Longest = 30 * TimeSpan.TicksPerMinute;

    /// <summary><see cref="Forever"/> without a deadline, 0 when it has come, else the ticks left, at most half an hour.</summary>
    public static long Remaining(IClock clock, Instant? deadline)
    {
        if (deadline is not { } when) return Forever;
        var now = clock.Now;
        if (when <= now) return 0;
        // The difference of two instants far apart wraps around; seen as unsigned it is right again.
        var left = unchecked((ulong)(when.Ticks - now.Ticks));
        return left < Longest ? (long)left : Longest;
    }

    /// <summary>Whole milliseconds, rounded up, so that a sleep of that length does not end before the deadline.</summary>
    public static int Milliseconds(long ticks) =>
        ticks < 0 ? Timeout.Infinite : (int)((ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
}
