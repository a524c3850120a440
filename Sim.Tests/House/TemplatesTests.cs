using NUnit.Framework;

namespace Sim.Tests;

public class TemplatesTests
{
    [Test]
    public void TheTemplate_IsWhatIsTestedHere() => Caretaker.FindsNothing(Templates.Check(SourceTree.Repository));

    [TestCase("7.0", "1.2.3", "class A;\n", "")]
    [TestCase("7.1", "1.2.3", "class A;\n", "takes Some 7.1; here it is 7.0")]
    [TestCase("7.0", "1.2.2", "class A;\n", "takes Sim.Good 1.2.2; here it is 1.2.3")]
    [TestCase("7.0", "1.2.3", "class B;\n", "differs from the region lease")]
    public void ATemplateThatIsBehind_IsFound(string some, string good, string test, string words)
    {
        var project = $"<P><PackageReference Include=\"Some\" Version=\"{some}\" />"
            + $"<PackageReference Include=\"Sim.Good\" Version=\"{good}\" /></P>";
        var tree = new SourceTree(
            ("Directory.Build.props", "<P><Version>1.2.3</Version></P>"),
            ("Directory.Packages.props", "<P><PackageVersion Include=\"Some\" Version=\"7.0\" /></P>"),
            ("Sim.Templates/content/sim-nunit/SimNUnit.csproj", project),
            ("Sim.Templates/content/sim-nunit/LeaseTests.cs", test),
            ("Sim.Tests/Testing.NUnit/LeaseTests.cs", "using X;\n#region lease\nclass A;\n#endregion\n"));
        var findings = string.Join('\n', Templates.Check(tree));
        Assert.That(findings, words.Length == 0 ? Is.Empty : Does.Contain(words));
    }
}
