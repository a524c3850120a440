using Sim.World;

namespace Sim.Testing;

/// <summary>Runs a scenario under many schedules, checks that it is deterministic, and shrinks the first failure.</summary>
public static class Campaign
{
    private static readonly Canary _canary = new(static (scenario, options) => ExploreBriefly(scenario, options), ReplayReport.Make);

    /// <summary>Runs the campaign, on this thread or on as many as the options say; what it finds does not depend on how many.</summary>
    /// <param name="scenario">What must hold.</param>
    /// <param name="options">How it is explored.</param>
    /// <param name="progress">Told after each run what was done so far, on this thread.</param>
    /// <param name="cancellationToken">Ends the campaign after the runs that are being made.</param>
    /// <exception cref="ScenarioException">
    /// An option makes no sense, or the corpus cannot be read; or not be written, with nothing found.
    /// </exception>
    /// <exception cref="BrokenHarnessException">
    /// A bug that is planted for the strategy was not found, or not reproduced: a canary goes ahead of every campaign of several runs.
    /// </exception>
    public static CampaignReport Run(
        Scenario scenario, CampaignOptions? options = null, Action<CampaignFigures>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new CampaignOptions();
        options.Validate();
        if (options.Runs > 1)
        {
            _canary.Check(options);
        }

        if (scenario.MustFail is not null)
        {
            return Search(scenario, options, progress, cancellationToken);
        }

        var pinned = new PinnedRuns(scenario, options);
        var found = pinned.FindAgain(cancellationToken) ?? SearchWithCorpus(scenario, options, progress, cancellationToken);
        return found with { PinnedMisfits = pinned.Misfits };
    }

    private static CampaignReport SearchWithCorpus(
        Scenario scenario, CampaignOptions options, Action<CampaignFigures>? progress, CancellationToken cancellationToken)
    {
        if (options.Corpus is null)
        {
            return Search(scenario, options, progress, cancellationToken);
        }

        var corpus = new CorpusRuns(scenario, options);
        var report = corpus.FindAgain(cancellationToken) ?? Search(scenario, options, progress, cancellationToken);
        report = report with { DroppedFromCorpus = corpus.Dropped };
        try
        {
            corpus.Keep(report);
            return report;
        }
        catch (ScenarioException notKept) when (!report.Held)
        {
            // What was found must not be lost because it cannot be kept.
            return report with { NotKept = notKept.Message };
        }
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

    /// <summary>A campaign without a canary and without an explanation of what it finds.</summary>
    internal static CampaignReport ExploreBriefly(Scenario scenario, CampaignOptions options)
    {
        using var exploration = new Exploration(scenario, options with { Explains = false });
        return exploration.Run(null, CancellationToken.None);
    }

    /// <summary>A campaign without a canary.</summary>
    private static CampaignReport Explore(
        Scenario scenario, CampaignOptions options, Action<CampaignFigures>? progress, CancellationToken cancellationToken)
    {
        using var exploration = new Exploration(scenario, options);
        return exploration.Run(progress, cancellationToken);
    }

    private static CampaignReport Search(
        Scenario scenario, CampaignOptions options, Action<CampaignFigures>? progress, CancellationToken cancellationToken) =>
        options.Exhaustive is null
            ? Explore(scenario, options, progress, cancellationToken)
            : new ExhaustiveCampaign(scenario, options, progress, cancellationToken).Run();
}
