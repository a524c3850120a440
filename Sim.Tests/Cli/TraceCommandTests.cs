using System.Text.Json;
using NUnit.Framework;

namespace Sim.Tests;

[TestFixture]
public sealed class TraceCommandTests
{
    [Test]
    public void Scenario_IsWrittenAsText_WithNothingElse()
    {
        var run = ToolRun.InProcess("trace", ToolRun.Target, "cli-holds");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Match(@"^ *time  step  task +what happens\n"));
        Assert.That(run.Output, Does.Contain("sleeps until 1.500s\n"));
    }

    [Test]
    public void Seed_IsAnotherRun()
    {
        var runs = new[] { "0", "6" }.Select(seed =>
            ToolRun.InProcess("trace", ToolRun.Target, "cli-race", "--strategy", "random", "--seed", seed));

        Assert.That(runs.Select(static run => run.Output.Contains("FAILS", StringComparison.Ordinal)), Is.EqualTo(new[] { false, true }));
    }

    [TestCase("html", "<!doctype html>")]
    [TestCase("mermaid", "sequenceDiagram\n")]
    [TestCase("perfetto", "{\"displayTimeUnit\"")]
    [TestCase("text", "  time  step")]
    public void Line_IsWrittenInEachForm_IntoAFile(string format, string beginning)
    {
        var line = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race").PrintedReplay()[^1];
        var file = Path.GetTempFileName();
        try
        {
            var run = ToolRun.InProcess("trace", ToolRun.Target, line, "--format", format, "--output", file);

            Assert.That((run.ExitCode, run.Output, run.Error), Is.EqualTo((0, "", $"cli-race fails: written to {file}\n")));
            var written = File.ReadAllText(file);
            Assert.That(written[..40].ToLowerInvariant(), Does.StartWith(beginning.ToLowerInvariant()));
            Assert.That(written, Does.Contain("overdrawn"));
            Assert.That(ToolRun.InProcess("trace", ToolRun.Target, line, "--format", format).Output, Is.EqualTo(written));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void FailingRun_StandsBesideOneThatHolds()
    {
        var line = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race").PrintedReplay()[^1];
        using var json = JsonDocument.Parse(ToolRun.InProcess("trace", ToolRun.Target, line, "--format", "perfetto").Output);

        var processes = json.RootElement.GetProperty("traceEvents").EnumerateArray()
            .Where(static entry => entry.GetProperty("name").GetString() == "process_name")
            .Select(static entry => entry.GetProperty("args").GetProperty("name").GetString());
        Assert.That(processes, Is.EqualTo(new[] { "cli-race: fails", "cli-race: holds" }));
    }

    [Test]
    public void LineThatIsNoLongerWhatItWas_SaysSoOnStandardError()
    {
        var run = ToolRun.InProcess("trace", ToolRun.Target, "cli-race@2::00112233:0011223344556677");

        Assert.That(run.Error, Does.StartWith("The code has changed since the recording"));
        Assert.That(run.Output, Does.StartWith("  time"));
    }
}
