using Sim.World;

namespace Sim.Testing;

/// <summary>Makes the runs of a campaign by their numbers, and doubts each as much as the options say.</summary>
/// <param name="scenario">As this worker runs it.</param>
/// <param name="options">How much each run is doubted.</param>
/// <param name="strategies">Decide.</param>
/// <param name="watch">Told which run this thread makes.</param>
/// <param name="leaks">Watches static state; null for workers whose failures are looked into by another.</param>
internal sealed class SeedRuns(
    Scenario scenario, CampaignOptions options, SeedStrategies strategies, LostErrorWatch watch, Leaks? leaks = null) : IWorker<SeedRun>
{
    // Compared, not shown: nobody asks where in the code a task was created.
    private readonly Scenario _plain = WithoutSites(scenario);

    private readonly Scenario _counted = WithoutSites(
        options.CountsCoverage ? scenario with { Options = scenario.Options with { TracksCoverage = true } } : scenario);

    private RunReport? _first;

    public SeedRun Do(int number)
    {
        var report = Make(number);
        return new SeedRun(
            number, report.ScheduleHash, report.VirtualTime, report.Coverage, report.LeftTasks, report.Passed ? null : report);
    }

    public void Dispose() => watch.Leave();

    /// <summary>The run with a number: told and repeated, if it is one of those that are checked or if it fails.</summary>
    public RunReport Make(int number)
    {
        watch.Begin(number);
        // Most runs are made without a record, several times faster: only a failure is worth telling.
        var check = number % options.CheckEvery == 0;
        if (number == 0)
        {
            leaks?.Begin();
        }

        var counted = IsCounted(number) ? _counted : _plain;
        var report = counted.Run(strategies.Of(options.Seed + number), records: check);
        if (!check && !report.Passed)
        {
            var told = Tell(scenario, report);
            if (DeterminismCheck.CompareOutcomes(report, told) is { } other)
            {
                return told with { Failure = Explain(other) };
            }

            report = told with { Coverage = report.Coverage };
        }

        if (report.Failure?.Kind == FailureKind.Escaped)
        {
            return report;
        }

        // A failure is repeated too: one that cannot be repeated must not be sold as one that can.
        var repetitions = number == 0 ? options.Repetitions : check || !report.Passed ? Math.Min(1, options.Repetitions) : 0;
        if (number == 0)
        {
            _first = report;
            leaks?.AfterFirst();
        }

        if (Repeat(report, repetitions) is { } difference)
        {
            return report with { Failure = Explain(difference) };
        }

        if (number == 0)
        {
            leaks?.AfterRepetitions();
        }

        // What has something to tell is told in full.
        return check && !(report.Passed && report.LeftTasks.Count == 0) && Tell(scenario, report) is var full
            && full.Passed == report.Passed && full.ScheduleHash == report.ScheduleHash
            ? full with { Coverage = report.Coverage }
            : report;
    }

    /// <summary>
    /// The first run, which this has made, made again after all others: null if it is the same, else as a failure. What a run
    /// leaves behind may show only after many.
    /// </summary>
    public RunReport? FirstAgain(int others)
    {
        if (options.Repetitions == 0 || Repeat(_first!, 1) is not { } difference)
        {
            return null;
        }

        var told = new NondeterminismException(
            $"The first run was made again after {Counted.Of(others, "other")}, and is not the same any more. "
            + difference.Exception.Message);
        return _first! with { Failure = Explain(difference with { Exception = told }) };
    }

    /// <summary>A failed run, repeated: as a failure of the harness's own if it is not the same again.</summary>
    public RunReport Doubt(RunReport failed) =>
        Repeat(failed, Math.Min(1, options.Repetitions)) is { } difference ? failed with { Failure = difference } : failed;

    private Failure? Repeat(RunReport report, int times) =>
        DeterminismCheck.Run(report, strategy => _plain.Run(strategy, patient: false), times);

    /// <summary>The scenario in runs that do not note where tasks are created.</summary>
    internal static Scenario WithoutSites(Scenario scenario) =>
        scenario with { Options = scenario.Options with { NotesCreationSites = false } };

    // Where tasks mostly hand each other locks, counting doubles the cost of a run: every second one will do.
    private bool IsCounted(int number) => options.StopWhenCovered || number % 2 == 0;

    private Failure Explain(Failure failure) => leaks?.Explain(failure) ?? failure;

    /// <summary>The same run once more, with a record.</summary>
    internal static RunReport Tell(Scenario scenario, RunReport report) =>
        scenario.Run(report.ToStrategy()) with { Strategy = report.Strategy };
}
