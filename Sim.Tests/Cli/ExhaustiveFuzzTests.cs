using NUnit.Framework;

namespace Sim.Tests;

[TestFixture]
public sealed class ExhaustiveFuzzTests
{
    [Test]
    public void ScenarioThatHolds_IsProven()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-writers", "--exhaustive", "--reduction", "declared");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.Match(@"^cli-writers holds under every schedule: all 6 happens-before classes explored, by \d+ interleavings of task steps, \d+ runs, "));
        Assert.That(run.Output, Does.EndWith("\n1 scenario: 1 holds. All as expected.\n"));
    }

    /// <summary>Tasks of 3 and 2 steps: C(5, 2) = 10 interleavings, although the callbacks of gather make more runs of them.</summary>
    [Test]
    public void WithoutAReduction_AllInterleavingsAreCounted()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-independent", "--exhaustive", "--reduction", "none");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.StartWith(
            "cli-independent holds under every schedule: its one happens-before class explored, "
            + "with all of its 10 interleavings of task steps and 3 orders of operations, 35 runs, "));
    }

    [Test]
    public void BoundOnPreemptions_IsPartOfTheClaim()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-writers", "--exhaustive", "--preemptions", "1", "--runs", "100000");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.StartWith(
            "cli-writers holds under every schedule of at most 1 preemption: all 6 happens-before classes explored, "));
    }

    [Test]
    public void CapThatIsReached_IsNoProof()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-writers", "--exhaustive", "--reduction", "none", "--runs", "5");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match(
            @"^cli-writers NOT FULLY EXPLORED: the cap is reached after 5 runs, which all held \(\d happens-before class(es)? so far\): "));
        Assert.That(run.Output, Does.EndWith("\n1 scenario: 1 NOT FULLY EXPLORED. Not as expected: cli-writers.\n"));
    }

    [TestCase("--reduction", "cautious")]
    [TestCase("--reduction", "none")]
    [TestCase("--preemptions", "2")]
    public void Failure_IsShrunk_AndItsLineReplays(params string[] how)
    {
        var run = ToolRun.InProcess(["fuzz", ToolRun.Target, "cli-race-undeclared", "--exhaustive", .. how]);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match(@"^cli-race-undeclared FAILS in run \d+ of 1000 planned\n\n"));
        Assert.That(run.Output, Does.Contain(" (exhaustive) at ").And.Contain("It takes 1 decision that differs from first in, first out"));
        var told = run.Output.Split('\n').Single(static text => text.Contains("sim replay ", StringComparison.Ordinal));
        var line = told.Trim().Split(' ')[^1];
        var replay = ToolRun.InProcess("replay", ToolRun.Target, line);
        Assert.That(replay.ExitCode, Is.EqualTo(1));
        Assert.That(replay.Output, Does.Contain("The run is the recorded one, event for event."));
    }

    [Test]
    public void PlantedBug_IsFound() => Assert.That(
        ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race", "--exhaustive").ExitCode, Is.Zero);

    [Test]
    public void RunThatDiffersFromItself_IsNoSearch()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-smuggler", "--exhaustive");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("a run must be a function of its decisions"));
        Assert.That(run.Output, Does.Contain("The same decisions gave two different runs."));
        Assert.That(run.Output, Does.Not.Contain("sim replay"));
    }

    [TestCase("--preemptions means something with --exhaustive only.", "--preemptions", "2")]
    [TestCase("--reduction means something with --exhaustive only.", "--reduction", "none")]
    [TestCase("--seed means nothing with --exhaustive, which makes all schedules.", "--exhaustive", "--seed", "1")]
    [TestCase("--strategy means nothing with --exhaustive, which makes all schedules.", "--exhaustive", "--strategy", "pos")]
    [TestCase("--reduction cannot be 'much'. Known: none, declared, cautious.", "--exhaustive", "--reduction", "much")]
    [TestCase("--preemptions is '-1', but must be a whole number from 0 to 1000. The nearest is 0.", "--exhaustive", "--preemptions", "-1")]
    public void OptionsThatMakeNoSense_AreRefused(string message, params string[] args)
    {
        var run = ToolRun.InProcess(["fuzz", "x.dll", .. args]);

        Assert.That((run.ExitCode, run.Output, run.Error), Is.EqualTo((2, "", $"sim: {message} Try: sim fuzz --help\n")));
    }

    [Test]
    public void BoundTogetherWithAReduction_IsRefused()
    {
        var run = ToolRun.InProcess("fuzz", "x.dll", "--exhaustive", "--preemptions", "1", "--reduction", "declared");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("sim: --preemptions and --reduction together would miss schedules: "));
    }
}
