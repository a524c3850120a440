using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sim.Tests;

/// <summary>
/// What every package must have: who made it and on what terms, a page that introduces it, documentation, symbols with sources,
/// exactly the dependencies of its project, and nothing else.
/// </summary>
internal static partial class Packages
{
    /// <summary>The projects that are packed, by their own word.</summary>
    public static IReadOnlyList<SourceFile> Projects(SourceTree tree) =>
        [.. tree.Files.Where(file => file.Path.Split('/') is [var folder, var name] && name == $"{folder}.csproj"
            && Property(file, "IsPackable") == "true")];

    /// <param name="tree">The repository.</param>
    /// <param name="packages">What lies in the feed.</param>
    /// <param name="isPacked">Whether <c>dotnet pack</c> built them, so that they may hold no path of this machine.</param>
    public static IEnumerable<Finding> Check(SourceTree tree, IReadOnlyList<PackageFile> packages, bool isPacked)
    {
        var version = Property(tree.Find("Directory.Build.props")!, "Version");
        var projects = Projects(tree);
        return
        [
            .. projects.Where(project => !packages.Any(package => package.Id == project.Project))
                .Select(project => new Finding(project.Path, "is packable, but there is no package of it")),
            .. packages.Where(package => !projects.Any(project => project.Project == package.Id))
                .Select(package => new Finding(package.Name, "is a package of no packable project")),
            .. from package in packages
               let project = projects.FirstOrDefault(project => project.Project == package.Id)
               where project is not null
               from words in About(package, version).Concat(Content(package, project)).Concat(Symbols(package, isPacked))
                   .Concat(Dependencies(package, project, tree, version))
               select new Finding(package.Name, words),
        ];
    }

    private static IEnumerable<string> About(PackageFile package, string version)
    {
        if (package.Name != $"{package.Id}.{version}.nupkg" || package.Metadata("version") != version)
        {
            yield return $"has not the version {version}";
        }

        if (package.Element("license") is not { Value: "MIT" } license || (string?)license.Attribute("type") != "expression")
        {
            yield return "has not the licence as the expression MIT";
        }

        if (package.Metadata("readme") != "README.md" || !package.Entries.Contains("README.md"))
        {
            yield return "does not introduce itself with a README.md";
        }

        foreach (var name in (string[])["authors", "description", "copyright", "tags"])
        {
            if (package.Metadata(name).Length == 0 || package.Metadata(name) == "Package Description")
            {
                yield return $"says nothing of {name}";
            }
        }

        // The repository has no public address yet. One of this machine would be worse than none.
        if (package.Element("projectUrl") is not null || package.Element("repository")?.Attribute("url") is not null)
        {
            yield return "names an address of the project: make sure that it exists, then change this check";
        }
    }

    private static IEnumerable<string> Content(PackageFile package, SourceFile project)
    {
        var isTool = Property(project, "PackAsTool") == "true";
        var isTemplate = Property(project, "PackageType") == "Template";
        string[] needed = isTool ? ["tools/net10.0/any/DotnetToolSettings.xml"]
            : isTemplate ? ["content/sim-nunit/.template.config/template.json", "content/sim-nunit/.gitattributes"]
            : [$"lib/net10.0/{package.Id}.dll", $"lib/net10.0/{package.Id}.xml"];
        foreach (var missing in needed.Except(package.Entries))
        {
            yield return $"lacks {missing}";
        }

        foreach (var entry in package.Entries.Except(needed).Where(entry => !Common().IsMatch(entry)))
        {
            var belongs = isTool ? entry.StartsWith("tools/net10.0/any/", StringComparison.Ordinal)
                : isTemplate ? entry.StartsWith("content/", StringComparison.Ordinal)
                : entry.StartsWith("buildTransitive/", StringComparison.Ordinal);
            if (!belongs || ForTests().IsMatch(entry))
            {
                yield return $"holds {entry}, which users have no need of";
            }
        }
    }

    private static IEnumerable<string> Symbols(PackageFile package, bool isPacked)
    {
        if (package.Sources is null)
        {
            yield break;
        }

        if (package.Sources.Count == 0 || !package.HasSources)
        {
            yield return "has an assembly without its symbols and sources";
        }

        if (isPacked && package.Sources.FirstOrDefault(path => !path.StartsWith("/_", StringComparison.Ordinal)) is { } path)
        {
            yield return $"tells where it was built: {path}";
        }
    }

    private static IEnumerable<string> Dependencies(PackageFile package, SourceFile project, SourceTree tree, string version)
    {
        if (Property(project, "PackAsTool") == "true" || Property(project, "PackageType") == "Template")
        {
            return package.Dependencies.Select(name => $"depends on {name}, but holds all it needs");
        }

        var expected = Items(project, "ProjectReference").Select(path => $"{Path.GetFileNameWithoutExtension(path)} {version}")
            .Concat(Items(project, "PackageReference").Select(name => $"{name} {Central(tree, name)}")).ToList();
        var allowed = expected.Concat(Pinned(tree)).ToList();
        return
        [
            .. expected.Except(package.Dependencies).Select(name => $"does not depend on {name}"),
            .. package.Dependencies.Except(allowed).Select(name => $"depends on {name}, which its project does not"),
        ];
    }

    /// <summary>
    /// Central pinning lifts packages with a version here out of what a package depends on, so that users get the one that was tested.
    /// What is for tests is among them only if a package refers to it.
    /// </summary>
    private static IEnumerable<string> Pinned(SourceTree tree) =>
        Projects(tree).SelectMany(project => Items(project, "PackageReference")).Select(name => $"{name} {Central(tree, name)}").Concat(
        XElement.Parse(tree.Find("Directory.Packages.props")!.Text).Descendants("PackageVersion")
            .Where(item => (string?)item.Parent!.Attribute("Label") != "tests" && (string?)item.Attribute("Include") != "Verify.NUnit")
            .Select(item => $"{(string?)item.Attribute("Include")} {(string?)item.Attribute("Version")}"));

    private static string Central(SourceTree tree, string package) =>
        XElement.Parse(tree.Find("Directory.Packages.props")!.Text).Descendants("PackageVersion")
            .Where(item => (string?)item.Attribute("Include") == package)
            .Select(item => (string?)item.Attribute("Version")).FirstOrDefault() ?? "";

    private static string Property(SourceFile project, string name) =>
        XElement.Parse(project.Text).Descendants(name).LastOrDefault()?.Value ?? "";

    private static IEnumerable<string> Items(SourceFile project, string kind) =>
        XElement.Parse(project.Text).Descendants(kind).Where(item => (string?)item.Attribute("PrivateAssets") != "all")
            .Select(item => ((string?)item.Attribute("Include") ?? "").Replace('\\', '/'));

    [GeneratedRegex(@"^(_rels/\.rels|[\w.]+\.nuspec|README\.md|\[Content_Types\]\.xml|package/services/metadata/.+\.psmdcp)$")]
    private static partial Regex Common();

    [GeneratedRegex(@"\.(verified|received)\.|/(bin|obj|TestResults)/|nunit\.framework|TestAdapter|testhost|Sim\.Tests|\.pdb$")]
    private static partial Regex ForTests();
}
