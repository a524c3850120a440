using NUnit.Framework;
using Sim.Testing;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

public class SimTestSettingsTests
{
    [Test]
    public void WhatATestDoesNotSet_ItsFixtureDoes_ThenItsBase()
    {
        var settings = new SimTestAttribute { Runs = 7 }.Settings.Under(typeof(Derived));

        Assert.That((settings.Runs, settings.Seed, settings.Run.Strategy, settings.Run.StepLimit), Is.EqualTo((7, 5L, "pct:3", 40L)));
    }

    [Test]
    public void WhoAsksForAllSchedules_DoesNotInheritTheChoiceOfSome()
    {
        var settings = new SimTestAttribute { Exhaustive = true }.Settings.Under(typeof(Derived));

        Assert.That((settings.Runs, settings.Seed), Is.EqualTo(((int?)null, (long?)null)));
        Assert.That((settings.Run.Strategy, settings.Run.StepLimit), Is.EqualTo(((string?)null, 40L)));
        Assert.That(settings.ToCampaignOptions(null).Runs, Is.EqualTo(100_000));
    }

    [Test]
    public void NothingSet_IsAUnitTest()
    {
        var options = new SimTestSettings().ToCampaignOptions(null);

        Assert.That((options.Runs, options.Seed, options.Workers), Is.EqualTo((1, 0L, 1)));
        Assert.That((options.Corpus, options.Exhaustive), Is.EqualTo(((string?)null, (ExhaustiveOptions?)null)));
        Assert.That(options.StopWhenCovered, Is.False);
    }

    [Test]
    public void WhereAnEndIsInSight_RunsAreManyUnlessSomebodySays()
    {
        Assert.That(new SimTestAttribute { Exhaustive = true }.Runs, Is.EqualTo(100_000));
        Assert.That(new SimTestAttribute { UntilCovered = true }.Runs, Is.EqualTo(100_000));
        Assert.That(new SimTestAttribute { UntilCovered = true, Runs = 9 }.Runs, Is.EqualTo(9));
    }

    [Test]
    public void BoundOnPreemptions_GoesWithoutReduction()
    {
        var exhaustive = new SimTestAttribute { Exhaustive = true, Preemptions = 2 }.Settings.ToCampaignOptions(null).Exhaustive!;

        Assert.That((exhaustive.Preemptions, exhaustive.Reduction), Is.EqualTo(((int?)2, Reduction.None)));
    }

    [Test]
    public void Corpus_LiesBesideTheProject()
    {
        var corpus = new SimTestAttribute { Corpus = true }.Settings.ToCampaignOptions(typeof(SimTestSettingsTests).Assembly).Corpus!;

        Assert.That(corpus.Replace('\\', '/'), Does.EndWith("Sim.Tests/.sim/corpus"));
    }

    [TestCase("250ms", 250)]
    [TestCase("30s", 30_000)]
    [TestCase("5min", 300_000)]
    [TestCase("2 h", 7_200_000)]
    [TestCase("1d", 86_400_000)]
    public void Lengths_AreANumberAndAUnit(string text, int milliseconds) =>
        Assert.That(LengthText.Parse("TimeLimit", text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("")]
    [TestCase("5")]
    [TestCase("s")]
    [TestCase("0s")]
    [TestCase("-1s")]
    [TestCase("1.5h")]
    [TestCase("1h30min")]
    [TestCase("99999999999999d")]
    public void OtherLengths_AreRefused(string text) =>
        Assert.That(
            () => LengthText.Parse("TimeLimit", text),
            Throws.TypeOf<ScenarioException>().With.Message.StartsWith($"TimeLimit is '{text}', but must be"));

    [SimTests(Strategy = "urw", StepLimit = 40)]
    private class Base;

    [SimTests(Seed = 5, Strategy = "pct:3", Runs = 100)]
    private sealed class Derived : Base;
}
