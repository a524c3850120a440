using NUnit.Framework;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

[TestFixture]
public sealed class ShrinkReportTests
{
    private static readonly CampaignReport _found = Campaign.Run(Races.Account, new CampaignOptions { Runs = 300 });

    [Test]
    public void LineOfALongRun_BecomesTheSmallest()
    {
        var report = ShrinkReport.Make(Races.Account, ReplayLine.Of(Races.Account, _found.Found!));

        Assert.That(report.Line.ToString(), Is.EqualTo(_found.Replay!.ToString()));
        Assert.That((report.WasSmallest, report.IsMinimal), Is.EqualTo((false, true)));
        Assert.That(report.ToText("Folder"),
            Does.Match(@"^account-race is shrunk from \d+ to \d+ decisions? \(\d+ runs\)\.\n\nIt fails at "));
        Assert.That(report.ToText("Folder"), Does.Contain($"\n  sim replay Folder {report.Line}\n"));
    }

    [Test]
    public void LineOfTheSmallest_IsSaidToBeMinimalAlready()
    {
        var report = ShrinkReport.Make(Races.Account, _found.Replay!);

        Assert.That(report.WasSmallest, Is.True);
        Assert.That(report.ToText("Folder"), Does.Match(@"^account-race is minimal already: \d+ decisions?, and (each|it) is needed \("));
    }

    [Test]
    public void NoBudget_IsNoCertainty()
    {
        var report = ShrinkReport.Make(Races.Account, ReplayLine.Of(Races.Account, _found.Found!), budget: 0);

        Assert.That((report.WasSmallest, report.IsMinimal), Is.EqualTo((true, false)));
        Assert.That(report.ToText("Folder"), Does.Contain("could not be made smaller than ")
            .And.Contain("shrinking did not get to its end."));
    }

    [Test]
    public void FailureFirstInFirstOut_NeedsNoDecision()
    {
        var scenario = new Scenario("always", static () => throw new ArithmeticException("Wrong."));
        var report = ShrinkReport.Make(scenario, ReplayLine.Of(scenario, scenario.Run(new FifoStrategy())));

        Assert.That(report.ToText("Folder"),
            Does.StartWith("always is minimal: it fails first in, first out (0 runs).\n\nIt fails at 0.000s "));
    }

    [Test]
    public void LineThatHolds_IsNotShrunk()
    {
        var report = ShrinkReport.Make(Races.Account, ReplayLine.Parse("account-race@2::held:0011223344556677"));

        Assert.That(report.ToText("Folder"), Is.EqualTo(
            "account-race holds: there is nothing to shrink. "
            + "The code has changed since the recording, and it still holds: no decision was needed.\n"));
    }
}
