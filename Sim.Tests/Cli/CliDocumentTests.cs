using System.CommandLine;
using System.Text.Json;
using NUnit.Framework;
using Sim.Cli;

namespace Sim.Tests;

/// <summary>The page on the tool names what there is: commands, options, and the members of its documents.</summary>
[TestFixture]
public sealed class CliDocumentTests
{
    [Test]
    public void EveryMemberOfADocument_IsOnThePage()
    {
        var page = SourceTree.Repository.Find("docs/cli.md")!.Text;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Join(SourceTree.Root, "Sim.Tests", "Testing"), "ReportJsonTests.*.verified.txt"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            Collect(document.RootElement, names);
        }

        Assert.That(names, Has.Count.GreaterThan(50));
        Assert.That(names.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void EveryCommandAndOption_IsInTheReadme()
    {
        var readme = SourceTree.Repository.Find("Sim.Cli/README.md")!.Text;
        using var output = new StringWriter();
        var root = CommandTree.Create(new ToolConsole(output, output), new Option<bool>("--verbose") { Recursive = true }, default);
        var words = root.Subcommands.Select(static command => $"sim {command.Name}")
            .Concat(root.Subcommands.SelectMany(static command => command.Options).Select(static option => option.Name)).Distinct();

        Assert.That(words.Where(word => !readme.Contains(word, StringComparison.Ordinal)), Is.Empty);
    }

    private static void Collect(JsonElement element, SortedSet<string> names)
    {
        foreach (var property in element.ValueKind == JsonValueKind.Object ? [.. element.EnumerateObject()] : Array.Empty<JsonProperty>())
        {
            names.Add(property.Name);
            Collect(property.Value, names);
        }

        foreach (var entry in element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : Array.Empty<JsonElement>())
        {
            Collect(entry, names);
        }
    }
}
