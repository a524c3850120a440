using System.CommandLine;
using Sim.Clock;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim fuzz</c>: searches each scenario's schedules for a failure.</summary>
internal static class FuzzCommand
{
    /// <summary>How many runs are made at most until all is covered, if nobody says.</summary>
    private const int MostRuns = 100_000;

    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var target = CommandTree.Target();
        var names = CommandTree.Scenarios();
        var runs = NumberOption.Runs();
        var seed = NumberOption.Seed("The seed of the first run; the others count up from it. 0 is first in, first out.");
        var strategy = CommandTree.Strategy();
        var workers = NumberOption.Workers();
        var untilCovered = new Option<bool>("--until-covered")
        {
            Description = "Stop when one more run would show something new with a chance of at most 1 in 1,000; "
                + "--runs is the most, 100,000 by default.",
        };
        var corpus = new Option<string?>("--corpus")
        {
            HelpName = "DIR",
            Description = "The folder of the failures found before, which are made again first; .sim/corpus beside the project by default.",
        };
        var noCorpus = new Option<bool>("--no-corpus") { Description = "Neither make the failures found before again nor keep new ones." };
        var command = new Command("fuzz", "Run each scenario under many schedules; shrink the first failure and print its replay line.")
        {
            target, names, runs, seed, strategy, workers, untilCovered, corpus, noCorpus,
        };
        var exhaustive = new ExhaustiveSwitches();
        exhaustive.AddTo(command, seed, strategy, workers);
        command.SetAction(parsed =>
        {
            var opened = Target.Open(parsed.GetRequiredValue(target), console, cancellationToken);
            var covers = parsed.GetValue(untilCovered);
            var options = new CampaignOptions
            {
                Runs = covers && parsed.GetResult(runs) is (null or { Implicit: true }) ? MostRuns : (int)parsed.GetValue(runs),
                StopWhenCovered = covers,
                Corpus = parsed.GetValue(noCorpus) ? null : parsed.GetValue(corpus) ?? opened.CorpusFolder,
                Seed = parsed.GetValue(seed),
                Strategy = parsed.GetRequiredValue(strategy),
                Workers = (int)parsed.GetValue(workers),
                Exhaustive = exhaustive.Read(parsed),
            };
            return Run(opened, opened.Select(parsed.GetValue(names)!), options, console, cancellationToken);
        });
        return command;
    }

    private static int Run(
        Target target, IReadOnlyList<Scenario> scenarios, CampaignOptions options, ToolConsole console, CancellationToken cancellationToken)
    {
        var outcomes = new List<CampaignOutcome>();
        foreach (var scenario in scenarios)
        {
            var outcome = Explore(scenario, options, console, cancellationToken);
            outcomes.Add(outcome);
            console.WriteResult(CampaignText.Of(outcome, target.Word), Good(outcome));
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        console.SetApart();
        console.WriteResult(CampaignText.Summary(outcomes, scenarios.Count), good: null);
        // In this repository the tool is usually run from its source, and a pasted line must work all the same.
        if (Directory.Exists(CampaignText.ToolProject) && outcomes.Any(static outcome => outcome.Report.Replay is not null))
        {
            console.WriteResult(CampaignText.ToolHint, good: null);
        }

        if (outcomes.Any(static outcome => Good(outcome) == false))
        {
            return ExitCode.NotAsExpected;
        }

        // Scenarios that were not begun are as undecided as the one that was interrupted.
        return outcomes.Count == scenarios.Count && outcomes.All(static outcome => Good(outcome) == true)
            ? ExitCode.AsExpected
            : ExitCode.Interrupted;
    }

    private static CampaignOutcome Explore(Scenario scenario, CampaignOptions options, ToolConsole console, CancellationToken cancellationToken)
    {
        var begun = SystemClock.Instance.Now;
        var report = console.Watch(scenario.Name, options.Runs, progress =>
        {
            using var quiet = BodyConsole.Discard();
            return Campaign.Run(scenario, options, progress, cancellationToken);
        });
        return new CampaignOutcome(report, options, SystemClock.Instance.Now - begun);
    }

    private static bool? Good(CampaignOutcome outcome) => outcome.Verdict switch
    {
        CampaignVerdict.Holds or CampaignVerdict.PlantedBugFound => true,
        CampaignVerdict.Interrupted => null,
        _ => false,
    };
}
