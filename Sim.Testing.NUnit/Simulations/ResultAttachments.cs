using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>Adds a file to the result of a test that is not the one of the current context.</summary>
internal static class ResultAttachments
{
    /// <summary>Adds a file that exists.</summary>
    public static void Add(TestResult result, string path, string? description)
    {
        // NUnit takes attachments by the current context alone.
        var context = new TestExecutionContext { CurrentTest = (Test)((ITestResult)result).Test, CurrentResult = result };
        var flow = ExecutionContext.Capture()!;
        ExecutionContext.Run(
            flow,
            _ =>
            {
                context.EstablishExecutionEnvironment();
                TestContext.AddTestAttachment(path, description);
            },
            null);
    }
}
