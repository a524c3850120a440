using NUnit.Framework;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

public class ReplayLineTests
{
    private const string Hash = "0123456789abcdef";

    [Test]
    public void Line_IsOneWord()
    {
        var line = new ReplayLine("a b~c@d", DecisionScript.Parse("4.1.bob"), Hash);
        Assert.That(line.ToString(), Is.EqualTo($"a%20b%7Ec%40d@1:4.1.bob:{Hash}"));
        Assert.That(ReplayLine.Parse($" {line}\n"), Is.EqualTo(line));
    }

    [TestCase("")]
    [TestCase("account")]
    [TestCase("@1::" + Hash)]
    [TestCase("account@x::" + Hash)]
    [TestCase("account@-1::" + Hash)]
    public void TextThatIsNoReplayLine_IsRefused_AndTheFormShown(string text) =>
        AssertRefused(text, "is not a replay line: a replay line is <scenario>@<version>:<decisions>:<trace hash>");

    [TestCase("account@1")]
    [TestCase("account@1:4.1.bob")]
    [TestCase("account@1:4.1.bob:0123")]
    [TestCase("account@1:4.1.bob:0123456789ABCDEF")]
    [TestCase("account@1:4.1.bob:" + Hash + ":more")]
    [TestCase("account@1:4.1:" + Hash)]
    public void CutLine_IsRefused(string text) => AssertRefused(text, "is cut or changed");

    [Test]
    public void OtherVersion_IsRefused_AndSaysWhatToDo() =>
        AssertRefused($"account@2:whatever:{Hash}", "is of version 2, and this is version 1: use the Sim that printed it, or fuzz again.");

    [Test]
    public void Replay_OfAnotherScenario_IsRefused() => Assert.That(
        static () => ReplayReport.Make(Races.Order, new ReplayLine("account", DecisionScript.Fifo, Hash)),
        Throws.TypeOf<ScenarioException>().With.Message.EqualTo("The replay line belongs to scenario 'account', not to 'order'."));

    [Test]
    public void Replay_OfTheRecordedRun_IsIdentical()
    {
        var recorded = Races.Order.Run(Races.Script(2));
        var report = ReplayReport.Make(Races.Order, ReplayLine.Parse(ReplayLine.Of(Races.Order, recorded).ToString()));
        Assert.That((report.IsIdentical, report.Mismatch), Is.EqualTo((true, (string?)null)));
        Assert.That(report.Run.Failure!.IsSameAs(recorded.Failure), Is.True);
        Assert.That(report.Compare(), Is.EqualTo("The run is the recorded one, event for event."));
    }

    [Test]
    public void Replay_OfChangedCode_SaysWhereItBeginsToDiffer()
    {
        var otherTrace = ReplayReport.Make(Races.Order, new ReplayLine("order", DecisionScript.Fifo, Hash));
        Assert.That(otherTrace.Compare(), Does.StartWith("All recorded decisions matched, but the trace differs"));
        var otherDecisions = ReplayReport.Make(Races.Order, new ReplayLine("order", DecisionScript.Parse("0.1.carol"), Hash));
        Assert.That(otherDecisions.Compare(), Does.Contain("decision 0 was 'carol' when recorded; now the choice is 'other', 'early', 'late'"));
    }

    private static void AssertRefused(string text, string because)
    {
        var refused = Assert.Throws<ScenarioException>(() => ReplayLine.Parse(text))!;
        Assert.That(refused.Message, Does.Contain(because).And.Not.Contain("\n"));
    }
}
