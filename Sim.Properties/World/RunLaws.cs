using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Properties;

/// <summary>A run is a pure function of its decisions: it can be repeated, replayed and shrunk.</summary>
[Properties(Arbitrary = [typeof(TimingPrograms), typeof(ScheduleArbitraries)], MaxTest = 300, QuietOnSuccess = true)]
public class RunLaws
{
    [Property]
    public bool SameDecisions_SameTrace(TimingProgram program, Schedule schedule)
    {
        var (first, firstLog) = Programs.Simulate(program, schedule.ToStrategy());
        var (second, secondLog) = Programs.Simulate(program, schedule.ToStrategy());
        return first.Trace.ToString() == second.Trace.ToString() && first.Trace.Hash == second.Trace.Hash
            && first.Trace.FirstDifference(second.Trace) is null
            && first.Decisions.SequenceEqual(second.Decisions) && firstLog.SequenceEqual(secondLog);
    }

    [Property]
    public bool SameSeed_SameTrace_AndItsDecisionsAloneGiveIt(TimingProgram program, long seed)
    {
        var strategy = new RandomStrategy(seed);
        var first = Programs.Simulate(program, strategy).Report;
        var second = Programs.Simulate(program, strategy).Report;
        var recorded = Programs.Simulate(program, first.ToStrategy()).Report;
        return first.Trace.Hash == second.Trace.Hash && first.Trace.Hash == recorded.Trace.Hash;
    }

    [Property]
    public bool ReplayOfTheRecordedLine_IsTheRun(TimingProgram program, Schedule schedule)
    {
        var scenario = Programs.ScenarioOf(program);
        var run = scenario.Run(schedule.ToStrategy());
        var line = ReplayLine.Parse(ReplayLine.Of(scenario, run).ToString());
        var replayed = ReplayReport.Make(scenario with { Options = new SimulationOptions() }, line);
        return replayed.IsIdentical && replayed.Mismatch is null && replayed.Run.Script.Equals(run.Script);
    }

    [Property]
    public bool KeysOfARunInWhichTimePasses_GiveTheRun(TimingProgram program, long seed)
    {
        var run = Programs.Simulate(program, new StarveStrategy(seed, RunProfile.Empty)).Report;
        var replay = new ReplayStrategy(DecisionScript.Parse(run.Script.ToString()));
        return Programs.Simulate(program, replay).Report.Trace.Hash == run.Trace.Hash && replay.Unfit.Count == 0;
    }

    [Test]
    public void DataAndSchedule_ShrinkTogether()
    {
        var schedules = ScheduleArbitraries.Schedules();
        var both = Arb.From(
            from data in Gen.Choose(1, 100).ArrayOf() from schedule in schedules.Generator select (data, schedule),
            static pair => ArbMap.Default.ArbFor<int[]>().Shrinker(pair.data).Where(static data => data.All(static amount => amount > 0))
                .Select(smaller => (smaller, pair.schedule))
                .Concat(ScheduleArbitraries.Shrink(pair.schedule).Select(smaller => (pair.data, smaller))));
        var (smallest, deviations) = Refutation.Of(both, static pair => WithdrawAll(pair.data).Run(pair.schedule.ToStrategy()).Passed);
        Assert.Multiple(() =>
        {
            Assert.That(smallest, Has.Length.EqualTo(2), string.Join(", ", smallest));
            Assert.That(smallest.Sum(), Is.EqualTo(101), "the least that is more than there is");
            Assert.That(deviations.Values, Is.EqualTo((int[])[0, 0, 1, 1]), "twice ahead of the one that has looked and not taken");
        });
    }

    // Each looks, and then takes; first in, first out the next comes when the last is done.
    private static Scenario WithdrawAll(int[] amounts) => new("withdrawals", async () =>
    {
        var balance = 100;
        await Asyncio.GatherAsync<ValueTuple>([.. amounts.Select((amount, i) => Asyncio.CreateTask(
            async () =>
            {
                for (var turn = 0; turn < 2 * i; turn++)
                {
                    await Asyncio.YieldAsync();
                }

                if (balance >= amount)
                {
                    await Asyncio.YieldAsync();
                    balance -= amount;
                }
            },
            $"task{i}"))]);
        if (balance < 0)
        {
            throw new InvalidOperationException($"The balance is {balance}.");
        }
    });

    [Property]
    public Property Shrinking_KeepsTheFailure_NeverGrowsIt_AndLeavesNothingThatCanGo(TimingProgram program, Schedule schedule)
    {
        var scenario = Programs.OrderedScenarioOf(program);
        var failed = scenario.Run(schedule.ToStrategy());
        if (failed.Passed)
        {
            return true.ToProperty().Trivial(true);
        }

        var shrunk = new Shrinker((strategy, records) => scenario.Run(strategy, records: records)).Shrink(failed);
        var left = shrunk.Script.Deviations;
        var needed = Enumerable.Range(0, left.Length).All(i => Run(new ListStrategy(new DecisionScript(left.RemoveAt(i)).ToValues())).Passed
            && Run(new ReplayStrategy(new DecisionScript(left.RemoveAt(i)))).Passed);
        return (failed.Failure!.IsSameAs(shrunk.Failure)
            && left.Length >= 1 && left.Length <= failed.Script.Count
            && (left.Length < failed.Script.Count || left.Sum(static d => d.Value) <= failed.Script.Deviations.Sum(static d => d.Value))
            && Run(new ListStrategy(shrunk.Script.ToValues())).Trace.Hash == shrunk.Trace.Hash
            && needed).Label($"{failed.Script} -> {shrunk.Script}");

        RunReport Run(IStrategy strategy) => scenario.Run(strategy);
    }

    [Test]
    public void LawThatOrderNeverMatters_IsRefutedByASmallProgram_AndOneDeviation()
    {
        var schedules = ScheduleArbitraries.Schedules();
        var both = Arb.From(
            from program in TimingPrograms.Programs().Generator from schedule in schedules.Generator select (program, schedule),
            static pair => TimingPrograms.Shrink(pair.program).Select(smaller => (smaller, pair.schedule))
                .Concat(ScheduleArbitraries.Shrink(pair.schedule).Select(smaller => (pair.program, smaller))));
        var (smallest, deviation) = Refutation.Of(
            both, static pair => Programs.OrderedScenarioOf(pair.program).Run(pair.schedule.ToStrategy()).Passed);
        Assert.Multiple(() =>
        {
            Assert.That(smallest.Size, Is.LessThanOrEqualTo(2), smallest.ToString());
            Assert.That(deviation.Deviations, Is.EqualTo(1), deviation.ToString());
        });
    }
}
