using System.Globalization;
using Sim.Clock;
using Sim.Core;

namespace Samples;

/// <summary>
/// A watch with a slow hand: the time since it was made, in whole and half seconds, rounded down. A real machine wakes
/// sleepers a little late, never early, so the lessons (which sleep for multiples of half a second) read the same on both times.
/// </summary>
public sealed class LoopWatch(IClock clock)
{
    private readonly Instant _start = clock.Now;

    /// <summary>A watch that goes by a loop's time.</summary>
    public LoopWatch(EventLoop loop)
        : this(loop.Clock)
    {
    }

    /// <summary>For example <c>1.5 s</c>.</summary>
    public override string ToString()
    {
        var halves = (clock.Now - _start).Ticks / (TimeSpan.TicksPerSecond / 2);
        return string.Create(CultureInfo.InvariantCulture, $"{halves / 2}.{halves % 2 * 5} s");
    }
}
