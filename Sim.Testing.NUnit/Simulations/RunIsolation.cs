using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// What stands between NUnit and the runs of one test: gives every run a test context of its own, so that assertions of one
/// do not count for another, and keeps what each leaves: its output, warnings and attachments. For attributes that run a body
/// many times. Runs may be made on several threads.
/// </summary>
public sealed class RunIsolation
{
    private readonly object _gate = new();
    private readonly Test? _test;
    private TestResult? _first;
    private TestResult? _last;
    private ResultStateException? _setAside;
    private bool _anyCounts;

    /// <summary>For the test that NUnit runs.</summary>
    public RunIsolation()
    {
    }

    /// <summary>Without NUnit's runner: the runs are told that they are of this test.</summary>
    internal RunIsolation(Test test) => _test = test;

    /// <summary>
    /// Makes one run of a body in a context of its own. <c>Assert.Pass</c> ends the run, and the run holds; so does a run that ends by
    /// <c>Assume</c>, <c>Assert.Inconclusive</c> or <c>Assert.Ignore</c>, which does not count.
    /// </summary>
    public async Task RunAsync(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (_test is not null)
        {
            Enter(new TestExecutionContext { CurrentTest = _test, CurrentResult = _test.MakeTestResult() });
        }

        // Not disposed, because that would add the output of every run to that of the test. It ends with the flow of this method.
        _ = new TestExecutionContext.IsolatedContext();
        var own = TestExecutionContext.CurrentContext.CurrentResult;
        ResultStateException? stated = null;
        try
        {
            await body();
            RefuseSwallowedFailures(own);
        }
        catch (ResultStateException said) when (said.ResultState.Status != TestStatus.Failed)
        {
            stated = said is SuccessException ? null : said;
        }
        finally
        {
            Keep(own, stated);
        }
    }

    /// <summary>Makes the result of a test whose runs held, with what the first of them left.</summary>
    /// <param name="result">The result.</param>
    /// <param name="notes">What else is to be told; empty for nothing.</param>
    /// <param name="warnings">What makes the result a warning.</param>
    internal void SetHeld(TestResult result, string notes = "", IReadOnlyList<string>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        Show(_first, result);
        if (notes is { Length: > 0 })
        {
            result.OutWriter.WriteLine(notes);
        }

        foreach (var warning in warnings ?? [])
        {
            result.RecordAssertion(AssertionStatus.Warning, warning);
        }

        if (_setAside is { } said && !_anyCounts)
        {
            result.SetResult(said.ResultState, said.Message, said.StackTrace);
            return;
        }

        if (_setAside is not null)
        {
            result.OutWriter.WriteLine($"Some runs do not count, because they ended with: {_setAside.Message.Trim()}");
        }

        result.RecordTestCompletion();
    }

    /// <summary>Makes the result of a test of a run that failed, with what the last run left.</summary>
    /// <param name="result">The result.</param>
    /// <param name="run">The run.</param>
    /// <param name="text">The text of the failure.</param>
    /// <exception cref="ArgumentException">The run did not fail.</exception>
    internal void SetFailure(TestResult result, RunReport run, string text)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(run);
        var error = run.Failure?.Exception ?? throw new ArgumentException("The run did not fail.", nameof(run));
        Show(_last, result);
        var cause = (error as FixtureException)?.InnerException ?? error;
        var state = cause is ResultStateException stated ? stated.ResultState : ResultState.Error;
        result.SetResult(error is FixtureException fixture ? state.WithSite(fixture.Site) : state, text, UserStack.Of(cause));
    }

    // NUnit puts a synchronization context of its own on the thread, too; the loop's stays.
    private static void Enter(TestExecutionContext context)
    {
        var loops = SynchronizationContext.Current;
        context.EstablishExecutionEnvironment();
        SynchronizationContext.SetSynchronizationContext(loops);
    }

    // As in NUnit: an assertion that failed has failed, also if the code around it has caught its exception.
    private static void RefuseSwallowedFailures(TestResult own)
    {
        if (own.AssertionResults.Any(static assertion => assertion.Status == AssertionStatus.Failed))
        {
            throw new MultipleAssertionException(own);
        }
    }

    private static void Show(TestResult? run, TestResult result)
    {
        if (run is null)
        {
            return;
        }

        result.OutWriter.Write(run.Output);
        foreach (var warning in run.AssertionResults.Where(static assertion => assertion.Status == AssertionStatus.Warning))
        {
            result.RecordAssertion(warning);
        }

        foreach (var attachment in run.TestAttachments)
        {
            ResultAttachments.Add(result, attachment.FilePath, attachment.Description);
        }
    }

    private void Keep(TestResult own, ResultStateException? stated)
    {
        lock (_gate)
        {
            _first ??= own;
            _last = own;
            _setAside ??= stated;
            _anyCounts |= stated is null;
        }
    }
}
