using System.Globalization;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>The figures of progress in words.</summary>
internal static class ProgressWords
{
    /// <summary>The scenario, with its number where there are several: "account-race (3 of 50)".</summary>
    public static string Title(in CampaignProgress progress) => progress.Of == 1
        ? progress.Scenario.Name
        : string.Create(CultureInfo.InvariantCulture, $"{progress.Scenario.Name} ({progress.Number} of {progress.Of})");

    /// <summary>How much is done of this scenario, how fast, and what was found so far.</summary>
    /// <param name="progress">Where the series stands.</param>
    /// <param name="elapsed">Since this scenario has begun, in real time.</param>
    public static string Figures(in CampaignProgress progress, TimeSpan elapsed)
    {
        var figures = progress.Figures;
        var much = progress.Options.TimeBudget is { } budget
            ? string.Create(CultureInfo.InvariantCulture, $"{figures.Runs} runs, {Seconds(elapsed)} of {Seconds(budget)}")
            : string.Create(CultureInfo.InvariantCulture, $"{figures.Runs} of {progress.Options.Runs} runs");
        var ticks = Math.Max(1, elapsed.Ticks);
        var speed = (long)(figures.Runs * (Int128)TimeSpan.TicksPerSecond / ticks);
        var times = (long)((Int128)figures.VirtualTime.Ticks / ticks);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{much}, {speed} runs/s, virtual time {times} times real time, {figures.DistinctSchedules} distinct, ")
            + string.Create(CultureInfo.InvariantCulture, $"{progress.Unexpected} not as expected");
    }

    // To the tenth: a share of a second would be none.
    private static string Seconds(TimeSpan length) => string.Create(
        CultureInfo.InvariantCulture, $"{length.Ticks / TimeSpan.TicksPerSecond}.{length.Ticks / (TimeSpan.TicksPerSecond / 10) % 10}s");
}
