using Sim.World;

namespace Sim.Testing;

/// <summary>Runs a scenario under many schedules, checks that it is deterministic, and shrinks the first failure.</summary>
public static class Campaign
{
    /// <summary>Runs the campaign on this thread.</summary>
    /// <param name="scenario">What must hold.</param>
    /// <param name="options">How it is explored.</param>
    /// <param name="progress">Told after each run how many were made.</param>
    /// <param name="cancellationToken">Ends the campaign after the current run.</param>
    /// <exception cref="ScenarioException">An option makes no sense.</exception>
    public static CampaignReport Run(
        Scenario scenario, CampaignOptions? options = null, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new CampaignOptions();
        options.Validate();
        var strategies = new SeedStrategies(scenario, options.Strategy);
        if (options.Seed > 0)
        {
            // Before the watch begins: what this run loses is not to be told of another.
            strategies.Learn();
        }

        var distinct = new HashSet<ulong>();
        var virtualTime = TimeSpan.Zero;
        var runs = 0;
        using var watch = new LostErrorWatch();
        while (runs < options.Runs && !(runs > 0 && cancellationToken.IsCancellationRequested))
        {
            var seed = options.Seed + runs;
            watch.Run = runs;
            var report = RunSeed(scenario, options, strategies.Of(seed), runs);
            runs++;
            distinct.Add(report.ScheduleHash);
            virtualTime += report.VirtualTime;
            if (!report.Passed)
            {
                var (shrunk, spent) = Shrink(scenario, options, report);
                return new CampaignReport(scenario, runs, distinct.Count, virtualTime, report, seed, shrunk, spent);
            }

            progress?.Invoke(runs);
        }

        if (watch.Find() is { } lost)
        {
            var seed = options.Seed + lost.Run;
            var report = scenario.Run(strategies.Of(seed)) with { Failure = lost.ToFailure() };
            return new CampaignReport(scenario, lost.Run + 1, distinct.Count, virtualTime, report, seed, report, 0);
        }

        return new CampaignReport(scenario, runs, distinct.Count, virtualTime, null, 0, null, 0);
    }

    /// <summary>
    /// The strategy that a seed stands for in a campaign: 0 is first in first out, any other of the given family. Makes a run of
    /// the scenario to learn what the strategy must know of it.
    /// </summary>
    public static IStrategy StrategyOf(Scenario scenario, long seed, IStrategyFamily? family = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new SeedStrategies(scenario, family ?? StrategyFamilies.Portfolio).Of(seed);
    }

    private static RunReport RunSeed(Scenario scenario, CampaignOptions options, IStrategy strategy, int index)
    {
        // Most runs are made without a record, several times faster: only a failure is worth telling.
        var check = index % options.CheckEvery == 0;
        var report = scenario.Run(strategy, records: check);
        if (!check && !report.Passed)
        {
            var told = Tell(scenario, report);
            if (DeterminismCheck.CompareOutcomes(report, told) is { } other)
            {
                return told with { Failure = other };
            }

            report = told;
        }

        if (report.Failure?.Kind == FailureKind.Escaped)
        {
            return report;
        }

        // A failure is repeated too: one that cannot be repeated must not be sold as one that can.
        var repetitions = index == 0 ? options.Repetitions : check || !report.Passed ? Math.Min(1, options.Repetitions) : 0;
        return DeterminismCheck.Run(report, strategy => scenario.Run(strategy, patient: false), repetitions) is { } difference
            ? report with { Failure = difference }
            : report;
    }

    private static RunReport Tell(Scenario scenario, RunReport report) =>
        scenario.Run(report.ToStrategy()) with { Strategy = report.Strategy };

    private static (RunReport Shrunk, int Runs) Shrink(Scenario scenario, CampaignOptions options, RunReport report)
    {
        // What does not repeat cannot be searched.
        if (report.Failure!.Kind is FailureKind.Nondeterministic or FailureKind.Escaped)
        {
            return (report, 0);
        }

        var shrinker = new Shrinker(strategy => scenario.Run(strategy, patient: false), options.ShrinkBudget);
        return (shrinker.Shrink(report), shrinker.Runs);
    }
}
