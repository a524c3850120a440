using Sim.World;

namespace Sim.Testing;

/// <summary>One campaign, from its first seed to its report. Used once, on the thread that made it.</summary>
internal sealed class Exploration
{
    /// <summary>After so many runs the workers pause: what was lost in these runs is looked for and then forgotten.</summary>
    private const int Block = 16_384;

    private readonly Scenario _scenario;
    private readonly CampaignOptions _options;
    private readonly SeedStrategies _strategies;
    private readonly Tally _tally = new();

    public Exploration(Scenario scenario, CampaignOptions options)
    {
        (_scenario, _options) = (scenario, options);
        _strategies = new SeedStrategies(scenario, options.Strategy);
    }

    public CampaignReport Run(Action<int>? progress, CancellationToken cancellationToken)
    {
        if (_options.Seed > 0)
        {
            // Before the watch begins: what this run loses is not to be told of another.
            _strategies.Learn();
        }

        using var watch = new LostErrorWatch();
        while (_tally.Now.Runs < _options.Runs && !(_tally.Now.Runs > 0 && cancellationToken.IsCancellationRequested))
        {
            // All threads have ended when this has: a failure is told, repeated and shrunk by this one alone.
            if (MakeBlock(watch, progress, cancellationToken) is { } failed)
            {
                return Found(failed, watch);
            }

            if (watch.Find() is { } lost)
            {
                return Lost(lost);
            }

            _tally.Mark();
        }

        return Report(_tally.Now);
    }

    // The next runs, up to the first that fails.
    private SeedRun? MakeBlock(LostErrorWatch watch, Action<int>? progress, CancellationToken cancellationToken)
    {
        foreach (var run in NextRuns(watch, cancellationToken))
        {
            _tally.Add(run);
            if (run.Failed is not null)
            {
                return run;
            }

            progress?.Invoke(_tally.Now.Runs);
        }

        return null;
    }

    // The first run is made alone: the others take their estimates from it, and it is the most doubted one.
    private IEnumerable<SeedRun> NextRuns(LostErrorWatch watch, CancellationToken cancellationToken)
    {
        var first = _tally.Now.Runs;
        if (first == 0)
        {
            return Workers.InOrder(1, 0, 1, Hire, static run => run.Failed is not null, CancellationToken.None);
        }

        _strategies.Learn();
        var end = Math.Min(_options.Runs, first + Block);
        return Workers.InOrder(_options.Workers, first, end, Hire, static run => run.Failed is not null, cancellationToken);

        SeedRuns Hire(int worker) => new(_scenario.OfWorker(worker), _options, _strategies, watch);
    }

    private CampaignReport Found(SeedRun run, LostErrorWatch watch)
    {
        var found = run.Failed!;
        if (_options.Workers > 1 && run.Index > 0)
        {
            // Another worker has types of its own, also of exceptions: the run is made again where it will be shrunk.
            using var here = new SeedRuns(_scenario, _options, _strategies, watch);
            var again = here.Make(run.Index);
            found = again.Passed ? again with { Failure = DeterminismCheck.CompareOutcomes(found, again) } : again;
        }

        var (shrunk, spent) = Shrink(found);
        return Report(_tally.Now, found, _options.Seed + run.Index, shrunk, spent) with { Explanation = _scenario.Explain(shrunk) };
    }

    private CampaignReport Lost(LostError lost)
    {
        var seed = _options.Seed + lost.Run;
        var report = _scenario.Run(_strategies.Of(seed)) with { Failure = lost.ToFailure() };
        return Report(_tally.After(lost.Run), report, seed, report, 0);
    }

    private (RunReport Shrunk, int Runs) Shrink(RunReport report)
    {
        // What does not repeat cannot be searched.
        if (report.Failure!.Kind is FailureKind.Nondeterministic or FailureKind.Escaped)
        {
            return (report, 0);
        }

        var shrinker = new Shrinker(strategy => _scenario.Run(strategy, patient: false), _options.ShrinkBudget);
        return (shrinker.Shrink(report), shrinker.Runs);
    }

    private CampaignReport Report(
        Figures figures, RunReport? found = null, long foundSeed = 0, RunReport? shrunk = null, int shrinkRuns = 0) =>
        new(_scenario, figures.Runs, figures.DistinctSchedules, figures.VirtualTime, found, foundSeed, shrunk, shrinkRuns);
}
