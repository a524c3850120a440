using NUnit.Framework;
using Sim.World;

namespace Sim.Tests;

/// <summary>A reduction leaves out schedules, and no class of them: held against the search of all schedules on small programs.</summary>
public class ReductionTests
{
    [Test]
    public void ReducedSearch_SeesEveryClass_AndEveryOutcome()
    {
        var (compared, executions, classes, all) = (0, 0L, 0L, 0L);
        for (var seed = 1L; seed <= 150; seed++)
        {
            var program = new RandomProgram(seed);
            if (Search(program, Reduction.None, 3_000) is not { } full)
            {
                continue;
            }

            foreach (var reduction in (Reduction[])[Reduction.Declared, Reduction.Cautious])
            {
                var reduced = Search(program, reduction, 3_000)!;
                Assert.That(
                    reduced.Classes.Except(full.Classes), Is.Empty, $"{reduction}: classes that no schedule has, in {seed}: {program}");
                Assert.That(full.Classes.Except(reduced.Classes), Is.Empty, $"{reduction}: classes missed in {seed}: {program}");
                Assert.That(reduced.Outcomes, Is.EquivalentTo(full.Outcomes), $"{reduction}: outcomes in {seed}: {program}");
                if (reduction == Reduction.Declared)
                {
                    executions += reduced.Executions;
                }
            }

            compared++;
            classes += full.Classes.Count;
            all += full.Executions;
        }

        TestContext.Out.WriteLine($"{compared} programs: {all} executions, {executions} reduced, {classes} classes");
        Assert.That(compared, Is.GreaterThan(75));
    }

    private static Found? Search(RandomProgram program, Reduction reduction, int limit)
    {
        var strategy = new ExhaustiveStrategy(new ExhaustiveOptions { Reduction = reduction });
        var outcomes = new HashSet<string>();
        var outcomeOf = new Dictionary<UInt128, string>();
        while (strategy.MoveNext())
        {
            var report = Simulation.Run(program.RunAsync, new SimulationOptions
            {
                Strategy = strategy,
                Records = false,
                WatchThreadPool = false,
                Patience = TimeSpan.Zero,
            });
            if (strategy.Executions == limit)
            {
                return null;
            }

            if (strategy.LastAbandoned)
            {
                continue;
            }

            var outcome = $"{report.Failure?.Exception.GetType().Name} {program.Outcome}";
            outcomes.Add(outcome);
            if (!outcomeOf.TryAdd(strategy.LastClass, outcome))
            {
                Assert.That(outcome, Is.EqualTo(outcomeOf[strategy.LastClass]), $"one class, two outcomes: {program}");
            }
        }

        return new Found(strategy.ClassSet.ToHashSet(), outcomes, strategy.Executions);
    }

    private sealed record Found(HashSet<UInt128> Classes, HashSet<string> Outcomes, long Executions);
}
