using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class SimTestChecksTests
{
    [TestCase(
        nameof(Senseless.Strategy),
        "Strategy is 'urv', which is none. Did you mean 'urw'? Known: fifo, random, round-robin, pct, pct:DEPTH, pos, "
            + "urw, surw, delay, delay:COUNT, starve, portfolio.")]
    [TestCase(nameof(Senseless.Runs), "Runs is 0, but must be at least 1.")]
    [TestCase(nameof(Senseless.Seed), "Seed is -1, but must be 0 or more.")]
    [TestCase(nameof(Senseless.StepLimit), "StepLimit is 0, but must be at least 1.")]
    [TestCase(
        nameof(Senseless.TimeLimit),
        "TimeLimit is '2 weeks', but must be a whole number and a unit, such as 250ms, 30s, 5min, 2h or 1d of virtual "
            + "time.")]
    [TestCase(nameof(Senseless.Workers), "Workers is 0, but must be at least 1.")]
    [TestCase(nameof(Senseless.Preemptions), "Preemptions means something with Exhaustive = true only.")]
    [TestCase(nameof(Senseless.NegativePreemptions), "Preemptions is -2, but must be 0 or more.")]
    [TestCase(
        nameof(Senseless.ExhaustiveStrategy),
        "Exhaustive makes all schedules: Strategy, Seed, UntilCovered and Workers mean nothing beside it.")]
    [TestCase(
        nameof(Senseless.Pin),
        "'nonsense' is not a replay line: a replay line is <scenario>@<version>:<decisions>:<failure>:<trace hash>:<steps>, as "
            + "a failure prints it.")]
    public void SenselessValue_IsToldAtDiscovery(string method, string reason)
    {
        var test = Bench.Build(typeof(Senseless), method);

        Assert.That(test.RunState, Is.EqualTo(RunState.NotRunnable));
        Assert.That(Bench.ReasonOf(test), Is.EqualTo($"[SimTest] {method}: {reason}"));
    }

    [TestCase(
        nameof(Mixed.Retried),
        "[Retry] means nothing beside [SimTest], which makes many runs itself. Set Runs for more of them.")]
    [TestCase(
        nameof(Mixed.Repeated),
        "[Repeat] means nothing beside [SimTest], which makes many runs itself. Set Runs for more of them.")]
    [TestCase(
        nameof(Mixed.Cancelled),
        "[CancelAfter] goes by real time, which is not the run's: set TimeLimit for virtual time, StepLimit for work.")]
    [TestCase(
        nameof(Mixed.Timed),
        "[MaxTime] goes by real time, which is not the run's: set TimeLimit for virtual time, StepLimit for work.")]
    [TestCase(nameof(Mixed.Twice), "[Test] and [SimTest] are two kinds of test: take one away. [TestCase] and [Values] go with [SimTest].")]
    [TestCase(
        nameof(Mixed.Wrapped),
        "[Wrapping] wraps the one call of a test method, and a simulated test makes many: take it away, or use [Test] "
            + "and Simulation.Run.")]
    [TestCase(
        nameof(Mixed.Plain),
        "Mixed.Plain returns Void, so it cannot run in a simulation: make it async, and return Task or ValueTask.")]
    [TestCase(
        nameof(Mixed.Random),
        "[Random] draws other numbers each time, so that a failure cannot be replayed: draw from "
            + "Simulation.Current.Random, whose numbers are decisions of the run, recorded and shrunk.")]
    public void WhatDoesNotGoTogether_IsToldAtDiscovery(string method, string reason)
    {
        var test = Bench.Build(typeof(Mixed), method);

        Assert.That(test.RunState, Is.EqualTo(RunState.NotRunnable));
        Assert.That(Bench.ReasonOf(test), Is.EqualTo(reason));
    }

    [Test]
    public void SenselessValue_MakesAllCasesOfATestNotRunnable()
    {
        var suite = Bench.Build(typeof(Senseless), nameof(Senseless.Cases));

        Assert.That((suite.RunState, suite.Tests.Count), Is.EqualTo((RunState.NotRunnable, 2)));
        Assert.That(Bench.ReasonOf(suite), Is.EqualTo("[SimTest] Cases: Runs is 0, but must be at least 1."));
    }

    [Test]
    public void LineOfAnotherTest_CannotBePinned()
    {
        var test = Bench.Build(typeof(Senseless), nameof(Senseless.ForeignPin));

        Assert.That(Bench.ReasonOf(test), Does.StartWith(
            "[SimTest] ForeignPin: The pinned line is of 'Sim.Tests.Elsewhere.Other', not of this test: pin it there, or, if this test"));
    }

    [Test]
    public void WhatIsRight_IsRunnable() =>
        Assert.That(Bench.Build(typeof(Senseless), nameof(Senseless.Sensible)).RunState, Is.EqualTo(RunState.Runnable));

    /// <summary>Abstract, so that the runner does not take it for a fixture.</summary>
    private abstract class Senseless
    {
        [SimTest(Strategy = "urv")]
        public static async Task Strategy() => await Asyncio.YieldAsync();

        [SimTest(Runs = 0)]
        public static async Task Runs() => await Asyncio.YieldAsync();

        [SimTest(Seed = -1)]
        public static async Task Seed() => await Asyncio.YieldAsync();

        [SimTest(StepLimit = 0)]
        public static async Task StepLimit() => await Asyncio.YieldAsync();

        [SimTest(TimeLimit = "2 weeks")]
        public static async Task TimeLimit() => await Asyncio.YieldAsync();

        [SimTest(Workers = 0)]
        public static async Task Workers() => await Asyncio.YieldAsync();

        [SimTest(Preemptions = 2)]
        public static async Task Preemptions() => await Asyncio.YieldAsync();

        [SimTest(Exhaustive = true, Preemptions = -2)]
        public static async Task NegativePreemptions() => await Asyncio.YieldAsync();

        [SimTest(Exhaustive = true, Strategy = "pct")]
        public static async Task ExhaustiveStrategy() => await Asyncio.YieldAsync();

        [SimTest]
        [SimReplay("nonsense")]
        public static async Task Pin() => await Asyncio.YieldAsync();

        [SimTest(Runs = 0)]
        [TestCase(1)]
        [TestCase(2)]
        public static async Task Cases(int turns) => await Asyncio.SleepAsync(TimeSpan.FromSeconds(turns));

        [SimTest]
        [SimReplay("Sim.Tests.Elsewhere.Other@2::held:0123456789abcdef")]
        public static async Task ForeignPin() => await Asyncio.YieldAsync();

        [SimTest(
            Runs = 10, Strategy = "pct:3", TimeLimit = "250ms", StepLimit = 10, Seed = 3, Workers = 2, UntilCovered = true, Corpus = true)]
        public static async Task Sensible() => await Asyncio.YieldAsync();
    }

    [SuppressMessage("Usage", "NUnit1032", Justification = "It is the mixture that is tested.")]
    private abstract class Mixed
    {
        [SimTest]
        [Retry(2)]
        public static async Task Retried() => await Asyncio.YieldAsync();

        [SimTest]
        [Repeat(2)]
        public static async Task Repeated() => await Asyncio.YieldAsync();

        [SimTest]
        [CancelAfter(10)]
        public static async Task Cancelled() => await Asyncio.YieldAsync();

        [SimTest]
        [MaxTime(10)]
        public static async Task Timed() => await Asyncio.YieldAsync();

        [Test]
        [SimTest]
        public static async Task Twice() => await Asyncio.YieldAsync();

        [SimTest]
        [Wrapping]
        public static async Task Wrapped() => await Asyncio.YieldAsync();

        [SimTest]
        public static void Plain()
        {
        }

        [SimTest]
        public static async Task Random([Random(1)] int number) => await Asyncio.SleepAsync(TimeSpan.FromTicks(number));
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class WrappingAttribute : NUnitAttribute, IWrapTestMethod
    {
        public NUnit.Framework.Internal.Commands.TestCommand Wrap(NUnit.Framework.Internal.Commands.TestCommand command) => command;
    }
}
