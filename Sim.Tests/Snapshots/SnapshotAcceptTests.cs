using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class SnapshotAcceptTests
{
    [TestCase(null)]
    [TestCase("old")]
    [TestCase("with a carriage\r\nreturn")]
    public void Accepting_MovesReceivedOverVerified_AndPasses(string? verified)
    {
        using var box = new SnapshotSandbox { Accepts = true };
        if (verified is not null)
        {
            box.Write("A.B.verified.txt", verified);
        }

        box.Verify("new");

        Assert.That(box.Files, Is.EqualTo((string[])["A.B.verified.txt"]));
        Assert.That(box.Bytes("A.B.verified.txt"), Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, .. "new"u8]));
        Assert.That(box.Notes, Is.EqualTo((string[])["settled A.B.received.txt A.B.verified.txt"]));
    }

    [Test]
    public void Accepting_RemovesStrays()
    {
        using var box = new SnapshotSandbox { Accepts = true };
        box.Write("A.B.verified.txt", "x");
        box.Write("A.B#00.verified.txt", "left over");
        box.Verify("x");
        Assert.That(box.Files, Is.EqualTo((string[])["A.B.verified.txt"]));
    }

    [Test]
    public void Accepting_LeavesAnEqualFileAsItIs()
    {
        using var box = new SnapshotSandbox { Accepts = true };
        box.Write("A.B.verified.txt", "x");
        box.Verify("x");
        Assert.That(box.Bytes("A.B.verified.txt"), Is.EqualTo("x"u8.ToArray()));
    }

    [TestCase(null, false)]
    [TestCase("", false)]
    [TestCase("0", false)]
    [TestCase("true", false)]
    [TestCase("1", true)]
    [NonParallelizable]
    public void OnlyTheVariable_MakesTheHostAccept(string? value, bool expected)
    {
        using var _ = new EnvironmentOverride(NUnitSnapshotHost.AcceptVariable, value);
        Assert.That(new NUnitSnapshotHost().Accepts, Is.EqualTo(expected));
    }
}
