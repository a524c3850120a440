using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Checks a property and turns its report into NUnit's result. With the environment variable <c>SIM_REPLAY</c> set to a replay
/// line of this property, makes that one run instead.
/// </summary>
internal sealed class PropertyCommand(
    TestMethod test, IReadOnlyList<Type> arbitraries, PropertyOptions options, string target) : TestCommand(test)
{
    private const string ReplayVariable = "SIM_REPLAY";

    private readonly RunIsolation _isolation = new();

    public override TestResult Execute(TestExecutionContext context)
    {
        var result = context.CurrentResult;
        try
        {
            var subject = MethodSubject.Of(context, arbitraries, _isolation);
            var search = new PropertySearch(subject, options);
            if (Environment.GetEnvironmentVariable(ReplayVariable) is { } text && !string.IsNullOrWhiteSpace(text))
            {
                Replay(search, subject, ReplayLine.Parse(text), result);
            }
            else
            {
                Check(search, result);
            }
        }
        catch (ScenarioException refused)
        {
            result.SetResult(ResultState.Error, refused.Message);
        }

        return result;
    }

    private void Check(PropertySearch search, TestResult result)
    {
        var report = search.Run();
        if (report.AsExpected)
        {
            result.OutWriter.Write(_isolation.Output);
            result.SetResult(ResultState.Success);
        }
        else if (report.Failure is { Shrunk: { } shrunk } failure)
        {
            // Once more, for the output of the run that the message is about.
            failure.Scenario.Run(new ReplayStrategy(shrunk.Script));
            _isolation.SetFailure(result, shrunk, report.ToText(target));
        }
        else
        {
            result.SetResult(ResultState.Failure, report.ToText(target));
        }
    }

    private void Replay(PropertySearch search, Subject subject, ReplayLine line, TestResult result)
    {
        var key = SampleKey.Parse(subject.Name, line.Scenario) ?? throw new ScenarioException(
            $"{ReplayVariable} holds a replay line of '{line.Scenario}', and this is '{subject.Name}': "
            + "run that test alone, by the --filter printed beside the line.");
        var scenario = search.Find(key);
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
