using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sim.Tests;

/// <summary>The arrows between projects, as data, and the check that the project files draw the same picture.</summary>
internal static partial class Staircase
{
    /// <summary>What each project refers to, the staircase from the bottom up. A package is paid for by an assembly.</summary>
    private static readonly Step[] _steps =
    [
        new("Sim.Clock", IsShipped: true, [], []),
        new("Sim.Core", IsShipped: true, ["Sim.Clock"], []),
        new("Sim.Hosting", IsShipped: true, ["Sim.Core"],
            ["Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options"]),
        new("Sim.Kestrel", IsShipped: true, ["Sim.Core"], []) { Frameworks = ["Microsoft.AspNetCore.App"] },
        new("Sim.World", IsShipped: true, ["Sim.Core"], []),
        new("Sim.Testing.Hosting", IsShipped: true, ["Sim.World", "Sim.Hosting"],
            ["Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging"]),
        new("Sim.Testing", IsShipped: true, ["Sim.World"], []),
        new("Sim.Testing.NUnit", IsShipped: true, ["Sim.Testing"], ["NUnit", "DiffEngine"]),
        new("Sim.Testing.FsCheck", IsShipped: true, ["Sim.Testing.NUnit"], ["FsCheck"]),
        new("Sim.Cli", IsShipped: true, ["Sim.Testing"], ["System.CommandLine", "Spectre.Console"]),
        // What it makes refers to packages, not to projects.
        new("Sim.Templates", IsShipped: false, [],
            ["NUnit", "NUnit3TestAdapter", "Microsoft.NET.Test.Sdk", "Sim.Testing.NUnit", "Sim.Testing.FsCheck"]),
        new("Samples", IsShipped: false, ["Sim.Testing"], ["Polly.Core"]),
        new("Samples.Web", IsShipped: false, ["Samples", "Sim.Kestrel"], []),
        new("Sim.Benchmarks", IsShipped: false, ["Sim.Testing"],
            ["Microsoft.Extensions.TimeProvider.Testing", "Nito.AsyncEx.Context", "System.Reactive"]),
        new("Sim.BrowserTests", IsShipped: false, ["Samples"], []),
        new("Sim.Conformance", IsShipped: false, ["Sim.Core"], ["System.CommandLine"]),
        new("Sim.Scoreboard", IsShipped: false, ["Sim.World"], ["System.CommandLine"]),
        new("Sim.Tests", IsShipped: false,
            [
                "Sim.Testing.NUnit", "Sim.Testing.FsCheck", "Sim.Testing.Hosting", "Sim.Kestrel", "Samples", "Samples.Web", "Sim.Cli",
                "Sim.Conformance", "Sim.Scoreboard",
            ],
            ["NUnit", "NUnit3TestAdapter", "Microsoft.NET.Test.Sdk", "Polly.Core", "Microsoft.Extensions.Hosting", "Verify.NUnit"]),
        new("Sim.Properties", IsShipped: false, ["Sim.Testing.FsCheck", "Sim.Testing.Hosting"],
            ["NUnit", "FsCheck.NUnit", "NUnit3TestAdapter", "Microsoft.NET.Test.Sdk"]),
    ];

    /// <summary>The projects whose assemblies are packed, from the bottom of the staircase up.</summary>
    public static IReadOnlyList<string> Shipped { get; } = [.. _steps.Where(step => step.IsShipped).Select(step => step.Project)];

    /// <summary>Every arrow that is missing or too many, every package that nobody agreed to, every way around a boundary.</summary>
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        var projects = tree.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        foreach (var step in _steps.Where(step => !projects.Any(project => project.Project == step.Project)))
        {
            yield return new(step.Project, "stands on the staircase but has no project file");
        }

        foreach (var finding in projects.SelectMany(CheckProject))
        {
            yield return finding;
        }

        foreach (var finding in tree.Shipped.SelectMany(CheckFriends).Concat(CheckCommonFiles(tree)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckProject(SourceFile file)
    {
        var step = _steps.FirstOrDefault(step => step.Project == file.Project);
        if (step is null)
        {
            return [new(file.Path, "has no step on the staircase: add it to Staircase, with the arrows it may draw")];
        }

        var xml = XDocument.Parse(file.Text);
        var references = Items(xml, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).ToList();
        return
        [
            .. references.Except(step.Arrows).Select(name => new Finding(file.Path, $"draws an arrow to {name}, which is not on the staircase")),
            .. step.Arrows.Except(references).Select(name => new Finding(file.Path, $"lacks the arrow to {name}")),
            .. Items(xml, "PackageReference").Except(step.Packages).Select(name => new Finding(file.Path, $"takes the package {name}, which Staircase does not list for it")),
            .. Items(xml, "FrameworkReference").Except(step.Frameworks).Concat(Items(xml, "Reference"))
                .Select(name => new Finding(file.Path, $"refers to {name} outside of projects and packages")),
            .. Items(xml, "InternalsVisibleTo").Where(Shipped.Contains).Select(name => new Finding(file.Path, $"shows its internals to {name}: outer steps are written on what inner steps export")),
        ];
    }

    // The same friendship can be declared in code.
    private static IEnumerable<Finding> CheckFriends(SourceFile file) =>
        Friend().Matches(file.Text)
            .Where(match => file.Code.AsSpan(match.Index, 1).SequenceEqual("[") && IsShippedAssembly(match.Groups["name"].Value))
            .Select(match => file.Finding(file.LineAt(match.Index), $"shows its internals to {match.Groups["name"].Value}"));

    private static bool IsShippedAssembly(string name) => Shipped.Contains(name) || name == "sim";

    // What every project inherits must not smuggle in a reference; analyzers, which leave no trace, may.
    private static IEnumerable<Finding> CheckCommonFiles(SourceTree tree) =>
        from file in tree.Files
        where file.Path is "Directory.Build.props" or "Directory.Build.targets"
        from item in XDocument.Parse(file.Text).Descendants()
        where item.Name.LocalName is "ProjectReference" or "FrameworkReference" or "InternalsVisibleTo"
            || (item.Name.LocalName == "PackageReference" && (string?)item.Attribute("PrivateAssets") != "all")
        select new Finding(file.Path, $"gives every project {item.Name.LocalName} {(string?)item.Attribute("Include")}");

    private static IEnumerable<string> Items(XDocument project, string kind) =>
        project.Descendants(kind).Select(item => (string?)item.Attribute("Include") ?? "").Where(name => name.Length > 0);

    [GeneratedRegex("""\[\s*assembly\s*:\s*[\w.]*InternalsVisibleTo(?:Attribute)?\s*\(\s*"(?<name>[^",]+)""")]
    private static partial Regex Friend();

    private sealed record Step(string Project, bool IsShipped, string[] Arrows, string[] Packages)
    {
        /// <summary>The shared frameworks of .NET beside the base one.</summary>
        public string[] Frameworks { get; init; } = [];
    }
}
