using NUnit.Framework;
using Sim.World;

namespace Sim.Tests;

public class SplitMix64Tests
{
    // The reference implementation's first numbers for seed 1234567 (Vigna's splitmix64.c).
    [Test]
    public void Numbers_AreThoseOfTheReference()
    {
        var source = new SplitMix64(1234567);
        Assert.That(
            new[] { source.Next(), source.Next(), source.Next() },
            Is.EqualTo(new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL }));
    }

    [Test]
    public void Below_ReachesEveryValue_AndNoOther()
    {
        var source = new SplitMix64(1);
        var drawn = Enumerable.Range(0, 1_000).Select(_ => source.Below(7)).ToHashSet();
        Assert.That(drawn.Order(), Is.EqualTo(Enumerable.Range(0, 7)));
        Assert.That(() => source.Below(0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
