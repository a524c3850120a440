using NUnit.Framework;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>The bug that every campaign must find before it may say anything.</summary>
public sealed class CanaryTests
{
    private static readonly string[] _families =
    [
        "fifo", "random", "round-robin", "pct", "pct:1", "pct:3", "pct:999", "pos", "urw", "surw", "delay", "delay:0", "delay:1", "delay:999",
        "starve", "portfolio",
    ];

    [Test]
    public void EveryStrategy_FindsIt([ValueSource(nameof(_families))] string family) =>
        Assert.That(Campaign.Run(Races.Turns, Options(StrategyFamilies.Parse(family))).Held, Is.True);

    [Test]
    public void StrategyThatLetsTimePass_FindsTheBugThatTakesIt()
    {
        var starving = new Family(static point => point.Kind == DecisionKind.Time ? 1 : 0, DecisionKind.Time);
        Assert.That(Campaign.Run(Races.Turns, Options(starving)).Held, Is.True);
    }

    [Test]
    public void StrategyThatNeverDecidesAnything_DoesNotPass([Values] DecisionKind varies) => AssertBroken(
        () => Campaign.Run(Races.Turns, Options(new Family(static _ => 0, varies))),
        $"strategy always does not find the bug of canary-{varies.ToString().ToLowerInvariant()} in 1000 runs. ");

    [Test]
    public void StrategyThatThrows_DoesNotPass() => AssertBroken(
        () => Campaign.Run(Races.Turns, Options(new Family(static _ => throw new ArithmeticException("Out of luck."), DecisionKind.Order))),
        "finds something else than the bug of canary-order: NondeterminismException: The same decisions gave two different runs: ");

    [Test]
    public void StrategyThatDecidesByWhatIsOutside_DoesNotPass()
    {
        var calls = 0;
        AssertBroken(
            () => Campaign.Run(Races.Turns, Options(new Family(_ => calls++ % 3, DecisionKind.Order))),
            "finds something else than the bug of canary-order: NondeterminismException: ");
    }

    [Test]
    public void RunnerThatSwallowsFailures_DoesNotPass() => AssertBroken(
        static () => Check(static (scenario, options) => Explore(Deaf(scenario), options), ReplayReport.Make),
        "strategy random does not find the bug of canary-order in 1000 runs. ");

    [Test]
    public void ShrinkerThatDoesNothing_DoesNotPass() => AssertBroken(
        static () => Check(
            static (scenario, options) => Explore(scenario, options) with { Shrunk = FarFromFifo(scenario) }, ReplayReport.Make),
        "strategy random does not shrink the bug of canary-order, which takes 3 decisions. ");

    [Test]
    public void ReplayThatHolds_DoesNotPass() => AssertBroken(
        static () => Check(Explore, static (scenario, line) => ReplayReport.Make(Deaf(scenario), line)),
        "does not reproduce it. ");

    [Test]
    public void CheckThatNeverDoubts_DoesNotPass() => AssertBroken(
        static () => Check(
            static (scenario, options) => Explore(scenario, options.Runs == 1 ? options with { Repetitions = 0 } : options),
            ReplayReport.Make),
        "it does not notice that canary-unsteady is another run each time it is made. ");

    [Test]
    public void SingleRun_HasNoCanary() =>
        Assert.That(Campaign.Run(Races.Turns, Options(new Family(static _ => 0, DecisionKind.Order)) with { Runs = 1 }).Held, Is.True);

    private static void Check(Func<Scenario, CampaignOptions, CampaignReport> explore, Func<Scenario, ReplayLine, ReplayReport> replay) =>
        new Canary(explore, replay).Check(Options(StrategyFamilies.Random));

    private static CampaignOptions Options(IStrategyFamily family) => new() { Runs = 2, Strategy = family };

    private static CampaignReport Explore(Scenario scenario, CampaignOptions options) => Campaign.ExploreBriefly(scenario, options);

    private static RunReport FarFromFifo(Scenario scenario) => Enumerable.Range(1, 1_000)
        .Select(seed => scenario.Run(new RandomStrategy(seed))).First(static run => !run.Passed && run.Script.Count == 3);

    private static Scenario Deaf(Scenario scenario) => scenario with
    {
        Body = async () =>
        {
            try
            {
                await scenario.Body();
            }
            catch (CanaryBug.ShownException)
            {
                // As a runner would that loses what its scenarios throw.
            }
        },
    };

    private static void AssertBroken(Action campaign, string how)
    {
        var broken = Assert.Throws<BrokenHarnessException>(campaign)!;
        Assert.That(broken.Message, Does.StartWith("The harness is broken: ").And.Contain(how).And.Not.Contain("\n"));
    }

    private delegate int Decider(DecisionPoint point);

    private sealed class Family(Decider decide, DecisionKind? varies) : IStrategyFamily
    {
        public string Name => "always";

        public DecisionKind? Varies => varies;

        public IStrategy Create(long seed, RunProfile profile) => new Strategy(decide);
    }

    private sealed class Strategy(Decider decide) : IStrategy
    {
        public string Name => "always";

        public void Begin()
        {
        }

        public int Decide(in DecisionPoint point) => decide(point);
    }
}
