using System.Xml.Linq;

namespace Sim.Tests;

/// <summary>
/// The project that <c>dotnet new sim-nunit</c> makes: its packages have the versions that are tested here, its first test is
/// the README's, and so are its references.
/// </summary>
internal static class Templates
{
    private const string Folder = "Sim.Templates/content/sim-nunit";

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        if (tree.Find($"{Folder}/SimNUnit.csproj") is not { } project || tree.Find($"{Folder}/LeaseTests.cs") is not { } test)
        {
            return [new(Folder, "lacks its project or its first test")];
        }

        return
        [
            .. Items(project, "PackageReference").Where(item => item.Version != Expected(tree, item.Name))
                .Select(item => new Finding(project.Path, $"takes {item.Name} {item.Version}; here it is {Expected(tree, item.Name)}")),
            .. Sample(tree) == test.Text ? [] : (Finding[])[new(test.Path, "differs from the region lease, which the README shows")],
            .. project.Text.Split('\n').Select(line => line.Trim())
                .Where(line => line.StartsWith("<PackageReference", StringComparison.Ordinal))
                .Where(line => tree.Find("README.md")?.Text.Contains(line, StringComparison.Ordinal) != true)
                .Select(line => new Finding("README.md", $"does not show the template's {line}")),
        ];
    }

    private static string Sample(SourceTree tree)
    {
        var text = tree.Find("Sim.Tests/Testing.NUnit/LeaseTests.cs")?.Text ?? "";
        const string Start = "#region lease\n";
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        var end = text.IndexOf("#endregion", StringComparison.Ordinal);
        return start < 0 || end < start ? "" : text[(start + Start.Length)..end];
    }

    private static string? Expected(SourceTree tree, string package) =>
        package.StartsWith("Sim.", StringComparison.Ordinal)
            ? XElement.Parse(tree.Find("Directory.Build.props")!.Text).Descendants("Version").Single().Value
            : Items(tree.Find("Directory.Packages.props")!, "PackageVersion").FirstOrDefault(item => item.Name == package).Version;

    private static IEnumerable<(string Name, string? Version)> Items(SourceFile file, string kind) =>
        XElement.Parse(file.Text).Descendants(kind)
            .Select(item => ((string)item.Attribute("Include")!, (string?)item.Attribute("Version")));
}
