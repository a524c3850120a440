using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.Testing.NUnit;

namespace Sim.Tests;

/// <summary>
/// The whole text that a failed test shows, for each kind of failure: what happened, when and in which task, why, and what to run.
/// Read the verified files aloud; what does not read well is a bug.
/// </summary>
public class FailureMessageTests
{
    private static readonly SimTestAttribute _once = new();
    private static readonly SimTestAttribute _many = new() { Runs = 200 };

    [TestCase("race")]
    [TestCase("several-assertions")]
    [TestCase("first-in-first-out")]
    [TestCase("lost-error")]
    [TestCase("deadlock")]
    [TestCase("lost-notification")]
    [TestCase("leaked-task")]
    [TestCase("step-limit")]
    [TestCase("time-limit")]
    [TestCase("escaped-work")]
    [TestCase("blocking-wait")]
    [TestCase("nondeterminism")]
    [TestCase("set-up")]
    [TestCase("tear-down")]
    [TestCase("planted-bug-missed")]
    [TestCase("pinned-run")]
    public Task Message(string kind)
    {
        var result = Fail(kind);

        Assert.That(result.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        return Verify(CodePlaces.Without(result.Message!));
    }

    [Test]
    public Task PinnedRunThatNoLongerFits_IsAWarning()
    {
        var result = Bench.Run<PinnedFailures>(nameof(PinnedFailures.StockWasSoldTwice), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Warning));
        return Verify(result.Message);
    }

    private static TestResult Fail(string kind) => kind switch
    {
        "race" => Bench.Run<RaceFailures>(nameof(RaceFailures.StockIsSoldTwice), _many),
        "several-assertions" => Bench.Run<RaceFailures>(nameof(RaceFailures.SeveralThingsAreWrong), _once),
        "first-in-first-out" => Bench.Run<RaceFailures>(nameof(RaceFailures.SumIsWrong), _once),
        "lost-error" => Bench.Run<RaceFailures>(nameof(RaceFailures.NobodyAwaitsTheMail), _once),
        "deadlock" => Bench.Run<WaitingFailures>(nameof(WaitingFailures.TransfersCross), _many),
        "lost-notification" => Bench.Run<WaitingFailures>(nameof(WaitingFailures.NotifiedTooEarly), _once),
        "leaked-task" => Bench.Run<WaitingFailures>(nameof(WaitingFailures.HeartbeatGoesOn), new() { LeakedTasksFail = true }),
        "step-limit" => Bench.Run<WaitingFailures>(nameof(WaitingFailures.PollsForEver), new() { StepLimit = 5_000 }),
        "time-limit" => Bench.Run<WaitingFailures>(nameof(WaitingFailures.WaitsTooLong), new() { TimeLimit = "1h" }),
        "escaped-work" => Bench.Run<OutsideFailures>(nameof(OutsideFailures.LeavesForThePool), _once),
        "blocking-wait" => Bench.Run<OutsideFailures>(nameof(OutsideFailures.BlocksTheLoop), _once),
        "nondeterminism" => Bench.Run<OutsideFailures>(nameof(OutsideFailures.RemembersTheRunBefore), _many),
        "set-up" => Bench.Run<FixtureFailures>(nameof(FixtureFailures.Acts), _once),
        "tear-down" => Bench.Run<FixtureFailuresAtTheEnd>(nameof(FixtureFailuresAtTheEnd.Acts), _once),
        "pinned-run" => Bench.Run<PinnedFailures>(nameof(PinnedFailures.StockIsSoldTwice), _many),
        "planted-bug-missed" => Bench.Run<RaceFailures>(
            nameof(RaceFailures.StockIsSoldTwice), new() { MustFail = "a stock is looked at, then sold" }),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };
}
