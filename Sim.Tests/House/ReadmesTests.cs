using NUnit.Framework;

namespace Sim.Tests;

/// <summary>Every package introduces itself, and what it lists exists.</summary>
public class ReadmesTests
{
    private const string Good = "# T\n## What it is\n## Start here\n## Contents\n`Thing`, `Thing.Run`, `Thing<T>`, `Part/`, `word`, `[Mark]`, `Run(word)`\n## Stability\n## Not for\n`Elsewhere`\n";
    private const string Thing = "class Thing { void Run() { } }";

    [Test]
    public void Readmes_ListWhatThereIs() => Caretaker.FindsNothing(Readmes.Check(SourceTree.Repository));

    [Test]
    public void AGoodReadme_Passes() => Caretaker.FindsNothing(Readmes.Check(With(Good)));

    [Test]
    public void AMissingReadme_IsFound() =>
        Assert.That(Readmes.Check(new SourceTree()).Select(finding => finding.ToString()), Is.EqualTo(Staircase.Shipped.Select(project => project + ": has no README.md")));

    [TestCase("## Not for\n", "", "all packages have")]
    [TestCase("## Start here\n## Contents", "## Contents\n## Start here", "all packages have")]
    [TestCase("`Thing<T>`", "`Gone<T>`", "lists Gone, which Sim.Clock does not declare")]
    [TestCase("`Thing.Run`", "`Thing.Walk`", "lists Thing.Walk, but Thing has no Walk")]
    [TestCase("`Run(word)`", "`Walk(word)`", "lists Walk(), which")]
    [TestCase("`[Mark]`", "`[Stamp]`", "lists Stamp")]
    public void AFalseReadme_IsFound(string text, string replacement, string words) =>
        Caretaker.FindsOne(Readmes.Check(With(Good.Replace(text, replacement, StringComparison.Ordinal))), words);

    [Test]
    public void AFolderThatIsNotListed_IsFound()
    {
        const string table = "## Contents\n| folder | types |\n|---|---|\n| `Part/` | `Thing` |\n";
        var readme = Good.Replace("## Contents\n", table, StringComparison.Ordinal);
        Caretaker.FindsNothing(Readmes.Check(With(readme, "Part")));
        Caretaker.FindsOne(Readmes.Check(With(readme, "Other")), "Other/ is not among them");
    }

    private static SourceTree With(string readme, string folder = "Part") =>
        new([.. Staircase.Shipped.SelectMany(project => new[]
        {
            ($"{project}/README.md", project == "Sim.Clock" ? readme : Good),
            ($"{project}/{folder}/Thing.cs", Thing),
            ($"{project}/MarkAttribute.cs", "class MarkAttribute;"),
        })]);
}
