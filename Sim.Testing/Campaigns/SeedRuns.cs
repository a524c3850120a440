using Sim.World;

namespace Sim.Testing;

/// <summary>Makes the runs of a campaign by their numbers, and doubts each as much as the options say.</summary>
internal sealed class SeedRuns(Scenario scenario, CampaignOptions options, SeedStrategies strategies, LostErrorWatch watch)
    : IWorker<SeedRun>
{
    public SeedRun Do(int number)
    {
        var report = Make(number);
        return new SeedRun(number, report.ScheduleHash, report.VirtualTime, report.Passed ? null : report);
    }

    public void Dispose() => watch.Leave();

    /// <summary>The run with a number: told and repeated, if it is one of those that are checked or if it fails.</summary>
    public RunReport Make(int number)
    {
        watch.Begin(number);
        // Most runs are made without a record, several times faster: only a failure is worth telling.
        var check = number % options.CheckEvery == 0;
        var report = scenario.Run(strategies.Of(options.Seed + number), records: check);
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
        var repetitions = number == 0 ? options.Repetitions : check || !report.Passed ? Math.Min(1, options.Repetitions) : 0;
        return DeterminismCheck.Run(report, strategy => scenario.Run(strategy, patient: false), repetitions) is { } difference
            ? report with { Failure = difference }
            : report;
    }

    /// <summary>The same run once more, with a record.</summary>
    internal static RunReport Tell(Scenario scenario, RunReport report) =>
        scenario.Run(new ListStrategy([.. report.Decisions.Select(static decision => decision.Value)])) with { Strategy = report.Strategy };
}
