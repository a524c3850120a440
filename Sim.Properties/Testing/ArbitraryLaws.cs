using FsCheck;
using Sim.Testing.FsCheck;

namespace Sim.Properties;

/// <summary>Laws of the generators themselves: shrinking ends, and what it offers is smaller.</summary>
[Properties(Arbitrary = [typeof(TimingPrograms), typeof(ScheduleArbitraries)], MaxTest = 200, QuietOnSuccess = true)]
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
}
