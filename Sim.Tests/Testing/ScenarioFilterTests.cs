using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

[TestFixture]
public sealed class ScenarioFilterTests
{
    [TestCase("account-race", "account-race", true)]
    [TestCase("account-race", "*", true)]
    [TestCase("account-race", "account*", true)]
    [TestCase("account-race", "*race", true)]
    [TestCase("account-race", "*t-r*", true)]
    [TestCase("account-race", "ACCOUNT-????", true)]
    [TestCase("account-race", "a*c*e*", true)]
    [TestCase("aaaab", "*a*ab", true)]
    [TestCase("account-race", "account", false)]
    [TestCase("account-race", "account-???", false)]
    [TestCase("account-race", "*x*", false)]
    [TestCase("", "*", true)]
    [TestCase("", "?", false)]
    [TestCase("a.b", "a?b", true)]
    [TestCase("a+b", "a.b", false)]
    public void Name_MatchesItsPattern(string name, string pattern, bool matches) =>
        Assert.That(ScenarioFilter.Matches(name, pattern), Is.EqualTo(matches));

    [Test]
    public void SeveralPatterns_ChooseWhatOneOfThemMatches() => Assert.That(
        ScenarioFilter.Select([Races.Account, Races.Order, Races.Turns], ["t*", "*race"]).Select(static scenario => scenario.Name),
        Is.EqualTo(new[] { "account-race", "turns" }));

    [Test]
    public void PatternWithoutMatch_NamesTheNearest() => Assert.That(
        () => ScenarioFilter.Select([Races.Account, Races.Turns], ["t*", "acount*"]),
        Throws.TypeOf<ScenarioException>().With.Message.EqualTo(
            "No scenario matches 'acount*'. Did you mean 'account-race'? Known: account-race, turns."));
}
