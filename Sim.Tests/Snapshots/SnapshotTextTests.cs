using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class SnapshotTextTests
{
    [Test]
    public void File_IsBomThenTheText_WithLfAndNothingTrimmed()
    {
        using var box = new SnapshotSandbox();
        box.FailureOf("hello\r\nworld\n  x\t");
        Assert.That(box.Bytes("A.B.received.txt"), Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, .. "hello\nworld\n  x\t"u8]));
    }

    [Test]
    public void TrailingNewline_IsKept()
    {
        using var box = new SnapshotSandbox();
        box.FailureOf("a\n");
        Assert.That(box.Bytes("A.B.received.txt"), Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, .. "a\n"u8]));
    }

    [TestCase(null, "null")]
    [TestCase("", "emptyString")]
    [TestCase(" ", " ")]
    [TestCase("a\r\nb", "a\nb")]
    [TestCase("a\rb", "a\nb")]
    [TestCase("a\n\rb\r\r\n", "a\n\nb\n\n")]
    [TestCase("\uFEFFa", "a")]
    [TestCase("a\uFEFF", "a\uFEFF")]
    public void Normalizing_EndsLinesWithLf_AndNamesNothing(string? value, string expected) =>
        Assert.That(SnapshotText.Normalize(value), Is.EqualTo(expected));

    [Test]
    public void Umlauts_And_Emoji_AreUtf8()
    {
        using var box = new SnapshotSandbox();
        box.FailureOf("ä😀");
        Assert.That(box.Bytes("A.B.received.txt"), Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, 0xC3, 0xA4, 0xF0, 0x9F, 0x98, 0x80]));
    }

    [Test]
    public void HalfASurrogatePair_IsRefused_AndNothingIsWritten()
    {
        using var box = new SnapshotSandbox();
        Assert.That(box.FailureOf("abc\uD800"), Does.StartWith(
            "The text for A.B.received.txt cannot be written as UTF-8: at index 3 there is half a surrogate pair."));
        Assert.That(box.Files, Is.Empty);
    }

    [TestCase("\uFEFFsame")]
    [TestCase("same")]
    public void ReadingAVerifiedFile_TheByteOrderMarkIsOptional(string content)
    {
        using var box = new SnapshotSandbox();
        box.Write("A.B.verified.txt", content);
        box.Verify("same");
        Assert.That(box.Files, Is.EqualTo((string[])["A.B.verified.txt"]));
    }
}
