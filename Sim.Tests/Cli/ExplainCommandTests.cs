using NUnit.Framework;

namespace Sim.Tests;

[TestFixture]
public sealed class ExplainCommandTests
{
    [Test]
    public void PrintedLine_IsExplained_WithBothRuns()
    {
        var found = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race");

        var explained = ToolRun.InProcess(["explain", .. found.PrintedReplay()[1..]]);

        Assert.That(explained.ExitCode, Is.EqualTo(1), explained.Error);
        Assert.That(explained.Output, Does.StartWith("cli-race fails at 0.000s of virtual time in task main:\n"));
        Assert.That(explained.Output, Does.Match(@"\n  the \w+ step of bob +goes on in BobAsync \(CliScenarios\.cs:\d+\)\n"));
        Assert.That(explained.Output, Does.Contain("\nThe run that fails:\n").And.Contain("\nThe run that holds:\n"));
    }

    [Test]
    [NonParallelizable]
    public void WhatTheBodySays_IsDropped_OrTheDocumentWouldBeNone()
    {
        var before = Console.Out;
        using var console = new StringWriter();
        Console.SetOut(console);
        try
        {
            ToolRun.InProcess("explain", ToolRun.Target, "cli-holds@2::00112233:0011223344556677", "--json");
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.That(console.ToString(), Does.Not.Contain("the body speaks"));
    }

    [Test]
    public void LineThatHolds_NeedsNoExplanation()
    {
        var run = ToolRun.InProcess("explain", ToolRun.Target, "cli-race@2::00112233:0011223344556677");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.StartWith("cli-race holds. "));
    }
}
