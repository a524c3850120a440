using FsCheck;
using FsCheck.Fluent;
using Sim.Core;
using Sim.Testing.FsCheck;
using Sim.World;
using static Sim.Testing.FsCheck.TimingOperation;

namespace Sim.Properties;

/// <summary>Laws of whole programs: time, independence, and the two worlds.</summary>
[Properties(Arbitrary = [typeof(TimingPrograms), typeof(ScheduleArbitraries)], MaxTest = 300, QuietOnSuccess = true)]
public class TimeLaws
{
    private const int Slot = 20;

    [Property]
    public bool TimeNeverGoesBack_UnderAnySchedule(TimingProgram program, Schedule schedule)
    {
        var log = Programs.Simulate(program, schedule.ToStrategy()).Log;
        return log.Zip(log.Skip(1)).All(static pair => pair.First.Time <= pair.Second.Time && pair.First.Iteration <= pair.Second.Iteration);
    }

    [Property]
    public bool TasksAndCallbacks_BeginOnce_AndEveryTaskEnds_UnderAnySchedule(TimingProgram program, Schedule schedule)
    {
        var log = Programs.Simulate(program, schedule.ToStrategy()).Log;
        return log.GroupBy(static line => line.Who).All(static own =>
            own.Count(static line => line.What is "begins" or "runs") <= 1
            && own.Count(static line => line.What.StartsWith("is ", StringComparison.Ordinal)) == (own.Key.StartsWith("callback", StringComparison.Ordinal) ? 0 : 1));
    }

    [Property]
    public Property UnrelatedProgram_ChangesNobodysOrderOrTime(TimingProgram program, TimingProgram stranger, bool strangerFirst)
    {
        var alone = Logs.OnVirtualTime(program);
        var together = new List<TimingEntry>();
        using var loop = Asyncio.NewVirtualEventLoop();
        var starts = new[] { () => program.Start(loop, together.Add), () => stranger.Start(loop, static _ => { }) };
        var ends = (strangerFirst ? starts.Reverse() : starts).Select(static start => start()).ToArray();
        loop.RunUntilComplete(Asyncio.GatherAsync(ends));
        return Logs.AreEqual(
            alone.Select(static line => (line.Who, line.What, line.Time)).ToList(),
            together.Select(static line => (line.Who, line.What, line.Time)).ToList());
    }

    [Property]
    public Property SimulationUnderFifo_IsThePlainLoop(TimingProgram program) => Logs.AreEqual(
        Logs.OnVirtualTime(program).Select(static line => (line.Who, line.What, line.Time)).ToList(),
        Programs.Simulate(program, new FifoStrategy()).Log.Select(static line => (line.Who, line.What, line.Time)).ToList());

    // Everything that happens at a time of its own is 20 ms apart from the rest. A machine that is too busy to keep to half
    // of that says nothing about order: such a run is made again, and in the end not counted.
    [Property(MaxTest = 20)]
    public Property VirtualAndRealLoop_AgreeOnTheOrder() => Prop.ForAll(SlottedPrograms().ToArbitrary(), static program =>
    {
        var expected = Logs.OnVirtualTime(program);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var loop = Asyncio.NewEventLoop();
            var real = program.RunOn(loop);
            if (real.Count != expected.Count || IsPunctual(expected, real))
            {
                return Logs.AreEqual(
                    expected.Select(static line => (line.Who, line.What)).ToList(),
                    real.Select(static line => (line.Who, line.What)).ToList());
            }
        }

        return true.Trivial(true);
    });

    // Every line by its own time, so that a wrong order cannot pass for lateness.
    private static bool IsPunctual(IReadOnlyList<TimingEntry> expected, IReadOnlyList<TimingEntry> real)
    {
        var due = expected.GroupBy(static line => (line.Who, line.What)).ToDictionary(static lines => lines.Key, static lines => lines.First().Time);
        return real.All(line => due.TryGetValue((line.Who, line.What), out var time) && line.Time - time < TimeSpan.FromMilliseconds(Slot / 2));
    }

    // A few tasks and timers; each slot of time belongs to one of them.
    private static Gen<TimingProgram> SlottedPrograms() =>
        from count in Gen.Choose(1, 5)
        from order in Gen.Shuffle(Enumerable.Range(1, count))
        from tasks in Gen.Choose(1, 3)
        from timers in Gen.Choose(0, count)
        from gathered in Gen.Elements(true, false)
        select Slotted(order, tasks, timers, gathered);

    private static TimingProgram Slotted(int[] order, int tasks, int timers, bool gathered)
    {
        var callbacks = order[..timers].Select(static slot => (TimingOperation)new CallLater(100 + slot, slot * Slot, [new Log(slot)]));
        var spawned = Enumerable.Range(0, tasks).Select(task =>
        {
            var own = order[timers..].Where((_, i) => i % tasks == task).Order().ToArray();
            return new Spawn(task + 1, [.. own.SelectMany((slot, i) => new TimingOperation[]
            {
                new Sleep((slot - (i == 0 ? 0 : own[i - 1])) * Slot), new Log(slot), new CallSoon(200 + slot, []), new Yield(), new Log(300 + slot),
            })]);
        }).ToArray();
        IEnumerable<TimingOperation> started = gathered ? [new Gather([.. spawned])] : spawned;
        return new TimingProgram([.. callbacks, .. started, new Log(0)]);
    }
}
