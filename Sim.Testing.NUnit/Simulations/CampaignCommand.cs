using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// Runs a test as a campaign and turns its report into NUnit's result. With the environment variable <c>SIM_REPLAY</c>
/// set to a replay line of this test, makes that one run instead.
/// </summary>
internal sealed class CampaignCommand(
    Test test, Func<TestExecutionContext, Func<Func<Task>, Task>, Scenario> makeScenario, CampaignOptions options, string target)
    : TestCommand(test)
{
    private const string ReplayVariable = "SIM_REPLAY";

    private readonly RunIsolation _isolation = new();

    /// <summary>Asked whether somebody looks on.</summary>
    public IDebuggerPort DebuggerPort { get; init; } = SystemDebugger.Instance;

    public override TestResult Execute(TestExecutionContext context)
    {
        var result = context.CurrentResult;
        // The test's random numbers are the same in every process, so that a replay draws them again.
        Test.Seed = StableHash.Of(Test.FullName);
        try
        {
            var scenario = makeScenario(context, _isolation.RunAsync);
            switch (FindReplay(scenario))
            {
                case { } line when line.Scenario.Equals(scenario.Name, StringComparison.Ordinal):
                    Replay(scenario, line, result);
                    break;
                case { } other:
                    // A filter may not tell the cases of one test apart, or tests whose names begin alike.
                    result.SetResult(ResultState.Skipped, $"{ReplayVariable} holds a replay line of {other.Scenario}.");
                    break;
                default:
                    Explore(scenario, result, context);
                    break;
            }
        }
        catch (Exception refused) when (refused is ScenarioException or BrokenHarnessException)
        {
            result.SetResult(ResultState.Error, refused.Message);
        }

        return result;
    }

    private static ReplayLine? FindReplay(Scenario scenario)
    {
        var text = Environment.GetEnvironmentVariable(ReplayVariable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var line = ReplayLine.Parse(text);
        return scenario.Name.StartsWith(MethodOf(line.Scenario), StringComparison.Ordinal)
            ? line
            : throw new ScenarioException(
                $"{ReplayVariable} holds a replay line of '{line.Scenario}', and this is '{scenario.Name}': "
                + "run that test alone, by the --filter printed beside the line.");
    }

    private void Explore(Scenario scenario, TestResult result, TestExecutionContext context)
    {
        // Whoever stops the test run stops a long campaign, too.
        using var stop = new CancellationTokenSource();
        var report = Campaign.Run(
            scenario,
            DebuggerPort.IsAttached ? WatchedOptions.Of(options) : options,
            _ => StopIfAsked(context, stop),
            stop.Token);
        switch (new CampaignOutcome(report, options, TimeSpan.Zero).Verdict)
        {
            case CampaignVerdict.Holds or CampaignVerdict.PlantedBugFound:
                FilesOf(scenario).Clear();
                _isolation.SetHeld(result, CampaignText.Notes(report with { PinnedMisfits = [] }), report.PinnedMisfits);
                break;
            case CampaignVerdict.Interrupted:
                result.SetResult(
                    ResultState.Cancelled,
                    $"{scenario.Name} was stopped after {Runs(report.Runs)} of {options.Runs}, which held: nothing is decided.");
                break;
            case CampaignVerdict.Unfinished:
                result.SetResult(
                    ResultState.Failure,
                    $"{scenario.Name} is not fully explored: there are more schedules than the {Runs(report.Runs)} that were allowed, "
                    + "and those held. "
                    + "Raise Runs, set Preemptions to fewer, or make the test smaller.");
                break;
            case CampaignVerdict.PlantedBugMissed:
                result.SetResult(
                    ResultState.Failure,
                    $"{scenario.Name} must fail ({scenario.MustFail!.TrimEnd('.')}), but held in {Runs(report.Runs)}.\n"
                    + "If the bug is mended, take MustFail away. Otherwise it needs more Runs, another Seed or another Strategy to be found.");
                break;
            default:
                Fail(scenario, result, report.Shrunk!, report.Explanation, report.Replay, FailureText.Of(report, target));
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

    private void Replay(Scenario scenario, ReplayLine line, TestResult result)
    {
        var replay = ReplayReport.Make(scenario, line);
        if (replay.Run.Passed)
        {
            _isolation.SetHeld(result, replay.Compare());
        }
        else
        {
            Fail(scenario, result, replay.Run, null, ReplayLine.Of(scenario, replay.Run), FailureText.Of(scenario, replay, target));
        }
    }

    private void Fail(Scenario scenario, TestResult result, RunReport run, Explanation? explanation, ReplayLine? line, string text)
    {
        // Once more, for the output of the run that the message is about, and for whoever wants to see it fail.
        using (DebuggerPort.IsAttached ? new BreakAtThrow(DebuggerPort, run.Failure!.Exception) : null)
        {
            scenario.Run(new ReplayStrategy(run.Script));
        }

        if (line is not null && scenario.MustFail is null)
        {
            text += FailureText.PinOf(line);
        }

        _isolation.SetFailure(result, run, text);
        Attach(result, new FailedTest(scenario, run, explanation, line, target));
    }

    private static void Attach(TestResult result, FailedTest failed)
    {
        try
        {
            foreach (var (path, description) in FilesOf(failed.Scenario).Write(failed))
            {
                ResultAttachments.Add(result, path, description);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure is told all the same.
            result.OutWriter.WriteLine($"The files of the failure could not be written: {error.Message}");
        }
    }

    private static FailureAttachments FilesOf(Scenario scenario) => new(TestContext.CurrentContext.WorkDirectory, scenario.Name);
}
