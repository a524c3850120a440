using NUnit.Framework;
using NUnit.Framework.Internal;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

/// <summary>Many simulations at once, on the threads of the runner: each has a loop, a fixture and a context of its own.</summary>
[Parallelizable(ParallelScope.All)]
public class ManySimulationsTests
{
    private readonly List<string> _log = [];

    [SimTest(Runs = 30)]
    public async Task Simulations_DoNotSeeEachOther([Range(1, 16)] int number)
    {
        var start = Simulation.Current.Loop.Time;
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => WriteAsync($"{number} a", number), "a"),
            Asyncio.CreateTask(() => WriteAsync($"{number} b", number), "b"));

        Assert.That(_log, Is.EquivalentTo(new[] { $"{number} a", $"{number} b" }));
        Assert.That(Simulation.Current.Loop.Time - start, Is.GreaterThanOrEqualTo(TimeSpan.FromHours(number)));
        Assert.That(TestContext.CurrentContext.Test.Arguments, Is.EqualTo(new object[] { number }));
    }

    [Test]
    public void Results_AreTheSameBesideOthers([Range(1, 8)] int nth)
    {
        var text = Bench.Run<Racy>(nameof(Racy.LosesAnUpdate), new SimTestAttribute { Runs = 100 }).Message!;

        Assert.That(text, Does.Contain("Trace (").And.Contain(Racy.TextOf(new SimTestAttribute { Runs = 100 })), $"nth = {nth}");
    }

    [Test]
    public void ContextOfTheRunner_IsBackAfterwards()
    {
        var before = (SynchronizationContext.Current, TestExecutionContext.CurrentContext);

        Bench.Run<Racy>(nameof(Racy.LosesAnUpdate), new SimTestAttribute { Runs = 10 });

        Assert.That((SynchronizationContext.Current, TestExecutionContext.CurrentContext), Is.EqualTo(before));
        Assert.That(EventLoop.Running, Is.Null);
    }

    [Test]
    public void Workers_FindWhatOneFinds()
    {
        var one = Bench.Run<Racy>(nameof(Racy.LosesAnUpdate), new SimTestAttribute { Runs = 100 });
        var four = Bench.Run<Racy>(nameof(Racy.LosesAnUpdate), new SimTestAttribute { Runs = 100, Workers = 4 });

        Assert.That(four.Message, Is.EqualTo(one.Message));
        Assert.That(four.Output, Is.EqualTo(one.Output));
    }

    private async Task WriteAsync(string text, int hours)
    {
        await Asyncio.SleepAsync(TimeSpan.FromHours(hours));
        _log.Add(text);
    }

    /// <summary>No fixture of the suite: its methods carry no attribute.</summary>
    private sealed class Racy
    {
        private int _count;

        public static string TextOf(SimTestAttribute attribute) => Bench.Run<Racy>(nameof(LosesAnUpdate), attribute).Message!;

        public async Task LosesAnUpdate()
        {
            await Asyncio.GatherAsync(Asyncio.CreateTask(() => AddAsync(0), "early"), Asyncio.CreateTask(() => AddAsync(2), "late"));
            await TestContext.Out.WriteLineAsync($"{_count} counted");
            Assert.That(_count, Is.EqualTo(2));
        }

        private async Task AddAsync(int turnsBefore)
        {
            for (var turn = 0; turn < turnsBefore; turn++)
            {
                await Asyncio.YieldAsync();
            }

            var seen = _count;
            await Asyncio.YieldAsync();
            _count = seen + 1;
        }
    }
}
