using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Properties;

/// <summary>Laws of the generators themselves: shrinking ends, and what it offers is smaller.</summary>
[Properties(
    Arbitrary = [typeof(TimingPrograms), typeof(ScheduleArbitraries), typeof(DelayArbitraries), typeof(FaultPlans)],
    MaxTest = 200,
    QuietOnSuccess = true)]
public class ArbitraryLaws
{
    [Property]
    public bool SchedulesShrinkTowardsFifo(Schedule schedule) =>
        ScheduleArbitraries.Shrink(schedule).All(smaller =>
            smaller.Deviations < schedule.Deviations
            || (smaller.Deviations == schedule.Deviations && smaller.Values.Sum() < schedule.Values.Sum()))
        && (schedule.Equals(Schedule.Fifo) || ScheduleArbitraries.Shrink(schedule).First().Equals(Schedule.Fifo));

    [Property]
    public bool SchedulesShowOnlyWhatDeviates(Schedule schedule) =>
        schedule.ToString().Count(static c => c == ':') == schedule.Deviations
        && new Schedule(schedule.Values.Concat([0, 0])).Equals(schedule);

    [Property]
    public bool ProgramsShrinkToFewerOperations_OrLowerNumbers(TimingProgram program) =>
        TimingPrograms.Shrink(program).All(smaller =>
            smaller.Size < program.Size
            || (smaller.Size == program.Size && smaller.Delays < program.Delays)
            || (smaller.Size == program.Size && smaller.Delays == program.Delays && smaller.ToString() != program.ToString()));

    [Property]
    public bool EveryShrunkProgram_StillEnds(TimingProgram program) =>
        TimingPrograms.Shrink(program).Take(40).All(static smaller => Logs.OnVirtualTime(smaller)[^1].What.Length > 0);

    [Property]
    public bool DelaysAreWholeTicks_AndShrinkToShorterOnes(TimeSpan delay) =>
        delay >= TimeSpan.Zero && delay <= TimeSpan.FromHours(11)
        && DelayArbitraries.Shrink(delay).All(shorter => shorter >= TimeSpan.Zero && shorter < delay)
        && (delay == TimeSpan.Zero || DelayArbitraries.Shrink(delay).First() == TimeSpan.Zero);

    [Property]
    public bool BoundedDelaysKeepTheirBound(PositiveInt milliseconds) =>
        DelayArbitraries.UpTo(TimeSpan.FromMilliseconds(milliseconds.Get)).Generator.Sample(50, 20)
            .All(delay => delay >= TimeSpan.Zero && delay <= TimeSpan.FromMilliseconds(milliseconds.Get));

    [Property]
    public bool FaultPlansShrinkTowardsNone(FaultPlan plan) =>
        FaultPlans.Shrink(plan).All(milder => Severity(milder).CompareTo(Severity(plan)) < 0)
        && (plan.Faults.IsEmpty || FaultPlans.Shrink(plan).First().Faults.IsEmpty);

    [Property]
    public bool FaultPlansOfNames_NameNoOther(NonEmptyString one, NonEmptyString other) =>
        FaultPlans.Of(one.Get, other.Get).Generator.Sample(50, 20)
            .All(plan => plan.Faults.All(fault => fault.Call == one.Get || fault.Call == other.Get));

    [Test]
    public void ALawThatNothingEverFails_IsRefutedByOneFault() =>
        Assert.That(
            Refutation.Of(FaultPlans.Of("pay"), static plan => Simulation.Run(() => PayTwiceAsync(plan)).Passed).ToString(),
            Is.EqualTo("pay 1 fails"));

    private static async Task PayTwiceAsync(FaultPlan plan)
    {
        await plan.AtAsync("pay");
        await plan.AtAsync("pay");
    }

    // Fewer faults, then milder ones, then shorter delays at earlier calls.
    private static (int Count, int Kinds, long Delays) Severity(FaultPlan plan) => (
        plan.Faults.Length,
        plan.Faults.Sum(static fault => (int)fault.Kind),
        plan.Faults.Sum(static fault => (fault.Kind == FaultKind.Slow ? fault.Delay.Ticks : 0) + fault.Number));
}
