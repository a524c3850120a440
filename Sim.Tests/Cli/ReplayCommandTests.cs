using NUnit.Framework;

namespace Sim.Tests;

/// <summary>The replay line is taken out of what was printed, as a user takes it.</summary>
[TestFixture]
public sealed class ReplayCommandTests
{
    [Test]
    public void PrintedLine_GivesTheSameFailureAndTraceInAnotherProcess()
    {
        var found = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race");

        var replayed = ToolRun.InChildProcess(found.PrintedReplay());

        Assert.That(replayed.ExitCode, Is.EqualTo(1), replayed.Error);
        Assert.That(replayed.PrintedHash(), Is.EqualTo(found.PrintedHash()));
        Assert.That(TraceOf(replayed), Is.EqualTo(TraceOf(found)));
        Assert.That(replayed.Output, Does.StartWith("cli-race still fails, at 0.000s of virtual time in task main:\n\n  InvalidOperationException: The account is overdrawn: -100.\n"));
        Assert.That(replayed.Output, Does.Contain("\nThe run is the recorded one, event for event.\n"));
        Assert.That(replayed.PrintedReplay(), Is.EqualTo(found.PrintedReplay()));
    }

    [Test]
    public void LineOfAnUnexpectedFailure_FailsToo()
    {
        var found = ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race-undeclared");

        Assert.That(ToolRun.InProcess(found.PrintedReplay()).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void LineThatNoLongerFails_TellsWhatDiffersFromTheRecording()
    {
        var run = ToolRun.InProcess("replay", ToolRun.Target, "cli-race@2:0.9.zoe-1.alice-1:01234567:0011223344556677");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo(
            "cli-race holds. The code has changed since the recording: the decision (zoe's 1st step ahead of alice's 1st) no longer fits: "
            + "there is no task zoe any more: there are main, alice, bob.\n"));
    }

    private static string TraceOf(ToolRun run)
    {
        var begin = run.Output.IndexOf("Trace (", StringComparison.Ordinal);
        return run.Output[begin..run.Output.IndexOf("\nReplay it:", begin, StringComparison.Ordinal)];
    }
}
