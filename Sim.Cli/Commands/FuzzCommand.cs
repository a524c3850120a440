using System.CommandLine;
using Sim.Clock;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim fuzz</c>: searches each scenario's schedules for a failure.</summary>
internal static class FuzzCommand
{
    /// <summary>How many runs are made at most until all is covered, if nobody says.</summary>
    private const int MostRunsToCover = 100_000;

    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var (target, filter, json) = (SharedOptions.Target(), SharedOptions.Filter(), SharedOptions.Json());
        var names = SharedOptions.Scenarios(target);
        var runs = NumberOption.Runs();
        var time = new DurationOption(
            "--for",
            "How long to search in all, in real time: 30s, 5m. Scenarios share it; how many runs that is depends on the machine. "
            + "With --runs, whichever comes first.");
        var seed = NumberOption.Seed("The seed of the first run; the others count up from it. 0 is first in, first out.");
        var strategy = new StrategyOption();
        var workers = NumberOption.Workers();
        var untilCovered = new Option<bool>("--until-covered")
        {
            Description = "Stop when one more run would show something new with a chance of at most 1 in 1,000; "
                + "--runs is the most, 100,000 by default.",
        };
        var corpus = SharedOptions.Corpus(
            "The folder of the failures found before, which are made again first; .sim/corpus beside the project by default.");
        var noCorpus = new Option<bool>("--no-corpus") { Description = "Neither make the failures found before again nor keep new ones." };
        var junit = new Option<string?>("--junit") { HelpName = "FILE", Description = "Write what was found as JUnit XML." };
        var command = new Command("fuzz", "Run each scenario under many schedules; shrink the first failure and print its replay line.")
        {
            target, names, filter, runs, time, seed, strategy, workers, untilCovered, corpus, noCorpus, json, junit,
        };
        var exhaustive = new ExhaustiveSwitches();
        exhaustive.AddTo(command, seed, strategy, workers, time, untilCovered);
        SharedOptions.RefuseBoth(command, names, filter);
        command.Validators.Add(result =>
        {
            if (SharedOptions.IsGiven(result, corpus) && result.GetValue(noCorpus))
            {
                result.AddError("--corpus means nothing with --no-corpus: leave one of them away.");
            }
        });
        command.SetAction(parsed =>
        {
            using var file = OutputFile.Open(junit.Name, parsed.GetValue(junit));
            var opened = Target.Open(parsed, target, json, console, cancellationToken);
            var options = new CampaignOptions
            {
                Runs = SharedOptions.IsGiven(parsed.CommandResult, runs) ? (int)parsed.GetValue(runs)
                    : parsed.GetValue(time) is not null ? NumberOption.MostRuns
                    : parsed.GetValue(untilCovered) ? MostRunsToCover
                    : (int)parsed.GetValue(runs),
                TimeBudget = parsed.GetValue(time),
                StopWhenCovered = parsed.GetValue(untilCovered),
                Corpus = parsed.GetValue(noCorpus) ? null : parsed.GetValue(corpus) ?? opened.CorpusFolder,
                Seed = parsed.GetValue(seed),
                Strategy = strategy.Read(parsed),
                Workers = (int)parsed.GetValue(workers),
                Exhaustive = exhaustive.Read(parsed),
            };
            var series = new CampaignSeries(opened.Select(parsed.GetValue(names)!, parsed.GetValue(filter)!), options);
            return Run(opened, series, file, console, cancellationToken);
        });
        return command;
    }

    private static int Run(Target target, CampaignSeries series, OutputFile? junit, ToolConsole console,
        CancellationToken cancellationToken)
    {
        var outcomes = new List<CampaignOutcome>();
        var begun = SystemClock.Instance.UtcNow;
        using (BodyConsole.Discard())
        {
            foreach (var outcome in series.Run(console.Progress, cancellationToken))
            {
                outcomes.Add(outcome);
                console.WriteResult(CampaignText.Of(outcome, target.Word),
                    outcome.Verdict == CampaignVerdict.Interrupted ? null : !outcome.IsUnexpected);
            }
        }

        console.SetApart();
        console.WriteResult(CampaignText.Summary(outcomes, series.Scenarios.Count), good: null);
        // In this repository the tool is usually run from its source, and a pasted line must work all the same.
        if (Directory.Exists(CampaignText.ToolProject) && outcomes.Any(static outcome => outcome.Report.Replay is not null))
        {
            console.WriteResult(CampaignText.ToolHint, good: null);
        }

        var exitCode = CodeOf(outcomes, series.Scenarios.Count);
        console.WriteJson(() => ReportJson.OfCampaigns(target.Name, series.Scenarios, outcomes, exitCode));
        if (junit is not null)
        {
            JUnitFile.Write(junit.Stream, target.Word, series.Scenarios, outcomes, begun);
            junit.Complete();
        }

        return exitCode;
    }

    // Scenarios that were not begun are as undecided as the one that was interrupted.
    private static int CodeOf(List<CampaignOutcome> outcomes, int asked) =>
        outcomes.Any(static outcome => outcome.IsUnexpected) ? ExitCode.NotAsExpected
        : outcomes.Count == asked && outcomes.All(static outcome => outcome.Verdict != CampaignVerdict.Interrupted) ? ExitCode.AsExpected
        : ExitCode.Interrupted;
}
