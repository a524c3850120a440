using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// What stands between NUnit and the runs of one test: gives every run a test context of its own, so that assertions of one
/// do not count for another, and keeps the output of the last. For attributes that run a body many times.
/// </summary>
public sealed class RunIsolation
{
    /// <summary>What the last run wrote to <see cref="TestContext.Out"/>.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Makes one run of a body in a context of its own. <c>Assert.Pass</c> ends the run, and the run holds.</summary>
    public async Task RunAsync(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var isolated = new TestExecutionContext.IsolatedContext();
        var own = TestExecutionContext.CurrentContext.CurrentResult;
        try
        {
            await body();
        }
        catch (SuccessException)
        {
        }
        finally
        {
            Output = own.Output;
        }
    }

    /// <summary>Makes the result of a test of a run that failed, with the output of the last run.</summary>
    /// <param name="result">The result.</param>
    /// <param name="run">The run.</param>
    /// <param name="text">The text of the failure.</param>
    /// <exception cref="ArgumentException">The run did not fail.</exception>
    public void SetFailure(TestResult result, RunReport run, string text)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(run);
        var error = run.Failure?.Exception ?? throw new ArgumentException("The run did not fail.", nameof(run));
        result.OutWriter.Write(Output);
        // Assert.Ignore and Assert.Inconclusive say what the result is; so does a failed assertion.
        var state = error is ResultStateException stated ? stated.ResultState : ResultState.Error;
        var message = state.Status == TestStatus.Failed ? text : error.Message;
        result.SetResult(state, message, error.StackTrace);
    }
}
