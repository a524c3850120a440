using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>Runs a test as a campaign and turns its report into NUnit's result.</summary>
internal sealed class CampaignCommand(
    Test test, Func<TestExecutionContext, Func<Func<Task>, Task>, Scenario> makeScenario, CampaignOptions options, string target)
    : SimulatedTestCommand(test, target)
{
    private Scenario? _scenario;

    private Scenario Scenario =>
        _scenario ?? throw new InvalidOperationException("The scenario is made by Prepare, and that was not called.");

    protected override void Prepare(TestExecutionContext context) => _scenario = makeScenario(context, Isolation.RunAsync);

    protected override Scenario? Find(ReplayLine line) =>
        line.Scenario.Equals(Scenario.Name, StringComparison.Ordinal) ? Scenario
        : Scenario.Name.StartsWith(MethodOf(line.Scenario), StringComparison.Ordinal) ? null
        : throw IsOfAnother(line, Scenario.Name);

    protected override void Explore(TestExecutionContext context, TestResult result)
    {
        // Whoever stops the test run stops a long campaign, too.
        using var stop = new CancellationTokenSource();
        var report = Campaign.Run(
            Scenario,
            DebuggerPort.IsAttached ? WatchedOptions.Of(options) : options,
            _ => StopIfAsked(context, stop),
            stop.Token);
        switch (new CampaignOutcome(report, options, TimeSpan.Zero).Verdict)
        {
            case CampaignVerdict.Holds or CampaignVerdict.PlantedBugFound:
                SetHeld(result, CampaignText.Notes(report with { PinnedMisfits = [] }), report.PinnedMisfits);
                break;
            case CampaignVerdict.Interrupted:
                result.SetResult(
                    ResultState.Cancelled,
                    $"{Scenario.Name} was stopped after {Runs(report.Runs)} of {options.Runs}, which held: nothing is decided.");
                break;
            case CampaignVerdict.Unfinished:
                result.SetResult(
                    ResultState.Failure,
                    $"{Scenario.Name} is not fully explored: there are more schedules than the {Runs(report.Runs)} that were allowed, "
                    + "and those held. "
                    + "Raise Runs, set Preemptions to fewer, or make the test smaller.");
                break;
            case CampaignVerdict.PlantedBugMissed:
                result.SetResult(
                    ResultState.Failure,
                    $"{Scenario.Name} must fail ({Scenario.MustFail!.TrimEnd('.')}), but held in {Runs(report.Runs)}.\n"
                    + "If the bug is mended, take MustFail away. Otherwise it needs more Runs, another Seed or another Strategy to be found.");
                break;
            default:
                SetFailure(result, Scenario, report.Shrunk!, report.Explanation, report.Replay, FailureText.Of(report, Target));
                break;
        }
    }

    private static string MethodOf(string fullName) => fullName.Split('(')[0];

    private static string Runs(int count) => count == 1 ? "1 run" : $"{count} runs";

    private static void StopIfAsked(TestExecutionContext context, CancellationTokenSource stop)
    {
        if (context.ExecutionStatus != TestExecutionStatus.Running)
        {
            stop.Cancel();
        }
    }
}
