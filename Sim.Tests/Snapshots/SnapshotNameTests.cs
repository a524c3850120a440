using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class SnapshotNameTests
{
    [Test]
    public void Type_HasNoNamespace_AndTheMethodFollows() =>
        Assert.That(Prefix(typeof(SnapshotNameTests), "M"), Is.EqualTo("SnapshotNameTests.M"));

    [Test]
    public void NestedType_HasItsParentInFront() =>
        Assert.That(Prefix(typeof(Nested), "InNested"), Is.EqualTo("SnapshotNameTests.Nested.InNested"));

    [Test]
    public void DeeperNesting_KeepsOneParentOnly() =>
        Assert.That(Prefix(typeof(Nested.Deep), "InDeep"), Is.EqualTo("Nested.Deep.InDeep"));

    [Test]
    public void GenericType_KeepsTheBacktick() =>
        Assert.That(Prefix(typeof(List<int>), "G"), Is.EqualTo("List`1.G"));

    [Test]
    public void Arguments_FollowInOrder_AsNameAndValue() =>
        Assert.That(Prefix(typeof(SnapshotNameTests), "N", ("arg", "p1"), ("z", 3)), Is.EqualTo("SnapshotNameTests.N_arg=p1_z=3"));

    [Test]
    public void LongNames_AreNotCut() =>
        Assert.That(Prefix(typeof(SnapshotNameTests), "M", ("s", new string('x', 400))), Has.Length.EqualTo("SnapshotNameTests.M_s=".Length + 400));

    private static string Prefix(Type type, string method, params (string Name, object? Value)[] arguments) =>
        SnapshotName.Prefix(type, method, arguments.Select(a => KeyValuePair.Create(a.Name, a.Value)));

    private static class Nested
    {
        public static class Deep;
    }
}
