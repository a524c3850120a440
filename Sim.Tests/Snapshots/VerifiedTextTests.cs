using NUnit.Framework;

namespace Sim.Tests;

/// <summary>
/// Snapshots as a test author writes them. These compile and pass with either engine: nothing here may name the own one.
/// </summary>
[TestFixture("north")]
public class VerifiedTextTests(string host)
{
    [Test]
    public Task Lines_AreKeptAsTheyAre() => Verify("first\r\n  indented, with trailing blanks  \n\n\ttab, umlaut ä, clock 🕰\n");

    [TestCase("a/b", 2)]
    public async Task Arguments_AreInTheName(string path, int times) => await Verify($"{host}: {path} × {times}");

    [Test]
    public Task Nothing_HasAWord() => Verify("");
}
