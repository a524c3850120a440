using NUnit.Framework;

namespace Sim.Tests;

/// <summary>Printed lines are pasted.</summary>
[TestFixture]
public sealed class ShellWordTests
{
    [TestCase("bin/x.dll", "bin/x.dll")]
    [TestCase("", "\"\"")]
    [TestCase("two words", "\"two words\"")]
    [TestCase("it's", "\"it's\"")]
    [TestCase("costs $5 'now'", "'costs $5 '\\''now'\\'''")]
    public void AText_IsOneWord(string text, string word) => Assert.That(Sim.Testing.ShellWord.Of(text), Is.EqualTo(word));

    [Test]
    public void TheFilter_OfAScenarioWithSpaces_IsOneWord() =>
        Assert.That(new Sim.Testing.Scenario("two words", static () => Task.CompletedTask).TestFilter, Is.EqualTo("\"Name=two words\""));
}
