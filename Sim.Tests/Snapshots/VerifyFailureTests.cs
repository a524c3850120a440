using NUnit.Framework;
using NUnit.Framework.Internal;
using Sim.Testing.NUnit;

namespace Sim.Tests;

/// <summary>The own engine's public door, on a temporary folder and with no diff tool.</summary>
[NonParallelizable]
public class VerifyFailureTests
{
    [Test]
    public async Task AFailure_IsInTheTask_AndTheReceivedFileIsAttached()
    {
        using var box = new SnapshotSandbox();
        using var noTool = new EnvironmentOverride("CI", "true");
        using var noAccept = new EnvironmentOverride(NUnitSnapshotHost.AcceptVariable, null);

        var verification = Snapshots.Verify("x", sourceFile: Path.Combine(box.Path, "Some.cs"));

        Assert.That(verification.IsFaulted, "nothing is thrown before somebody awaits, and nothing goes on behind the caller's back");
        var received = "VerifyFailureTests.AFailure_IsInTheTask_AndTheReceivedFileIsAttached.received.txt";
        await Assert.ThatAsync(() => verification, Throws.TypeOf<SnapshotException>());
        Assert.That(box.Files, Is.EqualTo((string[])[received]));
        Assert.That(TestExecutionContext.CurrentContext.CurrentResult.TestAttachments.Single().FilePath, Does.EndWith(received));
    }

    [Test]
    public async Task Accepting_WritesTheVerifiedFile_WithTheExtension()
    {
        using var box = new SnapshotSandbox();
        using var accept = new EnvironmentOverride(NUnitSnapshotHost.AcceptVariable, "1");
        await Snapshots.Verify("{}", "json", Path.Combine(box.Path, "Some.cs"));
        Assert.That(box.Files, Is.EqualTo((string[])["VerifyFailureTests.Accepting_WritesTheVerifiedFile_WithTheExtension.verified.json"]));
    }
}
