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

    /// <summary>The same in fewer signs: "account-race 3/50".</summary>
    public static string BriefTitle(in CampaignProgress progress) => progress.Of == 1
        ? progress.Scenario.Name
        : string.Create(CultureInfo.InvariantCulture, $"{progress.Scenario.Name} {progress.Number}/{progress.Of}");

    /// <summary>How much is done of this scenario, how fast, and what was found so far.</summary>
    /// <param name="progress">Where the series stands.</param>
    /// <param name="elapsed">Since this scenario has begun, in real time.</param>
    public static string Figures(in CampaignProgress progress, TimeSpan elapsed)
    {
        var figures = progress.Figures;
        var much = progress.Options.TimeBudget is { } budget
            ? string.Create(CultureInfo.InvariantCulture, $"{figures.Runs} runs, {Seconds(elapsed)} of {Seconds(budget)}")
            : string.Create(CultureInfo.InvariantCulture, $"{figures.Runs} of {progress.Options.Runs} runs");
        var (speed, times) = Rates(figures, elapsed);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{much}, {speed} runs/s, virtual time {times} times real time, {figures.DistinctSchedules} distinct, ")
            + string.Create(CultureInfo.InvariantCulture, $"{progress.Unexpected} not as expected");
    }

    /// <summary>
    /// The same in fewer words, where there is no room for more; what may be cut comes last: "2 failed, 340 runs, 812/s, 330 distinct,
    /// time x3600".
    /// </summary>
    public static string Brief(in CampaignProgress progress, TimeSpan elapsed)
    {
        var figures = progress.Figures;
        var (speed, times) = Rates(figures, elapsed);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Unexpected} failed, {figures.Runs} runs, {speed}/s, {figures.DistinctSchedules} distinct, time x{times}");
    }

    private static (long Speed, long Times) Rates(in CampaignFigures figures, TimeSpan elapsed)
    {
        var ticks = Math.Max(1, elapsed.Ticks);
        return ((long)(figures.Runs * (Int128)TimeSpan.TicksPerSecond / ticks), figures.VirtualTime.Ticks / ticks);
    }

    // To the tenth: a share of a second would be none.
    private static string Seconds(TimeSpan length) => string.Create(
        CultureInfo.InvariantCulture, $"{length.Ticks / TimeSpan.TicksPerSecond}.{length.Ticks / (TimeSpan.TicksPerSecond / 10) % 10}s");
}
