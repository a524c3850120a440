using NUnit.Framework;

namespace Sim.Tests;

public class TemplatesTests
{
    [Test]
    public void TheTemplate_IsWhatIsTestedHere() => Caretaker.FindsNothing(Templates.Check(SourceTree.Repository));

    [TestCase("7.0", "1.2.3", "class A;\n", "7.0", "")]
    [TestCase("7.1", "1.2.3", "class A;\n", "7.1", "takes Some 7.1; here it is 7.0")]
    [TestCase("7.0", "1.2.2", "class A;\n", "7.0", "takes Sim.Good 1.2.2; here it is 1.2.3")]
    [TestCase("7.0", "1.2.3", "class B;\n", "7.0", "differs from the region lease")]
    [TestCase("7.0", "1.2.3", "class A;\n", "6.9", "README.md: does not show the template's <PackageReference Include=\"Some\" Version=\"7.0\" />")]
    public void ATemplateThatIsBehind_IsFound(string some, string good, string test, string shown, string words)
    {
        string Project(string some) => $"<P>\n  <PackageReference Include=\"Some\" Version=\"{some}\" />\n"
            + $"  <PackageReference Include=\"Sim.Good\" Version=\"{good}\" />\n</P>";
        var tree = new SourceTree(
            ("README.md", Project(shown)),
            ("Directory.Build.props", "<P><Version>1.2.3</Version></P>"),
            ("Directory.Packages.props", "<P><PackageVersion Include=\"Some\" Version=\"7.0\" /></P>"),
            ("Sim.Templates/content/sim-nunit/SimNUnit.csproj", Project(some)),
            ("Sim.Templates/content/sim-nunit/LeaseTests.cs", test),
            ("Sim.Tests/Testing.NUnit/LeaseTests.cs", "using X;\n#region lease\nclass A;\n#endregion\n"));
        var findings = string.Join('\n', Templates.Check(tree));
        Assert.That(findings, words.Length == 0 ? Is.Empty : Does.Contain(words));
    }
}
