using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// A test that is many simulated runs, as NUnit's runner calls it. With the environment variable <c>SIM_REPLAY</c> set to a replay
/// line of this test, that one run is made instead. For attributes that make a test of runs.
/// </summary>
/// <param name="test">The test.</param>
/// <param name="target">The project that holds the test: what to pass to <c>sim replay</c>.</param>
public abstract class SimulatedTestCommand(Test test, string target) : TestCommand(test)
{
    private const string ReplayVariable = "SIM_REPLAY";

    /// <summary>Around each run of the test's body.</summary>
    protected RunIsolation Isolation { get; } = new();

    /// <summary>The project that holds the test.</summary>
    protected string Target => target;

    /// <summary>Asked whether somebody looks on.</summary>
    internal IDebuggerPort DebuggerPort { get; init; } = SystemDebugger.Instance;

    /// <summary>Makes the runs, between the test actions of the test and of what is above it.</summary>
    public sealed override TestResult Execute(TestExecutionContext context) => new TestActionsCommand(new Runs(this)).Execute(context);

    /// <summary>What is needed before any run is made; called once.</summary>
    /// <exception cref="ScenarioException">The test cannot be simulated; the message is its result.</exception>
    protected abstract void Prepare(TestExecutionContext context);

    /// <summary>Searches for a failure, and ends by <see cref="SetHeld"/>, <see cref="SetFailure"/> or a result of its own.</summary>
    protected abstract void Explore(TestExecutionContext context, TestResult result);

    /// <summary>What a replay line is about; null if that is another case of this test.</summary>
    /// <exception cref="ScenarioException">It is of another test, or cannot be made again.</exception>
    protected abstract Scenario? Find(ReplayLine line);

    /// <summary>That a replay line is of another test.</summary>
    protected static ScenarioException IsOfAnother(ReplayLine line, string name)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new ScenarioException(
            $"{ReplayVariable} holds a replay line of '{line.Scenario}', and this is '{name}': "
            + "run that test alone, by the --filter printed beside the line.");
    }

    /// <summary>The runs held.</summary>
    /// <param name="result">The test's result.</param>
    /// <param name="notes">What else is to be told; empty for nothing.</param>
    /// <param name="warnings">What makes the result a warning.</param>
    protected void SetHeld(TestResult result, string notes = "", IReadOnlyList<string>? warnings = null)
    {
        FailureAttachments.Of(Test).Clear();
        Isolation.SetHeld(result, notes, warnings);
    }

    /// <summary>A run failed: makes it once more, and attaches its trace, its replay line and its timeline.</summary>
    /// <param name="result">The test's result.</param>
    /// <param name="scenario">What was run.</param>
    /// <param name="run">The run that the text is about.</param>
    /// <param name="explanation">Why it fails; null if that is not known.</param>
    /// <param name="line">The line that makes it again; null if it cannot be replayed.</param>
    /// <param name="text">The text of the failure.</param>
    protected void SetFailure(
        TestResult result, Scenario scenario, RunReport run, Explanation? explanation, ReplayLine? line, string text)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(run);
        // For the output of the run that the message is about, and for whoever wants to see it fail.
        using (DebuggerPort.IsAttached ? new BreakAtThrow(DebuggerPort, run.Failure!.Exception) : null)
        {
            scenario.Run(new ReplayStrategy(run.Script));
        }

        var failed = new FailedTest(scenario, run, explanation, line, target);
        Isolation.SetFailure(result, run, text + failed.Pin);
        try
        {
            foreach (var (path, description) in FailureAttachments.Of(Test).Write(failed))
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

    private void Execute(TestExecutionContext context, TestResult result)
    {
        // The test's random numbers are the same in every process, so that a replay draws them again.
        Test.Seed = StableHash.Of(Test.FullName);
        try
        {
            Prepare(context);
            if (Environment.GetEnvironmentVariable(ReplayVariable) is not { } text || string.IsNullOrWhiteSpace(text))
            {
                Explore(context, result);
            }
            else if (ReplayLine.Parse(text) is var line && Find(line) is { } scenario)
            {
                Replay(scenario, line, result);
            }
            else
            {
                // A filter may not tell the cases of one test apart, or tests whose names begin alike.
                result.SetResult(ResultState.Skipped, $"{ReplayVariable} holds a replay line of {line.Scenario}.");
            }
        }
        catch (Exception refused) when (refused is ScenarioException or BrokenHarnessException)
        {
            result.SetResult(ResultState.Error, refused.Message);
        }
    }

    private void Replay(Scenario scenario, ReplayLine line, TestResult result)
    {
        var replay = ReplayReport.Make(scenario, line);
        if (replay.Run.Passed)
        {
            Isolation.SetHeld(result, replay.Compare());
        }
        else
        {
            var again = ReplayLine.Of(scenario, replay.Run);
            SetFailure(result, scenario, replay.Run, null, again, FailureText.Of(scenario, replay, target));
        }
    }

    private sealed class Runs(SimulatedTestCommand outer) : TestCommand(outer.Test)
    {
        public override TestResult Execute(TestExecutionContext context)
        {
            outer.Execute(context, context.CurrentResult);
            return context.CurrentResult;
        }
    }
}
