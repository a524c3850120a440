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

    public override TestResult Execute(TestExecutionContext context)
    {
        var result = context.CurrentResult;
        try
        {
            var scenario = makeScenario(context, _isolation.RunAsync);
            if (FindReplay(scenario) is { } line)
            {
                Replay(scenario, line, result);
            }
            else
            {
                Explore(scenario, result);
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
        return line.Scenario.Equals(scenario.Name, StringComparison.Ordinal)
            ? line
            : throw new ScenarioException(
                $"{ReplayVariable} holds a replay line of '{line.Scenario}', and this is '{scenario.Name}': run that test alone, by the --filter printed beside the line.");
    }

    private void Explore(Scenario scenario, TestResult result)
    {
        var report = Campaign.Run(scenario, options);
        if (report.AsExpected)
        {
            result.OutWriter.Write(_isolation.Output);
            result.OutWriter.Write(CampaignText.Notes(report));
            result.SetResult(ResultState.Success);
        }
        else if (report.Shrunk is { } shrunk)
        {
            // Once more, for the output of the run that the message is about.
            scenario.Run(new ReplayStrategy(shrunk.Script));
            _isolation.SetFailure(result, shrunk, FailureText.Of(report, target));
        }
        else
        {
            result.SetResult(
                ResultState.Failure,
                $"{scenario.Name} must fail ({scenario.MustFail}), but held in {report.Runs} runs: more runs may find it, or the bug is gone.");
        }
    }

    private void Replay(Scenario scenario, ReplayLine line, TestResult result)
    {
        var replay = ReplayReport.Make(scenario, line);
        if (replay.Run.Passed)
        {
            result.OutWriter.Write(_isolation.Output);
            result.OutWriter.WriteLine(replay.Compare());
            result.SetResult(ResultState.Success);
        }
        else
        {
            _isolation.SetFailure(result, replay.Run, FailureText.Of(scenario, replay, target));
        }
    }
}
