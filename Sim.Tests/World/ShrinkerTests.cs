using NUnit.Framework;
using Sim.World;

namespace Sim.Tests;

public class ShrinkerTests
{
    [Test]
    public void KnownRace_ShrinksToItsLeastDeviation()
    {
        var failed = Enumerable.Range(1, 100).Select(static seed => Run(new RandomStrategy(seed))).First(static run => !run.Passed);
        var shrunk = new Shrinker(Run).Shrink(failed);
        Assert.That(shrunk.Failure!.IsSameAs(failed.Failure), Is.True);
        Assert.That(shrunk.Script.Deviations.Select(static d => (d.Value, d.Key.Step.Name)), Is.EqualTo(new[] { (1, "late") }));
    }

    [Test]
    public void FailureWithoutDeviations_IsReturnedAsItIs()
    {
        static RunReport Fail(IStrategy strategy) =>
            Races.Run(static () => throw new ArithmeticException("Always."), new SimulationOptions { Strategy = strategy });
        var failed = Fail(new FifoStrategy());
        var shrinker = new Shrinker(static (strategy, _) => Fail(strategy));
        Assert.That(shrinker.Shrink(failed), Is.SameAs(failed));
        Assert.That(shrinker.Runs, Is.Zero);
    }

    [Test]
    public void DrawnNumber_ShrinksToTheLeastThatFails()
    {
        static RunReport Draw(IStrategy strategy, bool records = true) => Races.Run(
            static () =>
            {
                var drawn = Simulation.Current.Draw("size", 1_000);
                return drawn >= 321 ? throw new ArithmeticException($"{drawn}") : Task.CompletedTask;
            },
            new SimulationOptions { Strategy = strategy, WatchThreadPool = false, Records = records });
        var shrunk = new Shrinker(Draw).Shrink(Draw(Races.Script(987)));
        Assert.That(shrunk.Script.ToString(), Is.EqualTo("0.d321.main-1.size"));
    }

    [Test]
    public void Budget_IsKept_AndWhatItLeaves_IsNotCalledMinimal()
    {
        var failed = Enumerable.Range(1, 100).Select(static seed => Run(new RandomStrategy(seed))).First(static run => !run.Passed);
        var shrinker = new Shrinker(Run, budget: 1);
        shrinker.Shrink(failed);
        Assert.That((shrinker.Runs, shrinker.IsMinimal), Is.EqualTo((1, false)));
    }

    [Test]
    public void OtherFailure_IsNotTakenForTheSame()
    {
        static RunReport Two(IStrategy strategy, bool records = true) => Races.Run(
            static () => Simulation.Current.Draw("which", 3) switch
            {
                2 => throw new ArithmeticException("The one."),
                1 => throw new FormatException("The other."),
                _ => Task.CompletedTask,
            },
            new SimulationOptions { Strategy = strategy, WatchThreadPool = false, Records = records });
        Assert.That(new Shrinker(Two).Shrink(Two(Races.Script(2))).Script.ToString(), Is.EqualTo("0.d2.main-1.which"));
    }

    private static RunReport Run(IStrategy strategy, bool records = true) => Races.Order.Run(strategy, records: records);
}
