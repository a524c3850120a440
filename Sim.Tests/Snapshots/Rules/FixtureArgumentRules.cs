using NUnit.Framework;

namespace Sim.Tests;

[TestFixture("p1")]
public class FixtureArgumentRules(string arg)
{
    [Test]
    public Task OfTheFixtureAlone() => Verify(arg);

    [TestCase(3)]
    public Task OfTheFixtureFirst(int z) => Verify($"{arg} {z}");
}
