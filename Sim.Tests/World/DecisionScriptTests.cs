using NUnit.Framework;
using Sim.World;

namespace Sim.Tests;

public class DecisionScriptTests
{
    private static readonly StepKey _bob = new("bob", 3), _odd = new("a,b.c~d e-7", 2);

    [Test]
    public void TextForm_HasPlaceValueAndKey_ForEveryKind()
    {
        var script = new DecisionScript([
            new Deviation(4, 1, Order(_bob, new StepKey("alice", 2))),
            new Deviation(9, 2, Order(_odd, _bob)),
            new Deviation(10, 321, new DecisionKey(DecisionKind.Draw, _bob, default, "size of .")),
            new Deviation(11, 1, new DecisionKey(DecisionKind.Time, _bob, default, "")),
            new Deviation(12, 5, new DecisionKey(DecisionKind.Cost, _bob, default, ""))]);
        Assert.That(script.ToString(), Is.EqualTo(
            "4.1.bob-3.alice-2,9.2.a%2Cb%2Ec%7Ed%20e-7-2.bob-3,10.d321.bob-3.size%20of%20%2E,11.t1.bob-3,12.c5.bob-3"));
        Assert.That(DecisionScript.Parse(script.ToString()), Is.EqualTo(script));
    }

    [Test]
    public void WithoutRecords_ThereAreOnlyPlaces() =>
        Assert.That(Races.Order.Run(Races.Script(2), records: false).Script.ToString(), Is.EqualTo("0.2"));

    [Test]
    public void Values_StandAtTheirPlaces() =>
        Assert.That(DecisionScript.Parse("1.2.bob-1.alice-1,4.1.bob-2.alice-2").ToValues(), Is.EqualTo((int[])[0, 2, 0, 0, 1]));

    [Test]
    public void Fifo_IsTheEmptyText() => Assert.Multiple(static () =>
    {
        Assert.That(DecisionScript.Fifo.ToString(), Is.Empty);
        Assert.That(DecisionScript.Parse(""), Is.EqualTo(DecisionScript.Fifo));
    });

    [TestCase("4.1")]
    [TestCase("x.1.bob-1.al-1")]
    [TestCase("4.0.bob-1.al-1")]
    [TestCase("-4.1.bob-1.al-1")]
    [TestCase("4.1.bob-1")]
    [TestCase("4.1.bob.al-1")]
    [TestCase("4.1.bob-0.al-1")]
    [TestCase("4.d1.bob-1")]
    [TestCase("4.d.bob-1.size")]
    [TestCase("4.t1.bob-1.al-1")]
    [TestCase("4.c1.bob-1.al-1")]
    [TestCase("4..bob-1.al-1")]
    [TestCase("4.1.bob-1.al-1,")]
    [TestCase("9.1.bob-1.al-1,4.1.bob-2.al-2")]
    [TestCase("99999999999.1.bob-1.al-1")]
    public void MalformedText_IsRefused_AndTheFormShown(string text) =>
        Assert.That(
            () => DecisionScript.Parse(text),
            Throws.TypeOf<FormatException>().With.Message.Contains("expected <number>.<value>.<step>.<step>"));

    [Test]
    public void DeviationsOutOfOrderOrWithTheDefault_AreRefused() => Assert.Multiple(static () =>
    {
        Assert.That(static () => new DecisionScript([new Deviation(1, 0, default)]), Throws.ArgumentException);
        Deviation twice = new(2, 1, default);
        Assert.That(() => new DecisionScript([twice, twice]), Throws.ArgumentException);
        Assert.That(static () => new DecisionScript([new Deviation(-1, 1, default)]), Throws.ArgumentException);
    });

    [Test]
    public void ScriptOfARun_HoldsOnlyWhatDeviates()
    {
        var (draw, order) = (new DecisionKey(DecisionKind.Draw, _bob, default, "dice"), Order(_odd, _bob));
        Decision[] decisions =
        [
            new(DecisionKind.Order, 2, 0, Order(_bob, _bob), 1),
            new(DecisionKind.Draw, 9, 7, draw, 1),
            new(DecisionKind.Order, 3, 2, order, 2),
        ];
        Assert.That(DecisionScript.Of(decisions).Deviations, Is.EqualTo(new[] { new Deviation(1, 7, draw), new Deviation(2, 2, order) }));
    }

    private static DecisionKey Order(StepKey step, StepKey turn) => new(DecisionKind.Order, step, turn, "");
}
