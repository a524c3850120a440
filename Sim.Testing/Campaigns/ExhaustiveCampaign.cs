using Sim.World;

namespace Sim.Testing;

/// <summary>
/// A campaign that makes every schedule of a scenario, or one of each happens-before class, instead of some that a seed draws:
/// when it ends, the scenario holds under all of them, within the bound that was set.
/// </summary>
internal sealed class ExhaustiveCampaign(
    Scenario scenario, CampaignOptions options, Action<CampaignFigures>? progress, CancellationToken cancellationToken)
{
    /// <summary>After so many runs it is looked for what was lost in them.</summary>
    private const int Block = 16_384;

    private readonly ExhaustiveOptions _search = options.Exhaustive! with { RunLimit = options.Runs };
    private TimeSpan _virtualTime;
    private int _runs;

    public CampaignReport Run()
    {
        // Whoever takes one path after the other must come to the same fork by the same way.
        var first = scenario.Run(new FifoStrategy());
        if (first.Failure?.Kind == FailureKind.Escaped)
        {
            return Fails(first, null);
        }

        var plain = SeedRuns.WithoutSites(scenario);
        if (DeterminismCheck.Run(first, strategy => plain.Run(strategy, patient: false), options.Repetitions) is { } difference)
        {
            return Fails(first with { Failure = difference }, null);
        }

        using var watch = new LostErrorWatch();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        LostError? lost = null;
        var search = ExhaustiveSearch.Run(
            (strategy, records) =>
            {
                watch.Begin(_runs);
                var report = scenario.Run(strategy, records: records);
                if (!records)
                {
                    _virtualTime += report.VirtualTime;
                    _runs++;
                    progress?.Invoke(new CampaignFigures(_runs, _runs, _virtualTime, null));
                    if (_runs % Block == 0 && (lost = watch.Find()) is not null)
                    {
                        stop.Cancel();
                    }
                }

                return report;
            },
            _search,
            stop.Token);
        if (search.FirstFailure is { } failed)
        {
            return Fails(Doubt(failed), search);
        }

        lost ??= watch.Find();
        if (lost is not null)
        {
            var report = SeedRuns.Tell(scenario, FindRun(lost.Run)) with { Failure = lost.ToFailure() };
            return Report(search, report, report, 0);
        }

        return Report(search, null, null, 0);
    }

    private CampaignReport Fails(RunReport found, ExhaustiveReport? search)
    {
        _runs = Math.Max(_runs, 1);
        var (shrunk, spent, isMinimal) = Exploration.Shrink(scenario, options, found, cancellationToken);
        return Report(search, found, shrunk, spent) with
        {
            ShrunkIsMinimal = isMinimal,
            Explanation = options.Explains ? scenario.ExplainUnlessEnded(shrunk, cancellationToken) : null,
        };
    }

    private CampaignReport Report(ExhaustiveReport? search, RunReport? found, RunReport? shrunk, int spent) =>
        new(scenario, _runs, (int)(search?.Executions ?? 1), _virtualTime, found, 0, shrunk, spent) { Search = search };

    // A failure that cannot be repeated must not be sold as one that can.
    private RunReport Doubt(RunReport failed)
    {
        if (failed.Failure!.Kind is FailureKind.Nondeterministic or FailureKind.Escaped)
        {
            return failed;
        }

        var told = SeedRuns.Tell(scenario, failed);
        return DeterminismCheck.CompareOutcomes(failed, told) is { } other ? told with { Failure = other } : told;
    }

    // The search goes the same way again, up to this run.
    private RunReport FindRun(int number)
    {
        RunReport? last = null;
        ExhaustiveSearch.Run(
            (strategy, records) => last = scenario.Run(strategy, records: records), _search with { RunLimit = number + 1 });
        return last!;
    }
}
