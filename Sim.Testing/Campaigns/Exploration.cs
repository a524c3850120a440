using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>One campaign, from its first seed to its report. Used once, on the thread that made it.</summary>
internal sealed class Exploration : IDisposable
{
    /// <summary>After so many runs the workers pause: what was lost in these runs is looked for and then forgotten.</summary>
    private const int Block = 16_384;

    private readonly Scenario _scenario;
    private readonly CampaignOptions _options;
    private readonly SeedStrategies _strategies;
    private readonly LostErrorWatch _watch = new();
    private readonly Leaks? _leaks;
    private readonly SeedRuns _here;
    private readonly Tally _tally = new();
    private readonly Instant? _end;
    private bool _isCovered;
    private bool _isOutOfTime;

    public Exploration(Scenario scenario, CampaignOptions options)
    {
        (_scenario, _options) = (scenario, options);
        _strategies = new SeedStrategies(scenario, options.Strategy);
        _end = options.TimeBudget is { } budget ? options.Clock.Now + budget : null;
        _leaks = options.Repetitions > 0 ? new Leaks(scenario) : null;
        _here = new SeedRuns(scenario, options, _strategies, _watch, _leaks);
    }

    public void Dispose() => _watch.Dispose();

    public CampaignReport Run(Action<CampaignFigures>? progress, CancellationToken cancellationToken)
    {
        if (_options.Seed > 0)
        {
            _strategies.Learn();
            // What this run has lost is not to be told of another.
            _watch.Find();
        }

        while (_tally.Now.Runs < _options.Runs && !_isCovered && !_isOutOfTime
            && !(_tally.Now.Runs > 0 && cancellationToken.IsCancellationRequested))
        {
            // All threads have ended when this has: a failure is told, repeated and shrunk by this one alone.
            if (MakeBlock(progress, cancellationToken) is { } failed)
            {
                return Found(failed, cancellationToken);
            }

            if (_watch.Find() is { } lost)
            {
                return Lost(lost);
            }

            _tally.Mark();
        }

        return !cancellationToken.IsCancellationRequested && _tally.Now.Runs > 1 && _here.FirstAgain(_tally.Now.Runs - 1) is { } changed
            ? Report(_tally.Now, changed, _options.Seed, changed)
            : Report(_tally.Now);
    }

    /// <summary>The report on a failure of the corpus that was seen again.</summary>
    /// <param name="line">What it was made from.</param>
    /// <param name="run">The run.</param>
    /// <param name="runs">How many lines were tried.</param>
    /// <param name="cancellationToken">Ends shrinking and explaining.</param>
    public CampaignReport Recall(ReplayLine line, RunReport run, int runs, CancellationToken cancellationToken)
    {
        var found = _here.Doubt(run);
        var report = new CampaignReport(_scenario, runs, runs, run.VirtualTime, found, 0, null, 0) { FromCorpus = line };
        return WithShrunk(report, found, cancellationToken);
    }

    // The next runs, up to the first that fails.
    private SeedRun? MakeBlock(Action<CampaignFigures>? progress, CancellationToken cancellationToken)
    {
        foreach (var run in NextRuns(cancellationToken))
        {
            _tally.Add(run);
            if (run.Failed is not null)
            {
                return run;
            }

            progress?.Invoke(_tally.Now);
            if (_options.StopWhenCovered && _tally.Now.Coverage is { IsEnough: true })
            {
                _isCovered = true;
                break;
            }

            // Asked between runs, never in one: how many are made depends on the machine, what each of them is does not.
            if (_end is { } end && _options.Clock.Now >= end)
            {
                _isOutOfTime = true;
                break;
            }
        }

        return null;
    }

    // The first run is made alone: the others take their estimates from it, and it is the most doubted one.
    private IEnumerable<SeedRun> NextRuns(CancellationToken cancellationToken)
    {
        var first = _tally.Now.Runs;
        if (first == 0)
        {
            return Workers.InOrder(1, 0, 1, Hire, static run => run.Failed is not null, CancellationToken.None);
        }

        _strategies.Learn();
        var end = Math.Min(_options.Runs, first + Block);
        return Workers.InOrder(_options.Workers, first, end, Hire, static run => run.Failed is not null, cancellationToken);

        // With one worker the failures that it finds are those that are reported.
        SeedRuns Hire(int worker) =>
            first == 0 || _options.Workers == 1 ? _here : new SeedRuns(_scenario.OfWorker(worker), _options, _strategies, _watch);
    }

    private CampaignReport Found(SeedRun run, CancellationToken cancellationToken)
    {
        var found = run.Failed!;
        if (_options.Workers > 1 && run.Index > 0)
        {
            // Another worker has types of its own, also of exceptions: the run is made again where it will be shrunk.
            found = Again(run);
        }

        return WithShrunk(Report(_tally.Now, found, _options.Seed + run.Index), found, cancellationToken);
    }

    private CampaignReport WithShrunk(CampaignReport report, RunReport found, CancellationToken cancellationToken)
    {
        var (shrunk, spent, isMinimal) = Shrink(_scenario, _options, found, cancellationToken);
        return report with
        {
            Shrunk = shrunk,
            ShrinkRuns = spent,
            ShrunkIsMinimal = isMinimal,
            Explanation = _options.Explains ? _scenario.ExplainUnlessEnded(shrunk, cancellationToken) : null,
        };
    }

    private RunReport Again(SeedRun run)
    {
        var again = _here.Make(run.Index);
        if (!again.Passed)
        {
            return again;
        }

        var failure = run.Failed!.Failure!;
        return again with
        {
            Failure = failure.Kind == FailureKind.Nondeterministic ? failure : DeterminismCheck.CompareOutcomes(run.Failed, again),
        };
    }

    private CampaignReport Lost(LostError lost)
    {
        var seed = _options.Seed + lost.Run;
        var report = _scenario.Run(_strategies.Of(seed)) with { Failure = lost.ToFailure() };
        return Report(_tally.After(lost.Run), report, seed, report);
    }

    /// <summary>The smallest run that fails as this one does, how many runs it took to find it, and whether it is certain.</summary>
    internal static (RunReport Shrunk, int Runs, bool IsMinimal) Shrink(
        Scenario scenario, CampaignOptions options, RunReport report, CancellationToken cancellationToken)
    {
        // What does not repeat cannot be searched.
        if (report.Failure!.Kind is FailureKind.Nondeterministic or FailureKind.Escaped)
        {
            return (report, 0, false);
        }

        var shrinker = new Shrinker(
            (strategy, records) => scenario.Run(strategy, patient: false, records), options.ShrinkBudget, cancellationToken);
        return (shrinker.Shrink(report), shrinker.Runs, shrinker.IsMinimal);
    }

    private CampaignReport Report(CampaignFigures figures, RunReport? found = null, long foundSeed = 0, RunReport? shrunk = null) =>
        new(_scenario, figures.Runs, figures.DistinctSchedules, figures.VirtualTime, found, foundSeed, shrunk, 0)
        {
            Coverage = figures.Coverage,
            IsCovered = _isCovered,
            IsOutOfTime = _isOutOfTime,
            LeakyStatics = _leaks?.Left ?? [],
            LeftTasks = _tally.LeftTasks,
        };
}
