using System.Text;
using NUnit.Framework;

namespace Sim.Tests;

/// <summary>Several texts in one verification.</summary>
[TestFixture]
public class TargetRules
{
    [Test]
    public Task One_HasThePlainName() => Verify(new Target("txt", "one"));

    [Test]
    public Task Several_AreNumbered() => Verify((IEnumerable<Target>)[new Target("txt", "one"), new Target("txt", "two")]);

    [Test]
    public Task AName_Follows() => Verify((IEnumerable<Target>)[new Target("txt", "one", "first"), new Target("txt", "two", "second")]);

    [Test]
    public Task TheSameName_IsNumbered() =>
        Verify((IEnumerable<Target>)[new Target("txt", "one", "nm"), new Target("txt", "two", "nm"), new Target("txt", "three")]);

    [Test]
    public Task AnotherExtension_IsAnotherFile() =>
        Verify((IEnumerable<Target>)[new Target("txt", "one"), new Target("json", "{}"), new Target("md", "# m")]);

    [Test]
    public Task ATextAndOthers() => Verify("root", (IEnumerable<Target>)[new Target("txt", "beside"), new Target("txt", "named", "nm")]);

    [Test]
    public Task ABuilder_IsAText() => Verify(new Target("txt", new StringBuilder("built"), "part"));
}
