using NUnit.Framework;
using Samples;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>The stories: planted bugs that plain tests do not see and some schedules do, and their mended twins.</summary>
[Parallelizable(ParallelScope.All)]
public class StoryTests
{
    private const int Schedules = 400;

    private static readonly IReadOnlyList<Scenario> _stories = ScenarioCatalog.In(typeof(AccountStory).Assembly);

    private static IEnumerable<string> All => _stories.Select(static story => story.Name);

    private static IEnumerable<string> Racy =>
        _stories.Where(static story => story is { MustFail: not null, Name: not "payment-twice" }).Select(static story => story.Name);

    private static IEnumerable<string> Sound => _stories.Where(static story => story.MustFail is null).Select(static story => story.Name);

    [Test]
    public void Stories_AreThese_AndEachRaceHasAMendedTwin() =>
        Assert.That(string.Join(' ', All), Is.EqualTo(
            "account-mended account-race backoff-delay backoff-hour backoff-polly cache-mended cache-stale payment-mended payment-twice"));

    [TestCaseSource(nameof(All))]
    public void PlainRun_IsGreen(string name) =>
        Assert.That(() => Asyncio.Run(Find(name).Body, static () => Asyncio.NewVirtualEventLoop()), Throws.Nothing);

    [TestCaseSource(nameof(All))]
    public void FirstInFirstOut_IsGreen(string name) => Assert.That(Run(name, new FifoStrategy()).Failure, Is.Null);

    // Not so seldom that it takes luck, not so often that anybody would have seen it at once. Seeds make it the same each time.
    [TestCaseSource(nameof(Racy))]
    public void Race_ShowsUnderSomeSchedules(string name)
    {
        var failures = Runs(name).Select(static run => run.Failure).OfType<Failure>().ToList();
        Assert.That(failures, Has.Count.InRange(Schedules / 10, Schedules * 4 / 10));
        Assert.That(failures, Has.All.Matches<Failure>(static failure => failure is { Exception: InvariantBrokenException }));
    }

    [TestCaseSource(nameof(Sound))]
    public void Sound_HoldsUnderEverySchedule(string name) =>
        Assert.That(Runs(name).Select(static run => run.Failure), Has.All.Null);

    [TestCaseSource(nameof(Racy))]
    public void Race_ShrinksToTwoTurnsOutOfOrder(string name)
    {
        var failed = Runs(name).First(static run => !run.Passed);
        var shrunk = new Shrinker((strategy, _) => Run(name, strategy)).Shrink(failed);
        Assert.That(shrunk.Script.Deviations, Has.Length.EqualTo(2));
        Assert.That(shrunk.Trace.Events, Has.Count.LessThan(40));
    }

    [TestCase("backoff-hour")]
    [TestCase("backoff-delay")]
    [TestCase("backoff-polly")]
    public void Backoff_TakesMoreThanAnHourOfVirtualTime(string name) =>
        Assert.That(Run(name, new FifoStrategy()).VirtualTime, Is.EqualTo(new TimeSpan(1, 8, 15)));

    [Test]
    public void PaymentTwice_TakesTime_AndNoOrderWillDo()
    {
        Assert.That(Runs("payment-twice").Select(static run => run.Failure), Has.All.Null);
        var failed = Enumerable.Range(1, Schedules).Select(static seed => Run("payment-twice", new StarveStrategy(seed, RunProfile.Empty)))
            .First(static run => !run.Passed);
        var shrunk = new Shrinker(static (strategy, _) => Run("payment-twice", strategy)).Shrink(failed);
        Assert.That(shrunk.Script.Deviations, Has.Length.EqualTo(1));
    }

    private static Scenario Find(string name) => ScenarioCatalog.Find(_stories, name);

    private static RunReport Run(string name, IStrategy strategy) => Find(name).Run(strategy);

    private static IEnumerable<RunReport> Runs(string name) =>
        Enumerable.Range(1, Schedules).Select(seed => Run(name, new RandomStrategy(seed)));
}
