using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

/// <summary>Whole texts: editors and the accept tool of Verify parse them.</summary>
public class SnapshotMessageTests
{
    [Test]
    public void New()
    {
        using var box = new SnapshotSandbox();
        Assert.That(box.FailureOf("one\ntwo"), Is.EqualTo(
            $"Directory: {box.Path}\n"
            + "New:\n"
            + "  - Received: A.B.received.txt\n"
            + "    Verified: A.B.verified.txt\n"
            + "\n"
            + "FileContent:\n"
            + "\n"
            + "New:\n"
            + "\n"
            + "Received: A.B.received.txt\n"
            + "one\ntwo\n"
            + "\n"));
    }

    [Test]
    public void NotEqual()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", "\uFEFFx");
        Assert.That(box.FailureOf("y"), Is.EqualTo(
            $"Directory: {box.Path}\n"
            + "NotEqual:\n"
            + "  - Received: A.B.received.txt\n"
            + "    Verified: A.B.verified.txt\n"
            + "\n"
            + "FileContent:\n"
            + "\n"
            + "NotEqual:\n"
            + "\n"
            + "Received: A.B.received.txt\n"
            + "y\n"
            + "Verified: A.B.verified.txt\n"
            + "x\n"
            + "\n"));
    }

    [Test]
    public void DeleteAndEqual()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", "x");
        box.Write("A.B#name.verified.txt", "left over");
        box.Write("A.B#00.verified.txt", "left over");
        Assert.That(box.FailureOf("x"), Is.EqualTo(
            $"Directory: {box.Path}\n"
            + "Delete:\n"
            + "  - A.B#00.verified.txt\n"
            + "  - A.B#name.verified.txt\n"
            + "Equal:\n"
            + "  - Received: A.B.received.txt\n"
            + "    Verified: A.B.verified.txt\n"));
    }

    [Test]
    public void NewAndDelete()
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.md", "left over");
        Assert.That(box.FailureOf(null), Is.EqualTo(
            $"Directory: {box.Path}\n"
            + "New:\n"
            + "  - Received: A.B.received.txt\n"
            + "    Verified: A.B.verified.txt\n"
            + "Delete:\n"
            + "  - A.B.verified.md\n"
            + "\n"
            + "FileContent:\n"
            + "\n"
            + "New:\n"
            + "\n"
            + "Received: A.B.received.txt\n"
            + "null\n"
            + "\n"));
    }

    [Test]
    public void TheException_HasNoStackTrace()
    {
        using var box = new SnapshotSandbox();
        Assert.That(Assert.Throws<SnapshotException>(() => box.Verify("x"))!.StackTrace, Is.Empty);
    }
}
