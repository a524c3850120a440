using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>The class of a run, found while it is made, is the one that exhaustive search counts.</summary>
public class ScheduleCoverageTests
{
    /// <summary>Every schedule of many small programs, once for the search and once for its coverage.</summary>
    [Test]
    public void ClassOfARun_IsTheOneThatExhaustiveSearchCounts()
    {
        var (programs, runs) = (0, 0);
        for (var seed = 0L; programs < 60; seed++)
        {
            var program = new RandomProgram(seed);
            var strategy = new ExhaustiveStrategy(new ExhaustiveOptions { Reduction = Reduction.None });
            for (var left = 300; left > 0 && strategy.MoveNext(); left--)
            {
                var searched = Run(program.RunAsync, strategy, false);
                var covered = Run(program.RunAsync, new ListStrategy([.. searched.Decisions.Select(static d => d.Value)]), true);
                Assert.That(covered.ScheduleHash, Is.EqualTo(searched.ScheduleHash));
                Assert.That(covered.Coverage!.Class, Is.EqualTo(strategy.LastClass), $"{seed}: {program}");
                runs++;
            }

            programs++;
        }

        TestContext.Out.WriteLine($"{programs} programs, {runs} runs");
        Assert.That(runs, Is.GreaterThan(5_000));
    }

    /// <summary>Three writers of x: 3! = 6 classes, and each of the 6 ordered pairs of tasks is a hand-over.</summary>
    [Test]
    public void ManyRuns_SeeEveryClass_AndEveryHandOver()
    {
        var coverage = new ScheduleCoverage();
        for (var seed = 1; seed <= 300; seed++)
        {
            coverage.Add(Run(WriteThreeTimesAsync, new RandomStrategy(seed), true));
        }

        Assert.That((coverage.Runs, coverage.Classes, coverage.HandOvers, coverage.SeenOnce), Is.EqualTo((300L, 6L, 6L, 0L)));
    }

    [Test]
    public void Add_TellsWhetherTheClassIsNew()
    {
        var coverage = new ScheduleCoverage();
        var first = Run(WriteThreeTimesAsync, new FifoStrategy(), true);
        Assert.That((coverage.Add(first), coverage.Classes, coverage.SeenOnce), Is.EqualTo((true, 1L, 1L)));
        Assert.That((coverage.Add(first), coverage.Classes, coverage.SeenOnce), Is.EqualTo((false, 1L, 0L)));
        Assert.That((coverage.Add(first), coverage.Runs, coverage.SeenOnce), Is.EqualTo((false, 3L, 0L)));
    }

    [Test]
    public void RunWithoutCoverage_IsRefused()
    {
        var report = Run(WriteThreeTimesAsync, new FifoStrategy(), false);
        Assert.That(report.Coverage, Is.Null);
        Assert.That(() => new ScheduleCoverage().Add(report), Throws.ArgumentException.With.Message.Contains("TracksCoverage"));
    }

    [Test]
    public void CoverageOfAnExhaustiveSearch_IsRefused() => Assert.That(
        () => Run(WriteThreeTimesAsync, new ExhaustiveStrategy(new ExhaustiveOptions()), true),
        Throws.ArgumentException.With.Message.Contains("counts the classes of its runs itself"));

    /// <summary>More tasks than there are columns: what is told apart may be more, but the same schedule stays the same.</summary>
    [Test]
    public void ManyTasks_RepeatTheirClass()
    {
        var first = Run(ManyAsync, new RandomStrategy(7), true).Coverage!.Class;
        Assert.That(Run(ManyAsync, new RandomStrategy(7), true).Coverage!.Class, Is.EqualTo(first));
        Assert.That(Run(ManyAsync, new RandomStrategy(8), true).Coverage!.Class, Is.Not.EqualTo(first));

        static async Task ManyAsync() => await Asyncio.GatherAsync(Enumerable.Repeat<Func<Task>>(
            static async () =>
            {
                await Asyncio.YieldBeforeAsync("x");
                await Asyncio.YieldBeforeAsync("x");
            },
            400).ToArray().AsSpan());
    }

    private static async Task WriteThreeTimesAsync() => await Asyncio.GatherAsync(
        static async () => await Asyncio.YieldBeforeAsync("x"),
        static async () => await Asyncio.YieldBeforeAsync("x"),
        static async () => await Asyncio.YieldBeforeAsync("x"));

    private static RunReport Run(Func<Task> body, IStrategy strategy, bool tracksCoverage) => Simulation.Run(body, new SimulationOptions
    {
        Strategy = strategy,
        Records = false,
        TracksCoverage = tracksCoverage,
        WatchThreadPool = false,
        Patience = TimeSpan.Zero,
    });
}
