using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Properties;

/// <summary>
/// Storms of cancellations over trees of tasks, timeouts, groups, shields, tokens, locks and queues: whatever is cancelled when, no
/// wake-up, unit or item is lost, and nobody waits for ever (rules 52 to 87).
/// </summary>
[Properties(Arbitrary = [typeof(ScheduleArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
public class StormLaws
{
    private static readonly Arbitrary<byte[]> _any = ArbMap.Default.ArbFor<byte[]>();
    private static readonly Arbitrary<byte[]> _bytes = Arb.From(Gen.Resize(_any.Generator, 60), _any.Shrinker);

    [Property(StartSize = 20, EndSize = 120, MaxTest = 3_000)]
    public Property NothingIsLost_NobodyWaitsForEver_AndAllAreServedInTurn(byte[] bytes) => Verdict(bytes, new StormParts());

    [Property(StartSize = 20, EndSize = 120, MaxTest = 1_000)]
    public Property NothingIsLost_AndNobodyWaitsForEver_WhateverTheSchedule(byte[] bytes, Schedule schedule)
    {
        var storm = new Storm(bytes);
        IReadOnlyList<string> violations = ["The storm did not end."];
        var report = new Scenario("storm", async () =>
        {
            // A shielded task may fail when nobody listens any more.
            Asyncio.GetRunningLoop().ExceptionHandler =
                error => violations = error.Exception is StormRun.StormException ? violations : [$"{error}"];
            violations = await new StormRun(storm, new StormWorld(isFair: false, new StormParts())).RunAsync();
        }).Run(schedule.ToStrategy());
        return (report.Passed && violations.Count == 0).Label($"{storm}\n{report.Failure?.Message}\n{string.Join('\n', violations)}");
    }

    [TestCase("LosesTheWakeUp", "all tasks end")]
    [TestCase("LetsNewcomersPass", "0 is served in the order of arrival")]
    [TestCase("WakesTheYoungest", "0 is served in the order of arrival")]
    public void AFaultyLock_IsNoticed_InASmallStorm(string fault, string words) =>
        AssertNoticed(LockWith(Enum.Parse<FaultyLock.Fault>(fault)), words);

    [TestCase("WakesTheYoungestGetter", "an item is for who has waited longest")]
    [TestCase("WakesTheYoungestPutter", "room in the queue is for who has waited longest")]
    [TestCase("LosesTheWakeUp", "nobody waits for ever for what is there")]
    [TestCase("LosesAnItem", "comes out, in this order")]
    public void AFaultyQueue_IsNoticed_InASmallStorm(string fault, string words) =>
        AssertNoticed(QueueWith(Enum.Parse<FaultyQueue.Fault>(fault)), words);

    [Test]
    public void AFaultySemaphore_IsNoticed_InASmallStorm() =>
        AssertNoticed(SemaphoreWith(isFaulty: true), "of the semaphore can be had at the end");

    /// <summary>Made by the same hand without the mistakes, they pass: it is the mistakes that are noticed.</summary>
    [Property(EndSize = 120, MaxTest = 300)]
    public Property WithoutAMistake_NothingIsNoticed(byte[] bytes)
    {
        var parts = LockWith(FaultyLock.Fault.None) with
        {
            MakeQueue = QueueWith(FaultyQueue.Fault.None).MakeQueue, MakeSemaphore = SemaphoreWith(isFaulty: false).MakeSemaphore,
        };
        return Verdict(bytes, parts);
    }

    private static StormParts LockWith(FaultyLock.Fault fault) => new() { MakeLock = () => new FaultyLock(fault) };

    private static StormParts QueueWith(FaultyQueue.Fault fault) => new() { MakeQueue = () => new FaultyQueue(fault) };

    private static StormParts SemaphoreWith(bool isFaulty) => new() { MakeSemaphore = () => new FaultySemaphore(isFaulty) };

    private static void AssertNoticed(StormParts parts, string words)
    {
        var bytes = Refutation.Of(_bytes, candidate => Violations(candidate, parts).Count == 0, tests: 6_000);
        Assert.That(bytes, Has.Length.LessThanOrEqualTo(60), new Storm(bytes).ToString());
        Assert.That(Violations(bytes, parts), Has.Some.Contains(words), new Storm(bytes).ToString());
    }

    private static Property Verdict(byte[] bytes, StormParts parts)
    {
        var violations = Violations(bytes, parts);
        return (violations.Count == 0).Label($"{new Storm(bytes)}\n{string.Join('\n', violations)}");
    }

    private static IReadOnlyList<string> Violations(byte[] bytes, StormParts parts)
    {
        using var loop = Asyncio.NewVirtualEventLoop(new LoopOptions { Log = static _ => { } });
        return loop.RunUntilComplete(new StormRun(new Storm(bytes), new StormWorld(isFair: true, parts)).RunAsync);
    }
}
