using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Properties;

/// <summary>
/// Storms of cancellations over trees of tasks, timeouts, groups, shields, locks and queues: whatever is cancelled when, no
/// wake-up, unit or item is lost, and nobody waits for ever (rules 52 to 87).
/// </summary>
[Properties(Arbitrary = [typeof(ScheduleArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
public class StormLaws
{
    [Property(EndSize = 120, MaxTest = 5_000)]
    public Property NothingIsLost_NobodyWaitsForEver_AndAllAreServedInTurn(byte[] bytes) => Verdict(bytes, static () => new RealLock());

    [Property(EndSize = 120, MaxTest = 2_000)]
    public Property NothingIsLost_AndNobodyWaitsForEver_WhateverTheSchedule(byte[] bytes, Schedule schedule)
    {
        var storm = new Storm(bytes);
        IReadOnlyList<string> violations = ["The storm did not end."];
        var report = new Scenario("storm", async () =>
        {
            // A shielded task may fail when nobody listens any more.
            Asyncio.GetRunningLoop().ExceptionHandler = error => violations = error.Exception is StormRun.StormException ? violations : [$"{error}"];
            violations = await new StormRun(storm, new StormWorld(isFair: false, static () => new RealLock())).RunAsync();
        }).Run(schedule.ToStrategy());
        return (report.Passed && violations.Count == 0).Label($"{storm}\n{report.Failure?.Message}\n{string.Join('\n', violations)}");
    }

    [TestCase("LosesTheWakeUp", 48)]
    [TestCase("LetsNewcomersPass", 48)]
    [TestCase("WakesTheYoungest", 48)]
    public void AFaultyLock_IsNoticed_InASmallStorm(string fault, int size)
    {
        var kind = Enum.Parse<FaultyLock.Fault>(fault);
        var bytes = Refutation.Of(
            ArbMap.Default.ArbFor<byte[]>(), candidate => Violations(candidate, () => new FaultyLock(kind)).Count == 0, tests: 20_000);
        Assert.That(bytes, Has.Length.LessThanOrEqualTo(size), new Storm(bytes).ToString());
    }

    private static Property Verdict(byte[] bytes, Func<ILockUnderStorm> makeLock)
    {
        var violations = Violations(bytes, makeLock);
        return (violations.Count == 0).Label($"{new Storm(bytes)}\n{string.Join('\n', violations)}");
    }

    private static IReadOnlyList<string> Violations(byte[] bytes, Func<ILockUnderStorm> makeLock)
    {
        using var loop = Asyncio.NewVirtualEventLoop(new LoopOptions { Log = static _ => { } });
        return loop.RunUntilComplete(new StormRun(new Storm(bytes), new StormWorld(isFair: true, makeLock)).RunAsync);
    }
}
