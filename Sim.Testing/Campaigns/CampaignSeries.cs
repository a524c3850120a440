namespace Sim.Testing;

/// <summary>
/// The campaigns of several scenarios, one after another. Those with failures in the corpus come first. A time is shared out
/// evenly: each scenario gets its part of what is left, so that what one does not need goes to those behind it.
/// </summary>
public sealed class CampaignSeries
{
    private readonly CampaignOptions _options;

    /// <summary>A series.</summary>
    /// <param name="scenarios">What is explored.</param>
    /// <param name="options">How; <see cref="CampaignOptions.TimeBudget"/> is that of all together,
    /// <see cref="CampaignOptions.Runs"/> of each.</param>
    /// <exception cref="ScenarioException">The corpus cannot be read.</exception>
    public CampaignSeries(IReadOnlyList<Scenario> scenarios, CampaignOptions options)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        // The sort is stable: otherwise the order is the caller's.
        Scenarios = [.. scenarios.OrderBy(scenario => HasKept(scenario) ? 0 : 1)];
    }

    /// <summary>The scenarios, in the order in which they are explored.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>Runs the campaigns; each begins when the outcome of the one before it was taken.</summary>
    /// <param name="progress">Told before the first run of each scenario and after every run, on this thread.</param>
    /// <param name="cancellationToken">Ends the series after the runs that are being made; what was found comes out.</param>
    public IEnumerable<CampaignOutcome> Run(IProgress<CampaignProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var clock = _options.Clock;
        var begun = clock.Now;
        var unexpected = 0;
        for (var i = 0; i < Scenarios.Count && (i == 0 || !cancellationToken.IsCancellationRequested); i++)
        {
            var from = i == 0 ? begun : clock.Now;
            var options = _options with { TimeBudget = Share(_options.TimeBudget, from - begun, Scenarios.Count - i) };
            var now = new CampaignProgress(Scenarios[i], i + 1, Scenarios.Count, unexpected, options, default);
            progress?.Report(now);
            var report = Campaign.Run(
                Scenarios[i], options, figures => progress?.Report(now with { Figures = figures }), cancellationToken);
            var outcome = new CampaignOutcome(report, options, clock.Now - from);
            unexpected += outcome.IsUnexpected ? 1 : 0;
            yield return outcome;
        }
    }

    // A scenario that comes when the time is up still makes its first run.
    private static TimeSpan? Share(TimeSpan? budget, TimeSpan spent, int scenarios) =>
        budget is not { } all ? null : all > spent ? (all - spent) / scenarios : TimeSpan.Zero;

    private bool HasKept(Scenario scenario) =>
        _options.Corpus is { } folder && scenario.MustFail is null && FailureCorpus.Open(folder, scenario.Name).Lines.Count > 0;
}
