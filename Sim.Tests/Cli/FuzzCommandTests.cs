using System.Text.RegularExpressions;
using NUnit.Framework;
using Sim.Cli;

namespace Sim.Tests;

[TestFixture]
public sealed class FuzzCommandTests
{
    [Test]
    public void PlantedBugThatIsFound_IsAsExpected()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-holds", "cli-race");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.Match(
            @"^cli-holds holds: 1000 runs, \d+ distinct schedules in at least \d+ happens-before class(es)? with 0 hand-overs, "
            + @"\d+\.\d+s of virtual time in \d+\.\d{3}s\n"));
        Assert.That(run.Output, Does.Match(
            @"\ncli-race: the planted bug \(bob may look at the balance before alice has taken from it\) is found in run \d+ of 1000 planned, as expected \("));
        Assert.That(run.Output, Does.Contain("It takes 1 decision that differs from first in, first out"));
        Assert.That(run.Output, Does.Contain("\n2 scenarios: 1 holds, 1 planted bug found. All as expected.\n"));
        Assert.That(run.Output, Does.EndWith(" All as expected.\n"), "Outside of this repository nobody runs the tool from its source.");
    }

    [Test]
    public void TheSameBugNotDeclaredAsPlanted_IsAFailure()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race-undeclared");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match(@"^cli-race-undeclared FAILS in run \d+ of 1000 planned\n\n"));
        Assert.That(run.Output, Does.Contain("\n1 scenario: 1 FAILS. Not as expected: cli-race-undeclared.\n"));
    }

    [Test]
    public void PlantedBugThatIsNotFound_IsAFailure()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race", "--runs", "1");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.StartWith(
            "cli-race: the planted bug (bob may look at the balance before alice has taken from it) is NOT FOUND in 1 run: "));
        Assert.That(run.Output, Does.EndWith("\n1 scenario: 1 planted bug NOT FOUND. Not as expected: cli-race.\n"));
    }

    [Test]
    public void RunThatDiffersFromItself_IsNotThePlantedBug()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-smuggler");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.StartWith(
            "cli-smuggler FAILS in run 1 of 1000 planned, but not by the bug that is planted (a static counter takes part): "
            + "a run must be a function of its decisions\n"));
        Assert.That(run.Output, Does.Not.Contain("sim replay"));
    }

    [Test]
    public void WhatAThousandBodiesWrite_IsDropped()
    {
        var console = Console.Out;
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-holds");

        Assert.That(run.Output + run.Error, Does.Not.Contain("the body"));
        Assert.That(Console.Out, Is.SameAs(console));
    }

    [Test]
    public void ResultsAndProgress_GoDifferentWays()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race", "cli-holds");

        Assert.That(run.Error, Does.StartWith("fuzzing cli-race (1 of 2)\n").And.Contain("\nfuzzing cli-holds (2 of 2)\n"));
        Assert.That(run.Output, Does.Not.Contain("fuzzing").And.Not.Contain("\e["));
    }

    [Test]
    public void UntilCovered_StopsWhenNothingNewIsToBeExpected()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-holds", "--until-covered");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.StartWith("cli-holds holds: 1024 runs, "));
        Assert.That(run.Output, Does.Contain("; enough: one more run shows something new with a chance of at most 1 in 1000\n"));
    }

    [Test]
    public void FailureThatWasFound_IsMadeAgainFirst()
    {
        var folder = Directory.CreateTempSubdirectory("sim-corpus-").FullName;
        try
        {
            var runs = Enumerable.Range(0, 2)
                .Select(_ => ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race-undeclared", "--corpus", folder)).ToList();

            Assert.That(runs.Select(static run => run.ExitCode), Is.EqualTo(new[] { 1, 1 }));
            Assert.That(runs[0].Output, Does.Match(@"^cli-race-undeclared FAILS in run \d+ of 1000 planned\n"));
            Assert.That(runs[1].Output, Does.StartWith("cli-race-undeclared FAILS again, as its corpus remembers\n"));
            Assert.That(runs[1].PrintedReplay(), Is.EqualTo(runs[0].PrintedReplay()));
            File.WriteAllText(Path.Combine(folder, "cli-race-undeclared.txt"), "nonsense");
            var broken = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race-undeclared", "--corpus", folder);
            Assert.That((broken.ExitCode, broken.Output), Is.EqualTo((2, "")));
            Assert.That(broken.Error, Does.Match("(?m)^sim: Line 1 of the corpus '.+' cannot be read: take it out. 'nonsense' is not a"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Workers_ShareNoStatics()
    {
        var run = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-alone", "--runs", "2000", "--workers", "4");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.StartWith("cli-alone holds: 2000 runs, "));
    }

    [TestCase("cli-race")]
    [TestCase("cli-race-undeclared")]
    [TestCase("cli-alone")]
    public void Result_DoesNotDependOnTheNumberOfWorkers(string scenario)
    {
        var outputs = new[] { "1", "2", "3", "8" }
            .Select(workers => ToolRun.InProcess("fuzz", ToolRun.Target, scenario, "--workers", workers))
            .Select(static run => Regex.Replace(run.Output, @"\d+\.\d{3}s(?=$|,.*\))", "(time)", RegexOptions.Multiline));

        Assert.That(outputs.Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public void Interrupted_EndsAfterTheRunAndDecidesNothing()
    {
        using var interrupted = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new InterruptingWriter(interrupted, "fuzzing cli-holds (1 of 2)");

        var exitCode = SimTool.Run(["fuzz", ToolRun.Target, "cli-holds", "cli-race", "--no-corpus"], output, error, interrupted.Token);

        Assert.That(exitCode, Is.EqualTo(130));
        Assert.That(output.ToString(), Is.EqualTo(
            "cli-holds interrupted: no failure in 1 run of 1000, so nothing is decided\n\n"
            + "2 scenarios: 1 interrupted, 1 not begun. Interrupted before all was decided.\n"));
    }

    [Test]
    public void InterruptedAfterAFailure_TellsTheFailure()
    {
        using var interrupted = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new InterruptingWriter(interrupted, "fuzzing cli-holds (2 of 2)");

        string[] command = ["fuzz", ToolRun.Target, "cli-race-undeclared", "cli-holds", "--no-corpus"];
        var exitCode = SimTool.Run(command, output, error, interrupted.Token);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain("\n2 scenarios: 1 FAILS, 1 interrupted. Not as expected: cli-race-undeclared.\n"));
    }
}
