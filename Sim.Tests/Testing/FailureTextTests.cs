using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

public class FailureTextTests
{
    [Test]
    public Task WholeText_OfAShrunkRace() =>
        Verify(CodePlaces.Without(FailureText.Of(Campaign.Run(Races.Account, new CampaignOptions { Runs = 300 }), "Sim.Tests")));

    [Test]
    public void FailureWithoutDeviations_SaysOnceThatItIsNotTheOrder()
    {
        var scenario = new Scenario("always", static () => throw new ArithmeticException("Wrong."));
        var text = FailureText.Of(Campaign.Run(scenario), "Folder");
        Assert.That(text, Does.Contain("It is not the order").And.Contain("ArithmeticException: Wrong."));
        Assert.That(text, Does.Not.Contain("No special schedule"));
        Assert.That(text, Does.Contain("sim replay Folder always@2::").And.Contain("--filter Name=always"));
    }

    [Test]
    public void LinesInTheText_ReplayTheFailure()
    {
        var text = FailureText.Of(Campaign.Run(Races.Account, new CampaignOptions { Runs = 300 }), "Folder");
        var line = text.Split('\n').Single(static line => line.Contains("sim replay", StringComparison.Ordinal)).Split(' ')[^1];
        var replay = ReplayReport.Make(Races.Account, ReplayLine.Parse(line));
        Assert.That((replay.IsIdentical, replay.Run.Passed), Is.EqualTo((true, false)));
        Assert.That(text, Does.Contain($"SIM_REPLAY={line}"));
        Assert.That(FailureText.Of(Races.Account, replay, "Folder"), Does.Contain("still fails").And.Contain("event for event").And.Contain(line));
    }

    [Test]
    public void CampaignThatHeld_HasNoFailureText() =>
        Assert.That(static () => FailureText.Of(Campaign.Run(Races.Turns), "Folder"), Throws.ArgumentException);
}
