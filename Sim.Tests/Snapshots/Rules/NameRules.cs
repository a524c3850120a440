using NUnit.Framework;

namespace Sim.Tests;

/// <summary>
/// What a snapshot's file is called by the test alone. This folder holds a test for each rule, with files, that compile and pass
/// with the own engine and with Verify: nothing here may name either.
/// </summary>
[TestFixture]
public class NameRules
{
    [Test]
    public Task ATest_IsClassAndMethod() => Verify("no namespace");

    [TestCase(1, TestName = "a name for people")]
    public Task TheDisplayName_DoesNotCount(int x) => Verify($"argument {x}");

    [TestCase(1)]
    public Task GenericMethods_HaveTheirPlainName<T>(T value) => Verify($"argument {value}");

    public class Nested
    {
        [Test]
        public Task ANestedClass_HasItsParent() => Verify("one parent");

        public class Deep
        {
            [Test]
            public Task ADeeperClass_HasOneParentOnly() => Verify("the nearest parent");
        }
    }

    public abstract class Base
    {
        [Test]
        public Task AnInheritedTest_IsNamedByTheClassThatRuns() => Verify("the derived class");
    }

    public class Derived : Base;
}
