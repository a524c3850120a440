using Sim.Clock;
using Sim.World;

namespace Sim.BrowserTests;

/// <summary>A made-up run of so many steps that a browser cannot scroll over all of them at their height.</summary>
internal static class EndlessRun
{
    public const int Steps = 500_000;

    private const int Tasks = 6;

    public static RunReport Report { get; } = new(
        "made up", null, new Trace([.. Enumerable.Range(1, Steps).Select(Step)]), [], TimeSpan.FromMilliseconds(Steps), Steps);

    private static TraceEvent Step(int number)
    {
        var (text, cause) = number <= Tasks ? ("begins", 0) : ($"goes on (woken in step {number - Tasks})", number - Tasks);
        var time = new Instant(number / 3 * TimeSpan.TicksPerMillisecond);
        return new TraceEvent(time, number, $"task-{number % Tasks}", TraceEventKind.Step, text, cause);
    }
}
