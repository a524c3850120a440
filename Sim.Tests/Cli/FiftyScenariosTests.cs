using System.Text.Json;
using System.Xml;
using System.Xml.Schema;
using NUnit.Framework;
using Sim.Cli;

namespace Sim.Tests;

/// <summary>One call on fifty scenarios: progress, what an interruption keeps, and the next call that goes on from there.</summary>
[TestFixture]
public sealed class FiftyScenariosTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sim-fifty-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void All_AreExplored_AndSummedUp()
    {
        var junit = Path.Join(_folder, "junit.xml");
        var run = ToolRun.InProcess([.. Fuzz, "--runs", "30", "--json", "--junit", junit]);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("fuzzing fifty-01 (1 of 50)\n").And.Contain("fuzzing fifty-50 (50 of 50)\n"));
        Assert.That(run.Error, Does.Contain(
            "\n50 scenarios: 47 hold, 1 planted bug found, 2 FAIL. Not as expected: fifty-07, fifty-23.\n"));
        using var json = JsonDocument.Parse(run.Output);
        var scenarios = json.RootElement.GetProperty("scenarios").EnumerateArray().ToLookup(
            static scenario => scenario.GetProperty("verdict").GetString(), static scenario => scenario.GetProperty("name").GetString());
        Assert.That(scenarios["fails"], Is.EqualTo(new[] { "fifty-07", "fifty-23" }));
        Assert.That(scenarios["planted-bug-found"], Is.EqualTo(new[] { "fifty-31" }));
        Assert.That(scenarios["holds"].Count(), Is.EqualTo(47));
        Assert.That(json.RootElement.GetProperty("exitCode").GetInt32(), Is.EqualTo(1));
        var document = Validate(junit);
        Assert.That(document.SelectNodes("//testcase")!, Has.Count.EqualTo(50));
        var failed = document.SelectNodes("//testcase[failure]/@name")!.Cast<XmlNode>().Select(static node => node.Value);
        Assert.That(failed, Is.EqualTo(new[] { "fifty-07", "fifty-23" }));
        var replay = document.SelectSingleNode("/testsuites/testsuite/properties/property[@name='replay.fifty-07']/@value")!;
        Assert.That(replay.Value, Does.StartWith("fifty-07@2:"));
    }

    [Test]
    public void Interrupted_KeepsWhatWasFound_AndTheNextCallBeginsWithIt()
    {
        var junit = Path.Join(_folder, "junit.xml");
        using var interrupted = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new InterruptingWriter(interrupted, "fuzzing fifty-10 (10 of 50)");

        var exitCode = SimTool.Run([.. Fuzz, "--json", "--junit", junit], output, error, interrupted.Token);

        Assert.That(exitCode, Is.EqualTo(1), "A failure was found before.");
        Assert.That(error.ToString(), Does.EndWith(
            "\n50 scenarios: 8 hold, 1 FAILS, 1 interrupted, 40 not begun. Not as expected: fifty-07.\n"));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.That(json.RootElement.GetProperty("notBegun").GetArrayLength(), Is.EqualTo(40));
        Assert.That(Validate(junit).SelectNodes("//testcase[skipped]")!, Has.Count.EqualTo(41));
        var kept = ToolRun.InProcess("corpus", ToolRun.Target, "--corpus", _folder);
        Assert.That(kept.Output, Does.Match(@"^fifty-07: 1 kept\n  fails +fifty-07@2:"));

        var resumed = ToolRun.InProcess([.. Fuzz, "--runs", "2"]);

        Assert.That(resumed.Error, Does.StartWith("fuzzing fifty-07 (1 of 50)\nfuzzing fifty-01 (2 of 50)\n"));
        Assert.That(resumed.Output, Does.StartWith("fifty-07 FAILS again, as its corpus remembers\n"));
    }

    [Test]
    public void InterruptedWithNothingFound_EndsWith130()
    {
        using var interrupted = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new InterruptingWriter(interrupted, "fuzzing fifty-03 (3 of 50)");

        Assert.That(SimTool.Run(Fuzz, output, error, interrupted.Token), Is.EqualTo(130));
        Assert.That(output.ToString(), Does.EndWith(
            "\n\n50 scenarios: 2 hold, 1 interrupted, 47 not begun. Interrupted before all was decided.\n"));
    }

    [Test]
    public void Time_IsSharedOut_AndTheNumberOfRunsIsNotPromised()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "--no-corpus", "--filter", "fifty-4?", "--for", "200ms");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output.Split('\n')[..10], Has.All.Match(@"^fifty-4\d holds: \d+ runs?, .*; its time was up$"));
    }

    [Test]
    public void AJUnitFileThatIsWrong_IsFound()
    {
        var file = Path.Join(_folder, "wrong.xml");
        File.WriteAllText(file, "<testsuites><testsuite name=\"x\" tests=\"many\"/></testsuites>");

        Assert.That(() => Validate(file), Throws.TypeOf<XmlSchemaValidationException>());
    }

    private string[] Fuzz => ["fuzz", ToolRun.Target, "--filter", "fifty-*", "--corpus", _folder];

    private static XmlDocument Validate(string file)
    {
        var document = new XmlDocument();
        document.Schemas.Add(null, Path.Join(SourceTree.Root, "Sim.Tests", "Cli", "junit.xsd"));
        document.Load(file);
        document.Validate(null);
        return document;
    }
}
