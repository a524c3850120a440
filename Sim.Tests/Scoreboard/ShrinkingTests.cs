using System.Diagnostics;
using NUnit.Framework;
using Sim.Scoreboard;
using Sim.World;

namespace Sim.Tests;

/// <summary>What is found in the programs of the scoreboard shrinks to decisions none of which can go.</summary>
public class ShrinkingTests
{
    private const int Cap = 400;

    private static readonly SimulationOptions _quick = new() { WatchThreadPool = false, Patience = TimeSpan.Zero };

    private static IEnumerable<string> Names => BugPrograms.All.Select(static program => program.Name);

    [Test]
    public void EveryDecisionThatIsLeft_IsNeeded([ValueSource(nameof(Names))] string name)
    {
        var program = BugPrograms.All.Single(one => one.Name == name);
        var failures = Failures(program).ToList();
        Assert.That(failures, Is.Not.Empty);
        foreach (var (family, found) in failures)
        {
            var start = Stopwatch.GetTimestamp();
            var shrinker = new Shrinker((strategy, records) => Run(program, strategy, records));
            var shrunk = shrinker.Shrink(found);
            TestContext.Out.WriteLine(
                $"{name} {family}: {found.Script.Count} -> {shrunk.Script.Count} ({shrunk.Script}), {shrinker.Runs} runs, "
                + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.000} s");
            Assert.That((shrinker.IsMinimal, shrunk.Failure!.IsSameAs(found.Failure)), Is.EqualTo((true, true)));
            foreach (var deviation in shrunk.Script.Deviations)
            {
                var others = new DecisionScript(shrunk.Script.Deviations.Remove(deviation));
                Assert.That(Run(program, new ReplayStrategy(others)).Failure?.IsSameAs(found.Failure), Is.Not.True, $"{others}");
                var list = new ListStrategy(others.ToValues(), shrunk.PricesWork);
                Assert.That(Run(program, list).Failure?.IsSameAs(found.Failure), Is.Not.True, $"{others}");
            }
        }
    }

    [Test]
    public void EveryRun_IsMadeAgainByItsKeys([ValueSource(nameof(Names))] string name)
    {
        var program = BugPrograms.All.Single(one => one.Name == name);
        foreach (var family in (string[])["random", "pct:3", "pos", "starve"])
        {
            for (var seed = 1; seed <= 5; seed++)
            {
                var run = Run(program, StrategyFamilies.Parse(family).Create(seed, RunProfile.Empty), records: true);
                var replay = new ReplayStrategy(DecisionScript.Parse(run.Script.ToString()));
                Assert.That(Run(program, replay, records: true).Trace.Hash, Is.EqualTo(run.Trace.Hash), run.Script.ToString());
                Assert.That(replay.Unfit, Is.Empty);
            }
        }
    }

    private static IEnumerable<(string Family, RunReport Found)> Failures(IBugProgram program)
    {
        var counter = new ProfilingStrategy();
        Run(program, counter);
        foreach (var family in (string[])["random", "pct:3", "urw", "surw", "starve", "portfolio"])
        {
            var strategies = Enumerable.Range(1, Cap).Select(seed => StrategyFamilies.Parse(family).Create(seed, counter.ToProfile()));
            var failed = strategies.Select(strategy => Run(program, strategy)).FirstOrDefault(static run => !run.Passed);
            if (failed is not null)
            {
                yield return (family, failed);
            }
        }
    }

    private static RunReport Run(IBugProgram program, IStrategy strategy, bool records = false) =>
        Simulation.Run(program.RunAsync, _quick with { Strategy = strategy, Records = records });
}
