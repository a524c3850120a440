using NUnit.Framework;

namespace Sim.Tests;

[TestFixture]
public sealed class RunCommandTests
{
    [Test]
    public void OneRun_ShowsWhatTheBodyWritesAndTheTrace()
    {
        var run = ToolRun.InProcess("run", ToolRun.Target, "cli-holds");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.StartWith("cli-holds (fifo)\nthe body speaks\nTrace ("));
        Assert.That(run.Output, Does.Contain("\n  1.500s     4  timer of NapAsync "));
        Assert.That(run.Output, Does.EndWith("\ncli-holds holds: 11 steps, 6 decisions, 1.500s of virtual time\n"));
        Assert.That(run.Error, Is.EqualTo("the body complains\n"));
    }

    [Test]
    public void FailingRun_PrintsALineThatReplaysIt()
    {
        // Seed 6 is a schedule that fails; which one it is is part of the contract of seeds.
        var run = ToolRun.InProcess("run", ToolRun.Target, "cli-race-undeclared", "--seed", "6", "--strategy", "random");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.StartWith("cli-race-undeclared (random, seed 6)\n"));
        var replayed = ToolRun.InProcess(run.PrintedReplay());
        Assert.That(replayed.ExitCode, Is.EqualTo(1));
        Assert.That(replayed.PrintedHash(), Is.EqualTo(run.PrintedHash()));
    }

    [Test]
    public void PlantedBug_IsAsExpectedWhetherOneRunMeetsItOrNot()
    {
        var missed = ToolRun.InProcess("run", ToolRun.Target, "cli-race");
        var met = ToolRun.InProcess("run", ToolRun.Target, "cli-race", "--seed", "6");

        Assert.That((missed.ExitCode, met.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(missed.Output, Does.Contain(
            "One run need not meet what is planted (bob may look at the balance before alice has taken from it): sim fuzz "));
        Assert.That(met.Output, Does.Contain(
            "cli-race fails at 0.000s of virtual time in task main, as expected (planted: bob may look at the balance before alice has taken from it):\n"));
    }

    [Test]
    public void List_NamesWhatIsPlanted()
    {
        var run = ToolRun.InProcess("list", ToolRun.Target);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output.Split('\n'), Does.Contain("cli-holds"));
        Assert.That(run.Output, Does.Match(@"(?m)^cli-race +planted: bob may look at the balance before alice has taken from it\.$"));
    }

    [Test]
    public void TestsOfNUnit_AreScenariosUnlessOnlyNUnitCanRunThem()
    {
        var run = ToolRun.InProcess("list", ToolRun.Target);

        Assert.That(run.Output.Split('\n'), Does.Contain("Sim.Tests.SimTestExamples.EveryOrder_Holds"));
        Assert.That(run.Error, Does.Contain("left out: [SimTest] SimTestExamples.Parameters_ArriveAsInNUnit takes parameters"));
        var fuzzed = ToolRun.InProcess("fuzz", ToolRun.Target, "Sim.Tests.SimTestExamples.EveryOrder_Holds", "--runs", "20");
        Assert.That(fuzzed.ExitCode, Is.Zero);
    }

    [Test]
    public void Version_NamesTheVersionOfReplayLines()
    {
        var run = ToolRun.InProcess("--version");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match(@"^sim \d+\.\d+\.\d+\S* \(replay lines of version 2\)\n$"));
    }

    [Test]
    public void Help_NamesCommandsAndExitCodes()
    {
        var run = ToolRun.InProcess("--help");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        string[] commands = ["fuzz", "run", "replay", "shrink", "explain", "trace", "corpus", "list", "completion"];
        foreach (var word in commands.Append("Exit codes: 0"))
        {
            Assert.That(run.Output, Does.Contain(word));
        }
    }
}
