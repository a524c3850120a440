using NUnit.Framework;

namespace Sim.Tests;

/// <summary>The house is tidy, and untidiness is found.</summary>
public class TidyTests
{
    /// <summary>Files that were too long when the rule came, with their length. It may only shrink.</summary>
    private static readonly Dictionary<string, int> _ratchet = [];

    /// <summary>How many lines are too wide, by project: to be brought down, and written here when they are.</summary>
    private static readonly Dictionary<string, int> _wide = new()
    {
        ["Samples"] = 3, ["Sim.Benchmarks"] = 3, ["Sim.Cli"] = 17, ["Sim.Clock"] = 1, ["Sim.Conformance"] = 33,
        ["Sim.Core"] = 74, ["Sim.Properties"] = 19, ["Sim.Testing"] = 16, ["Sim.Testing.FsCheck"] = 2,
        ["Sim.Scoreboard"] = 20, ["Sim.Testing.NUnit"] = 12, ["Sim.Tests"] = 281, ["Sim.World"] = 7,
    };

    [Test]
    public void Files_AreInOrder() => Caretaker.FindsNothing(Tidy.Check(SourceTree.Repository));

    [Test]
    public void Files_AreShort() => Caretaker.FindsNothing(Tidy.Lengths(SourceTree.Repository, _ratchet));

    [Test]
    public void Lines_FitOnAScreen() => Caretaker.FindsNothing(Tidy.Widths(SourceTree.Repository, _wide));

    [TestCase(0, "Sim.World/Thing.cs:2: has 141 characters: Sim.World has 1 lines of more than 140, 0 are allowed")]
    [TestCase(1, "")]
    [TestCase(11, "")]
    [TestCase(12, "write that into the ratchet")]
    public void AWideLine_IsFound(int allowed, string words)
    {
        var tree = new SourceTree(("Sim.World/Thing.cs", $"// {new string('x', 137)}\n// {new string('x', 138)}\n"));
        var findings = Tidy.Widths(tree, new Dictionary<string, int> { ["Sim.World"] = allowed });
        Assert.That(string.Join('\n', findings), words.Length == 0 ? Is.Empty : Does.Contain(words));
    }

    [Test]
    public void HalfOfTheFiles_AreShorterThanAScreenOrTwo()
    {
        var shipped = Tidy.Median(SourceTree.Repository.Shipped);
        var all = Tidy.Median(SourceTree.Repository.CSharp);
        TestContext.Out.WriteLine($"Median file length: {shipped} lines shipped, {all} in all.");
        Assert.That(shipped, Is.InRange(1, Tidy.LongestMedian));
        Assert.That(all, Is.InRange(1, Tidy.LongestMedian));
    }

    [Test]
    public void Namespaces_AreTheAssemblys_AndHideNothing() => Caretaker.FindsNothing(NamespaceNames.Check(SourceTree.Repository));

    [Test]
    public void BannedSymbols_Exist_AndNameTheRoadToTake() =>
        Caretaker.FindsNothing(BannedSymbols.Check(SourceTree.Repository.Find("BannedSymbols.txt")!));

    [TestCase("Sim.Core/Loop/Long.cs", Tidy.LongestLoopFile)]
    [TestCase("Sim.Core/Tasks/Long.cs", Tidy.LongestFile)]
    public void ALineTooMany_IsFound(string path, int allowed)
    {
        Assert.That(Tidy.Lengths(Lines(path, allowed), _ratchet), Is.Empty);
        Caretaker.FindsOne(Tidy.Lengths(Lines(path, allowed + 1), _ratchet), $"has {allowed + 1} lines, {allowed} are allowed");
    }

    [TestCase(500, "")]
    [TestCase(501, "has 501 lines, 500 are allowed")]
    [TestCase(499, "write that into the ratchet")]
    [TestCase(400, "write it out of the ratchet")]
    public void TheRatchet_OnlyShrinks(int lines, string words)
    {
        var findings = Tidy.Lengths(Lines("Sim.World/Old.cs", lines), new Dictionary<string, int> { ["Sim.World/Old.cs"] = 500 });
        if (words.Length == 0)
        {
            Caretaker.FindsNothing(findings);
        }
        else
        {
            Caretaker.FindsOne(findings, words);
        }
    }

    [Test]
    public void AFileGoneFromTheTree_IsFoundInTheRatchet() =>
        Caretaker.FindsOne(Tidy.Lengths(new SourceTree(), new Dictionary<string, int> { ["Gone.cs"] = 500 }), "is gone");

