using NUnit.Framework;

namespace Sim.Tests;

/// <summary>What stands in a snapshot's file.</summary>
[TestFixture]
public class ContentRules
{
    [Test]
    public Task Lines_EndWithLineFeed() => Verify("windows\r\nold\rnew\nend");

    [Test]
    public Task Nothing_IsTrimmed() => Verify("  indented \t\n\n trailing  ");

    [Test]
    public Task ALastNewline_IsKept() => Verify("a\n");

    [Test]
    public Task NoLastNewline_IsAdded() => Verify("a");

    [Test]
    public Task TheEmptyText_HasAWord() => Verify("");

    [Test]
    public Task Null_HasAWord() => Verify((string?)null);

    [Test]
    public Task AByteOrderMarkInFront_GoesAway() => Verify("\uFEFFa");

    [Test]
    public Task AllOfUnicode_IsUtf8() => Verify("umlaut ä, clock \U0001F570, han 漢");

    [Test]
    public Task AnExtension_IsTheFiles() => Verify("""{ "a": 1 }""", "json");

    /// <summary>The file was written by hand, without a byte order mark.</summary>
    [Test]
    public Task OnReading_TheByteOrderMarkIsOptional() => Verify("no mark");
}
