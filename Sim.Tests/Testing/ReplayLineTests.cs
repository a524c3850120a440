using NUnit.Framework;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

public class ReplayLineTests
{
    private const string Hash = "0123456789abcdef";
    private const string Ends = "0123abcd";

    [Test]
    public void Line_IsOneWord()
    {
        var line = new ReplayLine("a b~c@d", DecisionScript.Parse("4.1.bob-3.alice-2"), Ends, Hash);
        Assert.That(line.ToString(), Is.EqualTo($"a%20b%7Ec%40d@2:4.1.bob-3.alice-2:{Ends}:{Hash}"));
        Assert.That(ReplayLine.Parse($" {line}\n"), Is.EqualTo(line));
    }

    [TestCase("")]
    [TestCase("account")]
    [TestCase("@1::" + Hash)]
    [TestCase("account@x::" + Hash)]
    [TestCase("account@-1::" + Hash)]
    public void TextThatIsNoReplayLine_IsRefused_AndTheFormShown(string text) =>
        AssertRefused(text, "is not a replay line: a replay line is <scenario>@<version>:<decisions>:<failure>:<trace hash>");

    [TestCase("account@2")]
    [TestCase("account@2:4.1.bob-3.alice-2")]
    [TestCase("account@2:4.1.bob-3.alice-2:" + Ends)]
    [TestCase("account@2:4.1.bob-3.alice-2:" + Ends + ":0123")]
    [TestCase("account@2:4.1.bob-3.alice-2:" + Ends + ":0123456789ABCDEF")]
    [TestCase("account@2:4.1.bob-3.alice-2:0123:" + Hash)]
    [TestCase("account@2:4.1.bob-3.alice-2:" + Ends + ":" + Hash + ":more")]
    [TestCase("account@2:4.1.bob-3.alice-2:" + Ends + ":" + Hash + ":7.abc")]
    [TestCase("account@2:4.1.bob-3:" + Ends + ":" + Hash)]
    public void CutLine_IsRefused(string text) => AssertRefused(text, "is cut or changed");

    [Test]
    public void MarksOfTheSteps_AreTheLastField_AndMayBeMissing()
    {
        var line = ReplayLine.Of(Races.Order, Races.Order.Run(Races.Script(2)));
        Assert.That(line.ToString(), Does.Match(@"^order@2:[^:]+:[0-9a-f]{8}:[0-9a-f]{16}:\d+\.[\w-]+$"));
        Assert.That(ReplayLine.Parse(line.ToString()), Is.EqualTo(line));
        Assert.That(ReplayLine.Parse($"{line with { Steps = null }}"), Is.EqualTo(line with { Steps = null }));
        Assert.That((line.IsChangedByHand, (line with { Script = DecisionScript.Fifo }).IsChangedByHand), Is.EqualTo((false, true)));
    }

    [Test]
    public void OtherVersion_IsRefused_AndSaysWhatToDo() =>
        AssertRefused($"account@1:whatever:{Hash}", "is of version 1, and this is version 2: use the Sim that printed it, or fuzz again.");

    [Test]
    public void Replay_OfAnotherScenario_IsRefused() => Assert.That(
        static () => ReplayReport.Make(Races.Order, new ReplayLine("account", DecisionScript.Fifo, Ends, Hash)),
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

    private static void AssertRefused(string text, string because)
    {
        var refused = Assert.Throws<ScenarioException>(() => ReplayLine.Parse(text))!;
        Assert.That(refused.Message, Does.Contain(because).And.Not.Contain("\n"));
    }
}
