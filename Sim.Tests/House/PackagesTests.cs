using System.Diagnostics;
using System.Reflection;
using System.Xml.Linq;
using NUnit.Framework;

namespace Sim.Tests;

/// <summary>
/// What users get is looked at as they get it. <c>./dev pack</c> gives the feed that it made (SIM_FEED); without one the
/// assemblies that are here are packed as they are.
/// </summary>
public class PackagesTests
{
    private const string Props = "<Project><PropertyGroup><Version>1.2.3</Version></PropertyGroup></Project>";
    private const string Versions = """<Project><ItemGroup><PackageVersion Include="Some" Version="7.0" /></ItemGroup></Project>""";
    private const string Project = """
        <Project><PropertyGroup><IsPackable>true</IsPackable></PropertyGroup>
        <ItemGroup><ProjectReference Include="../Sim.Base/Sim.Base.csproj" /><PackageReference Include="Some" /></ItemGroup></Project>
        """;

    private const string Nuspec = """
        <package><metadata><id>Sim.Good</id><version>1.2.3</version><license type="expression">MIT</license><readme>README.md</readme>
        <authors>A</authors><description>D</description><copyright>C</copyright><tags>t</tags><repository type="git" commit="c" />
        <dependencies><group><dependency id="Sim.Base" version="1.2.3" /><dependency id="Some" version="7.0" /></group></dependencies>
        </metadata></package>
        """;

    private static readonly string[] _entries =
        ["README.md", "Sim.Good.nuspec", "buildTransitive/Sim.Good.targets", "lib/net10.0/Sim.Good.dll", "lib/net10.0/Sim.Good.xml"];

    [Test]
    public void Packages_AreWhole()
    {
        var given = Environment.GetEnvironmentVariable("SIM_FEED");
        var feed = given ?? Directory.CreateTempSubdirectory("sim-feed-").FullName;
        try
        {
            if (given is null)
            {
                Pack(feed);
            }

            var packages = Directory.GetFiles(feed, "Sim.*.nupkg").Order(StringComparer.Ordinal).Select(PackageFile.Read).ToArray();
            Caretaker.FindsNothing(Packages.Check(SourceTree.Repository, packages, isPacked: given is not null));
        }
        finally
        {
            if (given is null)
            {
                Directory.Delete(feed, recursive: true);
            }
        }
    }

    [Test]
    public void AGoodPackage_Passes() => Assert.That(Check(Nuspec, _entries), Is.Empty);

    [TestCase("1.2.3</version>", "1.2.4</version>", "has not the version 1.2.3")]
    [TestCase(">MIT<", ">BSD<", "has not the licence as the expression MIT")]
    [TestCase("<description>D<", "<description>Package Description<", "says nothing of description")]
    [TestCase("commit=", "url=\"https://example.org\" commit=", "names an address")]
    [TestCase("id=\"Some\" version=\"7.0\"", "id=\"Some\" version=\"7.1\"", "does not depend on Some 7.0")]
    [TestCase("<group>", "<group><dependency id=\"NUnit\" version=\"5.0.0\" />", "depends on NUnit 5.0.0")]
    public void WhatItSaysWrongly_IsFound(string text, string replacement, string words) =>
        Assert.That(Check(Nuspec.Replace(text, replacement, StringComparison.Ordinal), _entries), Has.Some.Contains(words));

    [TestCase("README.md", "", "does not introduce itself")]
    [TestCase("lib/net10.0/Sim.Good.xml", "", "lacks lib/net10.0/Sim.Good.xml")]
    [TestCase("Sim.Good.nuspec", "lib/net10.0/nunit.framework.dll", "holds lib/net10.0/nunit.framework.dll")]
    [TestCase("Sim.Good.nuspec", "buildTransitive/A.verified.txt", "holds buildTransitive/A.verified.txt")]
    public void WhatItHoldsWrongly_IsFound(string entry, string replacement, string words) =>
        Assert.That(Check(Nuspec, [.. _entries.Where(name => name != entry), replacement]), Has.Some.Contains(words));

    [TestCase(true, "/_/Sim.Good/A.cs", "")]
    [TestCase(true, "C:/Sim.Good/A.cs", "tells where it was built: C:/Sim.Good/A.cs")]
    [TestCase(false, "/_/Sim.Good/A.cs", "without its symbols and sources")]
    public void WhatItsSymbolsSay_IsRead(bool hasSources, string path, string words) =>
        Assert.That(string.Concat(Check(Nuspec, _entries, hasSources, path)), words.Length == 0 ? Is.Empty : Does.Contain(words));

    private static string[] Check(string nuspec, string[] entries, bool hasSources = true, string path = "/_/A.cs")
    {
        var tree = new SourceTree(
            ("Directory.Build.props", Props), ("Directory.Packages.props", Versions), ("Sim.Good/Sim.Good.csproj", Project));
        var package = new PackageFile("Sim.Good.1.2.3.nupkg", XElement.Parse(nuspec), entries, [path], hasSources);
        return [.. Packages.Check(tree, [package], isPacked: true).Select(finding => finding.ToString())];
    }

    private static void Pack(string feed)
    {
        var configuration = typeof(PackagesTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

        // The template has no assembly that tests refer to, so nothing has prepared it.
        Run("restore", "Sim.Templates", "-v", "q");
        Run("pack", "Simulation.sln", "--no-build", "-c", configuration, "-o", feed, "--nologo", "-v", "q");
    }

    private static void Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = SourceTree.Root, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"dotnet {string.Join(' ', arguments)}: {text}");
    }
}
