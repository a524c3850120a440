using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

[TestFixture("p1")]
public class RunningTestFixtureTests(string arg)
{
    [Test]
    public void FixtureArguments_ComeFirst([Values(3)] int z) =>
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo($"RunningTestFixtureTests.FixtureArguments_ComeFirst_arg={arg}_z={z}"));

    [Test]
    public void FixtureArguments_AreThere_WithoutTestArguments() =>
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo("RunningTestFixtureTests.FixtureArguments_AreThere_WithoutTestArguments_arg=p1"));

    [TestFixture]
    public class Nested
    {
        [Test]
        public void ANestedFixture_HasItsParent() =>
            Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo("RunningTestFixtureTests.Nested.ANestedFixture_HasItsParent"));
    }

    [TestFixture(typeof(int))]
    public class Generic<T>
    {
        [Test]
        public void AGenericFixture_KeepsTheBacktick() =>
            Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo("RunningTestFixtureTests.Generic`1.AGenericFixture_KeepsTheBacktick"), typeof(T).Name);
    }

    public abstract class Base
    {
        [Test]
        public void AnInheritedTest_IsNamedByTheClassThatRuns() =>
            Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo("RunningTestFixtureTests.Derived.AnInheritedTest_IsNamedByTheClassThatRuns"));
    }

    public class Derived : Base;
}
