using NUnit.Framework;
using Sim.World;

namespace Sim.Tests;

public class DecisionScriptTests
{
    [Test]
    public void TextForm_HasIndexValueAndLabel()
    {
        var script = new DecisionScript([new Deviation(4, 1, "bob"), new Deviation(9, 2, "a,b.c~d e")]);
        Assert.That(script.ToString(), Is.EqualTo("4.1.bob,9.2.a%2Cb.c%7Ed%20e"));
        Assert.That(DecisionScript.Parse("4.1.bob,9.2.a%2Cb.c%7Ed%20e"), Is.EqualTo(script));
    }

    [Test]
    public void Fifo_IsTheEmptyText() => Assert.Multiple(static () =>
    {
        Assert.That(DecisionScript.Fifo.ToString(), Is.Empty);
        Assert.That(DecisionScript.Parse(""), Is.EqualTo(DecisionScript.Fifo));
    });

    [TestCase("4.1")]
    [TestCase("x.1.bob")]
    [TestCase("4.0.bob")]
    [TestCase("-4.1.bob")]
    [TestCase("4.1.bob,")]
    [TestCase("9.1.bob,4.1.alice")]
    [TestCase("99999999999.1.bob")]
    public void MalformedText_IsRefused_AndTheFormShown(string text) =>
        Assert.That(() => DecisionScript.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("expected <number>.<value>.<label>"));

    [Test]
    public void DeviationsOutOfOrderOrWithTheDefault_AreRefused() => Assert.Multiple(static () =>
    {
        Assert.That(static () => new DecisionScript([new Deviation(1, 0, "a")]), Throws.ArgumentException);
        Assert.That(static () => new DecisionScript([new Deviation(2, 1, "a"), new Deviation(2, 1, "b")]), Throws.ArgumentException);
        Assert.That(static () => new DecisionScript([new Deviation(-1, 1, "a")]), Throws.ArgumentException);
    });

    [Test]
    public void ScriptOfARun_HoldsOnlyWhatDeviates()
    {
        Decision[] decisions = [new(DecisionKind.Order, 2, 0, "a", "a"), new(DecisionKind.Draw, 9, 7, "dice", "dice"), new(DecisionKind.Order, 3, 2, "c", "a")];
        Assert.That(DecisionScript.Of(decisions).Deviations, Is.EqualTo(new[] { new Deviation(1, 7, "dice"), new Deviation(2, 2, "c") }));
    }
}