    [TestCase("Thing.cs", "class Other;\n", "belongs into Other.cs")]
    [TestCase("Thing.cs", "class Thing;\nenum Kind { A }\n", "belongs into Kind.cs")]
    [TestCase("Thing.cs", "delegate int Fun<T>(T t);\n", "belongs into Fun.cs")]
    [TestCase("Thing.cs", "namespace N { record struct R(int A); }\n", "belongs into R.cs")]
    [TestCase("Thing.cs", "class Thing;", "must end with one newline")]
    [TestCase("Thing.cs", "class Thing;\n\n", "must end with one newline")]
    [TestCase("Thing.cs", "class Thing;\r\n", "carriage return")]
    [TestCase("Thing.cs", "class Thing {\n\tint i; }\n", ":2: has a tab")]
    [TestCase("Thing.cs", "class Thing {\n    // a word \n}\n", ":2: ends with a space")]
    [TestCase("Sim.Testing/Page/thing.js", "const a = 1;", "must end with one newline")]
    [TestCase("Thing.cs", "// TO" + "DO later\nclass Thing;\n", ":1: says TO" + "DO")]
    [TestCase("Thing.cs", "class Thing { string s = \"/ho" + "me/me/x\"; }\n", "names a place on one machine")]
    [TestCase("docs/page.md", "Look into C" + @":\Users\me", "names a place on one machine")]
    [TestCase("Thing.cs", "class Thing {\n[Test, Ignore(\"flaky\")] void A() { } }\n", ":2: Ignore")]
    [TestCase("Thing.cs", "class Thing { [Explicit] void A() { } }\n", "Explicit")]
    [TestCase("Thing.cs", "class Thing { void A() => Assert.Ignore(); }\n", "Ignore")]
    [TestCase("Thing.cs", "class Thing { void A() => throw new NotImplementedException(); }\n", "is a stub")]
    [TestCase("Thing.cs", "#pragma warning disable CA1000\nclass Thing;\n", "without the reason")]
    [TestCase("Sim.Tests/Loop/Thing.cs", "class Thing { void A() => Thread.Sleep(1); }\n", "sleeps in real time")]
    public void Untidiness_IsFound(string path, string text, string words) => Caretaker.FindsOne(Tidy.Check(new SourceTree((path, text))), words);

    [TestCase("Thing.Part.cs", "partial class Thing { class Inner; enum Kind { A } }\n")]
    [TestCase("Thing.cs", "class Thing<T> where T : class { }\nclass Thing { }\nfile class Helper;\n")]
    [TestCase("Thing.cs", "#pragma warning disable CA1000 // Because of such and such.\nclass Thing;\n")]
    [TestCase("Thing.cs", "class Thing { string s = \"[Ignore] class Other NotImplementedException\"; } // class Third\n")]
    [TestCase("Sim.Tests/IO/Thing.cs", "class Thing { void A() => Thread.Sleep(1); }\n")]
    [TestCase("docs/page.md", "See https://example.org/home/me, src/home/x and /dev/null.")]
    public void WhatIsTidy_IsNotFound(string path, string text) => Caretaker.FindsNothing(Tidy.Check(new SourceTree((path, text))));

    [TestCase("namespace Sim.Core.Loop;", "is the assembly's, Sim.Core")]
    [TestCase("namespace Sim.Core\n{ }", "")]
    [TestCase("// namespace Other;\nnamespace Sim.Core;", "")]
    public void ANamespaceOfAFolder_IsFound(string text, string words)
    {
        var findings = NamespaceNames.Check(new SourceTree(("Sim.Core/Loop/Thing.cs", text))).ToList();
        Assert.That(string.Join('\n', findings), words.Length == 0 ? Is.Empty : Does.Contain(words));
    }

    [TestCase("Timer")]
    [TestCase("Timeout")]
    [TestCase("Task")]
    [TestCase("Trace")]
    [TestCase("Random")]
    [TestCase("Monitor")]
    [TestCase("Lock")]
    [TestCase("Channel")]
    [TestCase("Socket")]
    public void ANamespaceThatHidesABaseType_IsFound(string word) =>
        Caretaker.FindsOne(NamespaceNames.Check(new SourceTree(($"Sim.{word}/Thing.cs", $"namespace Sim.{word};"))), $"hides the base library's {word}");

    [TestCase("M:System.Guid.NewGiud;Draw from the chooser.", "which does not exist")]
    [TestCase("M:System.Threading.Tasks.Task.Run(System.Func{System.Int32});Not on the pool.", "which does not exist")]
    [TestCase("P:System.DateTime.Now", "without the road to take")]
    public void AWrongLineOfBannedSymbols_IsFound(string line, string words) =>
        Caretaker.FindsOne(BannedSymbols.Check(new SourceFile("BannedSymbols.txt", $"// Comment\n{line}\n")), words);

    private static SourceTree Lines(string path, int count) => new((path, string.Concat(Enumerable.Repeat("//\n", count))));
}
