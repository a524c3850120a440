using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class SnapshotFlowTests
{
    [Test]
    public void Equal_Passes_AndRemovesStaleReceivedFiles_OfThisTestOnly()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", "x");
        box.Write("A.B.received.txt", "old");
        box.Write("A.B.received.json", "old");
        box.Write("A.B#01.received.txt", "old");
        box.Write("A.B_n=1.received.txt", "another test's");
        box.Write("A.Bc.received.txt", "another test's");

        box.Verify("x");

        Assert.That(box.Files, Is.EqualTo((string[])["A.B.verified.txt", "A.B_n=1.received.txt", "A.Bc.received.txt"]));
        Assert.That(box.Notes, Is.EqualTo((string[])["settled A.B.received.txt A.B.verified.txt"]));
    }

    [Test]
    public void New_WritesReceived_AndFails()
    {
        using var box = new SnapshotSandbox();
        box.FailureOf("x");
        Assert.That(box.Files, Is.EqualTo((string[])["A.B.received.txt"]));
        Assert.That(box.Notes, Is.EqualTo((string[])["failed A.B.received.txt A.B.verified.txt"]));
    }

    [Test]
    public void NotEqual_WritesReceived_AndLeavesVerifiedAlone()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", "x");
        box.FailureOf("y");
        Assert.That(box.Files, Is.EqualTo((string[])["A.B.received.txt", "A.B.verified.txt"]));
        Assert.That(box.Bytes("A.B.verified.txt"), Is.EqualTo("x"u8.ToArray()));
    }

    [TestCase("x\n", "x")]
    [TestCase("x", "x\n")]
    [TestCase("x", "x ")]
    [TestCase("x", "X")]
    [TestCase("\u00e9", "e\u0301")]
    public void Comparison_IsOrdinal(string verified, string received)
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", verified);
        Assert.That(box.FailureOf(received), Does.Contain("\nNotEqual:\n"));
    }

    [TestCase("")]
    [TestCase("\uFEFF")]
    public void EmptyVerifiedFile_IsDeleted_AndCountsAsMissing(string content)
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", content);
        Assert.That(box.FailureOf("x"), Does.Contain("\nNew:\n"));
        Assert.That(box.Files, Is.EqualTo((string[])["A.B.received.txt"]));
    }

    [Test]
    public void VerifiedFilesThatNothingProduced_FailTheTest()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", "x");
        box.Write("A.B#01.verified.txt", "left over");
        box.Write("A.B_n=1.verified.txt", "another test's");
        Assert.That(box.FailureOf("x"), Does.Contain("\nDelete:\n  - A.B#01.verified.txt\nEqual:\n"));
        Assert.That(box.Files, Has.Length.EqualTo(3), "strays are named, not removed, and no received file is written");
        Assert.That(box.Notes, Is.EqualTo((string[])["settled A.B.received.txt A.B.verified.txt"]), "no diff of what is equal");
    }

    [Test]
    public void ChangingTheExtension_LeavesAStray()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.json", "{}");
        box.Write("A.B.verified.txt", "{}");
        Assert.Throws<SnapshotException>(() => box.Verify("{}", extension: "json"));
    }

    [Test]
    public void CarriageReturnInVerified_IsAnError_AndReceivedIsStillWritten()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", "a\nb\r\nc");
        Assert.That(box.FailureOf("a\nb\nc"), Is.EqualTo(
            $"""
            Directory: {box.Path}
            A.B.verified.txt has a carriage return (\r) in line 2; lines of a snapshot end with \n alone.
            Likely git or an editor converted the file. Add this line to .gitattributes and check the file out again:
            *.verified.txt text eol=lf working-tree-encoding=UTF-8
            What the test produced is in A.B.received.txt.

            """));
        Assert.That(box.Files, Is.EqualTo((string[])["A.B.received.txt", "A.B.verified.txt"]));
    }

    [Test]
    public void SamePrefixTwice_IsRefused_AndTheFirstReceivedFileStays()
    {
        using var box = new SnapshotSandbox();
        box.FailureOf("first");
        var refused = Assert.Throws<InvalidOperationException>(() => box.Verify("second"))!;
        Assert.That(refused.Message, Does.StartWith($"The prefix has already been used: A.B in {box.Path}."));
        Assert.That(box.Bytes("A.B.received.txt"), Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, .. "first"u8]));
        Assert.Throws<InvalidOperationException>(() => box.Verify("third", "a.b"), "Windows and macOS have one file for both");
    }

    [Test]
    public void SamePrefixInAnotherDirectory_IsAnotherSnapshot()
    {
        using var box = new SnapshotSandbox();
        var prefixes = new SnapshotPrefixes();
        prefixes.Claim(box.Path, "A.B");
        Assert.DoesNotThrow(() => prefixes.Claim(Path.Combine(box.Path, "sub"), "A.B"));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase(".txt")]
    [TestCase("a/b")]
    [TestCase("png")]
    [TestCase("nobodys")]
    public void BadExtension_IsRefused_BeforeAnythingHappens(string extension)
    {
        using var box = new SnapshotSandbox();
        var source = Path.Combine(box.Path, "Some.cs");
        Assert.That(
            () => Snapshots.Verify("x", extension, sourceFile: source),
            Throws.ArgumentException.With.Message.Contains($"got '{extension}'"));
        Assert.That(() => new Snapshots.Target(extension, "x"), Throws.ArgumentException.With.Message.Contains($"got '{extension}'"));
        Assert.That(box.Files, Is.Empty);
    }

    [Test]
    public void OfSeveralTargets_OnlyThoseThatDiffer_LeaveAReceivedFile()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B#00.verified.txt", "one");
        box.Write("A.B#01.verified.txt", "zwei");
        Assert.Throws<SnapshotException>(() => box.VerifyAll("A.B", new("txt", "one"), new("txt", "two"), new("md", "three")));
        Assert.That(box.Files, Is.EqualTo((string[])
            ["A.B#00.verified.txt", "A.B#01.received.txt", "A.B#01.verified.txt", "A.B.received.md"]));
        Assert.That(box.Notes, Is.EqualTo((string[])
        [
            "settled A.B#00.received.txt A.B#00.verified.txt",
            "failed A.B#01.received.txt A.B#01.verified.txt",
            "failed A.B.received.md A.B.verified.md",
        ]));
    }

    [Test]
    public void CasesThatShareAVerifiedFile_HaveReceivedFilesOfTheirOwn()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", "same");
        box.VerifyAll(new("A.B_x=1", "A.B"), new SnapshotTarget("txt", "same"));
        Assert.Throws<SnapshotException>(() => box.VerifyAll(new("A.B_x=2", "A.B"), new SnapshotTarget("txt", "other")));
        Assert.That(box.Files, Is.EqualTo((string[])["A.B.verified.txt", "A.B_x=2.received.txt"]));
    }
}
