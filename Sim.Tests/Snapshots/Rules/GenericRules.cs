using NUnit.Framework;

namespace Sim.Tests;

[TestFixture(typeof(int))]
public class GenericRules<T>
{
    [Test]
    public Task AGenericClass_KeepsTheBacktick() => Verify($"of {typeof(T).Name}");
}
