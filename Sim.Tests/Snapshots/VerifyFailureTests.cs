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

        Assert.That(box.Files, Is.Empty, "settings may follow, so nothing happens before somebody awaits");
        Assert.That(verification.ToTask().IsFaulted, "nothing goes on behind the caller's back");
        var received = "VerifyFailureTests.AFailure_IsInTheTask_AndTheReceivedFileIsAttached.received.txt";
        await Assert.ThatAsync(() => verification.ToTask(), Throws.TypeOf<SnapshotException>());
        Assert.That(box.Files, Is.EqualTo((string[])[received]));
        Assert.That(TestExecutionContext.CurrentContext.CurrentResult.TestAttachments.Single().FilePath, Does.EndWith(received));
    }

    [Test]
    public async Task Accepting_WritesTheVerifiedFile_WithTheExtension()
    {
        using var box = new SnapshotSandbox();
        using var accept = new EnvironmentOverride(NUnitSnapshotHost.AcceptVariable, "1");
        await Snapshots.Verify("{}", "json", sourceFile: Path.Combine(box.Path, "Some.cs"));
        Assert.That(box.Files, Is.EqualTo((string[])["VerifyFailureTests.Accepting_WritesTheVerifiedFile_WithTheExtension.verified.json"]));
    }

    [Test]
    public void WhatDoesNotGoTogether_IsRefused()
    {
        Assert.That(
            () => new Snapshots.VerifySettings().With(it => it.UseFileName("a"), it => it.UseMethodName("b")),
            Throws.InvalidOperationException.With.Message.StartsWith("UseMethodName does not go with UseFileName"));
        Assert.That(
            () => new Snapshots.VerifySettings().With(it => it.UseParameters(1, 2), it => it.UseFileName("b")),
            Throws.InvalidOperationException.With.Message.StartsWith("UseFileName does not go with"));
        Assert.That(
            () => new Snapshots.VerifySettings().With(it => it.UseTextForParameters("a"), it => it.UseParameters(1, 2)),
            Throws.InvalidOperationException.With.Message.StartsWith("UseParameters does not go with UseTextForParameters"));
        Assert.That(
            () => Snapshots.Verify("x").UseMethodName("a/b"),
            Throws.ArgumentException.With.Message.Contains("got 'a/b'"));
        Assert.That(
            () => Snapshots.Verify(Array.Empty<Snapshots.Target>()),
            Throws.ArgumentException.With.Message.Contains("at least one target"));
    }

    [TestCase(1)]
    public async Task ArgumentsThatTheTestDoesNotHave_AreRefused(int x)
    {
        using var box = new SnapshotSandbox();
        var source = Path.Combine(box.Path, "Some.cs");
        await Assert.ThatAsync(
            () => Snapshots.Verify("x", sourceFile: source).UseParameters(x, 2).ToTask(),
            Throws.InvalidOperationException.With.Message.Contains("got 2 values, but Arguments").And.Message.Contains("has 1 parameters"));
        await Assert.ThatAsync(
            () => Snapshots.Verify("x", sourceFile: source).IgnoreParameters("y").ToTask(),
            Throws.InvalidOperationException.With.Message.Contains("IgnoreParameters names y, but").And.Message.Contains("has x."));
        Assert.That(box.Files, Is.Empty);
    }

    [Test]
    public async Task AVerification_IsSettledOnce()
    {
        using var box = new SnapshotSandbox();
        using var noAccept = new EnvironmentOverride(NUnitSnapshotHost.AcceptVariable, null);
        box.Write("VerifyFailureTests.AVerification_IsSettledOnce.verified.txt", "x");
        var verification = Snapshots.Verify("x", sourceFile: Path.Combine(box.Path, "Some.cs"));
        await verification;
        await verification;
        Assert.That(
            () => verification.UseMethodName("late"),
            Throws.InvalidOperationException.With.Message.StartsWith("The verification has taken place"));
    }
}
