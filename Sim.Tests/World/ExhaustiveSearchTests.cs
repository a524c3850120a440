using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>How an exhaustive search goes: what it finds, where it stops, how it goes on, what it refuses.</summary>
public class ExhaustiveSearchTests
{
    private static readonly SimulationOptions _quick = new() { Patience = TimeSpan.Zero };

    [Test]
    public void FirstFailure_IsRecorded_AndEndsTheSearch()
    {
        var report = ExhaustiveSearch.Run(Races.Order.Body);
        Assert.That(report.FirstFailure!.Failure!.Message, Does.Contain("late runs before early."));
        Assert.That(report.FirstFailure.Script.Deviations, Is.Not.Empty);
        Assert.That((report.Failures, report.IsComplete, report.Position), Is.EqualTo((1L, false, report.Position)));
        Assert.That(Races.Order.Run(new ReplayStrategy(report.FirstFailure.Script)).Failure, Is.Not.Null);
    }

    /// <summary>
    /// Two tasks of two operations each. Without a preemption, one runs to its end before the other does an operation: 2 orders of
    /// operations. With one: a task goes on once in the middle of the other, a b b a and b a a b besides. With two, a b a b and
    /// b a b a too: all of C(4, 2) = 6.
    /// </summary>
    [TestCase(0, 2)]
    [TestCase(1, 4)]
    [TestCase(2, 6)]
    [TestCase(3, 6)]
    public void PreemptionBound_LimitsTheOrders(int bound, int orders)
    {
        var report = ExhaustiveSearch.Run(
            WriteAsync,
            new ExhaustiveOptions { Reduction = Reduction.None, Preemptions = bound });
        Assert.That(report.OperationOrders, Is.EqualTo(orders));
    }

    [TestCase(Reduction.None)]
    [TestCase(Reduction.Declared)]
    [TestCase(Reduction.Cautious)]
    public void StoppedSearch_GoesOnWhereItStood(Reduction reduction)
    {
        var options = new ExhaustiveOptions { Reduction = reduction, StopsAtFailure = false };
        var whole = ExhaustiveSearch.Run(WriteAsync, options, _quick);
        var (executions, abandoned, parts) = (0L, 0L, 0);
        ExhaustiveReport part;
        string? position = null;
        do
        {
            part = ExhaustiveSearch.Run(WriteAsync, options with { RunLimit = 2, Position = position }, _quick);
            (executions, abandoned, position) = (executions + part.Executions, abandoned + part.Abandoned, part.Position);
            parts++;
        }
        while (!part.IsComplete);
        Assert.That((executions, abandoned), Is.EqualTo((whole.Executions, whole.Abandoned)));
        Assert.That(parts, Is.GreaterThan(1));
    }

    [Test]
    public void Draws_AreAllTaken()
    {
        var sums = new HashSet<int>();
        var report = ExhaustiveSearch.Run(() =>
        {
            sums.Add((10 * Simulation.Current.Draw("first", 3)) + Simulation.Current.Draw("second", 2));
            return Task.CompletedTask;
        });
        Assert.That(sums, Is.EquivalentTo((int[])[0, 1, 10, 11, 20, 21]));
        Assert.That((report.Executions, report.Classes), Is.EqualTo((6, 6)));
    }

    [Test]
    public void TimerForNow_IsSearchedWithoutReduction_AndTheReportSaysSo()
    {
        var report = ExhaustiveSearch.Run(static async () =>
        {
            Asyncio.GetRunningLoop().CallLater(TimeSpan.Zero, static () => { });
            await Asyncio.YieldAsync();
        });
        Assert.That(report.Unreduced, Does.StartWith("a timer was set for a time that had come already"));
        Assert.That(report.IsComplete);
    }

    /// <summary>The time-out can only win if time passes while the work is ready.</summary>
    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public void PassingTime_IsSearchedWhereAsked(bool timeMayPass, int failures)
    {
        var report = ExhaustiveSearch.Run(
            static async () =>
            {
                var late = false;
                Asyncio.GetRunningLoop().CallLater(TimeSpan.FromSeconds(1), () => late = true);
                await Asyncio.YieldAsync();
                await Asyncio.YieldAsync();
                if (late)
                {
                    throw new InvalidOperationException("The timer was faster.");
                }
            },
            new ExhaustiveOptions { Reduction = Reduction.None, TimeMayPass = timeMayPass });
        Assert.That(report.Failures, Is.EqualTo(failures));
    }

    [Test]
    public void BoundWithReduction_IsRefused()
    {
        Assert.That(
            static () => ExhaustiveSearch.Run(static () => Task.CompletedTask, new ExhaustiveOptions { Preemptions = 2 }),
            Throws.ArgumentException.With.Message.StartsWith("A bound of 2 preemptions with a reduction would miss schedules"));
        Assert.That(
            static () => ExhaustiveSearch.Run(static () => Task.CompletedTask, new ExhaustiveOptions { TimeMayPass = true }),
            Throws.ArgumentException);
    }

    [Test]
    public void ScenarioThatChangesFromRunToRun_IsFoundOut()
    {
        var runs = 0;
        var report = ExhaustiveSearch.Run(
            async () =>
            {
                runs++;
                var bodies = Enumerable.Repeat<Func<Task>>(static async () => await Asyncio.YieldBeforeAsync("x"), runs % 2 == 0 ? 3 : 2);
                await Asyncio.GatherAsync(bodies.ToArray());
            },
            new ExhaustiveOptions { Reduction = Reduction.None });
        Assert.That(report.FirstFailure!.Failure!.Message, Does.Contain("is not the one that it was in the run before"));
    }

    [Test]
    public void Position_OfAnotherReduction_IsRefused() => Assert.That(
        static () => new ExhaustiveStrategy(new ExhaustiveOptions { Position = "0/o2:1:00::" }), Throws.TypeOf<FormatException>());

    private static Task WriteAsync() => Asyncio.GatherAsync(WriteTwiceAsync, WriteTwiceAsync).AsTask();

    private static async Task WriteTwiceAsync()
    {
        await Asyncio.YieldBeforeAsync("x");
        await Asyncio.YieldBeforeAsync("x");
    }
}
