using NUnit.Framework;

namespace Sim.Tests;

/// <summary>Documents say what the code does; a document that is not held against the code goes false.</summary>
public class DocumentsTests
{
    private const string Sample = "class Hello\n{\n    #region greet\n    void Greet()\n    {\n        Say();\n    }\n    #endregion\n}\n";
    private const string Block = "<!-- sample: Samples/Hello.cs#greet -->\n```csharp\nvoid Greet()\n{\n    Say();\n}\n```\n";

    [Test]
    public void SampleBlocks_AreTheCodeThatCompiles()
    {
        if (Environment.GetEnvironmentVariable("SIM_ACCEPT_SNAPSHOTS") != "1")
        {
            Caretaker.FindsNothing(SampleBlocks.Check(SourceTree.Repository));
            return;
        }

        var rewritten = SourceTree.Repository.Markdown.Select(document => (document.Path, Text: SampleBlocks.Rewrite(document, SourceTree.Repository))).ToArray();
        foreach (var (path, text) in rewritten.Where(document => document.Text != SourceTree.Repository.Find(document.Path)!.Text))
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, path), text);
        }

        var samples = SourceTree.Repository.CSharp.Select(file => (file.Path, file.Text));
        Caretaker.FindsNothing(SampleBlocks.Check(new SourceTree([.. samples, .. rewritten])));
    }

    [Test]
    public void Links_LeadSomewhere() => Caretaker.FindsNothing(Links.Check(SourceTree.Repository));

    [Test]
    public void DevCommands_Exist() => Caretaker.FindsNothing(DevScript.Check(SourceTree.Repository));

    [Test]
    public void Invariants_HaveTheTestsTheyName() =>
        Caretaker.FindsNothing(SourceTree.Repository.Find("ARCHITECTURE.md") is { } document
            ? InvariantTable.Check(document, TestMethods.Exists)
            : [new("ARCHITECTURE.md", "is missing")]);

    [Test]
    public void DecisionRecords_AreInTheirIndex() => Caretaker.FindsNothing(DecisionIndex.Check(SourceTree.Repository));

    // A merge that took both sides of an entry leaves it there twice.
    [Test]
    public void TheChangelog_SaysNothingTwice() => Assert.That(
        SourceTree.Repository.Find("CHANGELOG.md")!.Lines.Where(static line => line.Length > 40).GroupBy(static line => line)
            .Where(static lines => lines.Skip(1).Any()).Select(static lines => lines.Key),
        Is.Empty);

    [Test]
    public void TheLoopsPicture_HasTheStepsOfRunOnce() => Caretaker.FindsNothing(LoopSteps.Check(SourceTree.Repository));

    [Test]
    public void AsyncioInCSharp_NamesWhatThereIs() => Caretaker.FindsNothing(
        NamesInDocument.Check(SourceTree.Repository.Find("docs/asyncio.md")!, typeof(Core.EventLoop).Assembly.GetExportedTypes()));

    [TestCase("| a | `EventLoop.Time`, `Handle` | b |", "")]
    [TestCase("| a | `EventLoop.Tome` | b |", "docs/x.md:1: names EventLoop.Tome, which is not public anywhere")]
    [TestCase("| a | `Nobody` | `Nothing` |", "names Nobody")]
    public void ANameThatDoesNotExist_IsFound(string row, string words)
    {
        var findings = NamesInDocument.Check(new SourceFile("docs/x.md", row), [typeof(Core.EventLoop), typeof(Core.Handle)]).ToList();
        Assert.That(findings, Has.Count.EqualTo(words.Length == 0 ? 0 : 1));
        Assert.That(string.Join('\n', findings), Does.Contain(words));
    }

    [Test]
    public void ABlockLikeItsRegion_Passes() => Caretaker.FindsNothing(SampleBlocks.Check(Page(Block)));

    [TestCase("Say();", "Shout();", "differs from Samples/Hello.cs#greet")]
    [TestCase("#greet", "#wave", "there is no region Samples/Hello.cs#wave")]
    [TestCase("Hello.cs", "Gone.cs", "there is no region Samples/Gone.cs#greet")]
    [TestCase("```csharp\n", "Now some words.\n```csharp\n", "must stand directly above")]
    public void ABlockThatIsWrong_IsFound(string text, string replacement, string words) =>
        Caretaker.FindsOne(SampleBlocks.Check(Page(Block.Replace(text, replacement, StringComparison.Ordinal))), words);

    [TestCase("docs/page.md", "```csharp\nSay();\nShout();\n```\n", 1)]
    [TestCase("docs/page.md", "```csharp\nSay();\n```\n", 0)]
    [TestCase("docs/page.md", "```text\nSay();\nShout();\n```\n", 0)]
    [TestCase("docs/page.md", Block, 0)]
    [TestCase("Sim.Clock/README.md", "```csharp\nSay();\nShout();\n```\n", 0)]
    public void CodeOfAPageWithoutAMark_IsFound(string path, string text, int findings) =>
        Assert.That(SampleBlocks.Check(new SourceTree((path, text), ("Samples/Hello.cs", Sample))).Count(), Is.EqualTo(findings));

    [Test]
    public void AMarkThatIsOnlyMentioned_IsNoMark() =>
        Caretaker.FindsNothing(SampleBlocks.Check(Page("Under `<!-- sample: path#region -->` stands the region.\n")));

    [Test]
    public void Accepting_WritesTheRegionIntoTheBlock()
    {
        var page = Page("Before\n" + Block.Replace("    Say();\n", "", StringComparison.Ordinal) + "After\n");
        Assert.That(SampleBlocks.Rewrite(page.Find("README.md")!, page), Is.EqualTo($"Before\n{Block}After\n"));
    }

    [TestCase("[x](docs/page.md)", "")]
    [TestCase("[x](docs/)", "")]
    [TestCase("[x](docs/page.md#two-words)", "")]
    [TestCase("[x](https://example.org/none) `[x](none.md)`\n```\n[x](none.md)\n```\n", "")]
    [TestCase("\n[x](none.md)", "README.md:2: links to none.md")]
    [TestCase("![x](docs/none.png)", "links to docs/none.png")]
    [TestCase("<img alt=\"x\" src=\"docs/none.png\">", "links to docs/none.png")]
    [TestCase("<source media=\"(x: y)\" srcset=\"docs/none.png\">", "links to docs/none.png")]
    [TestCase("[x](../outside.md)", "links to ../outside.md")]
    [TestCase("[x](docs/page.md#none)", "links to #none")]
    [TestCase("[x](#none)", "links to #none")]
    public void ALinkToNowhere_IsFound(string text, string words)
    {
        var findings = Links.Check(new SourceTree(("README.md", text), ("docs/page.md", "# Page\n## `Two` words!\n"))).ToList();
        Assert.That(string.Join('\n', findings), words.Length == 0 ? Is.Empty : Does.Contain(words));
    }

    [TestCase("`./dev check` and ./dev help", "")]
    [TestCase("`./dev polish`", "mentions ./dev polish")]
    public void AnUnknownDevCommand_IsFound(string text, string words)
    {
        var findings = DevScript.Check(new SourceTree(("CONTRIBUTING.md", text), ("dev", "case $1 in\n  check) a ;;\n  help|--help|-h) b ;;\nesac\n"))).ToList();
        Assert.That(string.Join('\n', findings), words.Length == 0 ? Is.Empty : Does.Contain(words));
    }

    [TestCase("A6", "A7", "does not name invariant A6")]
    [TestCase("`GoodTests.Test6`", "a test", "names no test for invariant A6")]
    [TestCase("`GoodTests.Test6`", "`GoneTests.Test6`", "says that GoneTests.Test6 guards A6")]
    public void AnInvariantWithoutItsTest_IsFound(string text, string replacement, string words)
    {
        var list = string.Concat(Enumerable.Range(1, 12).Select(number => $"- **A{number}** A promise,\n  guarded by `GoodTests.Test{number}`.\n"));
        Caretaker.FindsNothing(Check(list));
        Caretaker.FindsNothing(Check(list.Replace("- **A", "| **A", StringComparison.Ordinal).Replace(",\n ", " |", StringComparison.Ordinal)));
        Caretaker.FindsOne(Check(list.Replace(text, replacement, StringComparison.Ordinal)), words);

        static IEnumerable<Finding> Check(string list) =>
            InvariantTable.Check(new SourceFile("ARCHITECTURE.md", list), (type, _) => type == "GoodTests");
    }

    [TestCase("LawProperties", "Holds", true)]
    [TestCase("LawProperties", "HoldsToo", true)]
    [TestCase("LawProperties", "Helper", false)]
    [TestCase("OtherProperties", "Holds", false)]
    public void AProperty_IsFoundInItsSource(string type, string method, bool exists)
    {
        const string source = "public class LawProperties { [Property] public bool Holds(int x) => true;\n [Property(MaxTest = 5, Arbitrary = new[] { typeof(int[]) })]\n public static Property HoldsToo() => x; public bool Helper(int x) => true; }";
        Assert.That(TestMethods.InSource(new SourceTree(("Sim.Properties/LawProperties.cs", source)), type, method), Is.EqualTo(exists));
    }

    [Test]
    public void ATest_IsFoundByReflection()
    {
        Assert.That(TestMethods.Exists(nameof(DocumentsTests), nameof(ATest_IsFoundByReflection)), Is.True);
        Assert.That(TestMethods.Exists(nameof(DocumentsTests), nameof(Page)), Is.False);
    }

    [TestCase("", "has no row for 0002-b.md with its title: B")]
    [TestCase("| [0002](0002-b.md) | Another title | in force |\n", "lists 0002-b.md as \"Another title\"")]
    [TestCase("| [0002](0002-b.md) | B | in force |\n| [0000](0000-z.md) | Z | in force |\n", "out of order")]
    public void AnIndexThatIsWrong_IsFound(string row, string words)
    {
        var index = "| number | decision | state |\n| --- | --- | --- |\n| [0001](0001-a.md) | A | in force |\n" + row;
        var tree = new SourceTree(("docs/decisions/README.md", index), ("docs/decisions/0001-a.md", "# 0001 A\n"), ("docs/decisions/0002-b.md", "# 0002 B\n"));
        Assert.That(DecisionIndex.Check(tree).Select(finding => finding.ToString()), Has.Some.Contains(words));
    }

    [TestCase("1. `Poll` waits.\n2. **`RunReady`** runs.\n", "")]
    [TestCase("1. `RunReady` runs.\n2. `Poll` waits.\n", "tells the steps RunReady, Poll; RunOnce calls Poll, RunReady")]
    [TestCase("1. `Poll` waits.\n", "tells the steps Poll; RunOnce calls Poll, RunReady")]
    public void AFalsePictureOfTheLoop_IsFound(string text, string words)
    {
        const string loop = "class EventLoop { void Run() { Other(); } protected virtual void RunOnce() { var x = new List(); if (x.Any()) { Poll(x); } RunReady(); } void After() { Other(); } }";
        var findings = LoopSteps.Check(new SourceTree(("Sim.Core/Loop/EventLoop.Steps.cs", loop), ("docs/the-loop.md", text))).ToList();
        Assert.That(string.Join('\n', findings), words.Length == 0 ? Is.Empty : Does.Contain(words));
    }

    private static SourceTree Page(string text) => new(("README.md", text), ("Samples/Hello.cs", Sample));
}
