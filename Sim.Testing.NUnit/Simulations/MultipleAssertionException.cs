using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Sim.Testing.NUnit;

/// <summary>
/// Several assertions of one run failed, or one whose exception was caught on the way. NUnit's own message holds paths of this
/// machine, which a trace must not; here they are in the stack trace alone.
/// </summary>
public sealed class MultipleAssertionException : AssertionException
{
    private readonly string _stackTrace;

    /// <summary>An error about the assertions that failed.</summary>
    /// <param name="failed">The result that holds them.</param>
    public MultipleAssertionException(ITestResult failed)
        : base(MessageOf(FailuresIn(failed))) =>
        _stackTrace = string.Join('\n', FailuresIn(failed).Select(static one => one.StackTrace?.TrimEnd()));

    /// <summary>Where the assertions stand.</summary>
    public override string StackTrace => _stackTrace;

    private static AssertionResult[] FailuresIn(ITestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.AssertionResults.Where(static one => one.Status is AssertionStatus.Failed or AssertionStatus.Error)];
    }

    private static string MessageOf(AssertionResult[] failures) => failures.Length == 1
        ? TextOf(failures[0])
        : $"{failures.Length} assertions failed:\n"
            + string.Join('\n', failures.Select(static (one, i) => $"{i + 1}. {TextOf(one).ReplaceLineEndings("\n   ")}"));

    private static string TextOf(AssertionResult one) => (one.Message ?? "").Trim();
}
