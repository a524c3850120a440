using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>
/// The guarantees that the strategies are built for, counted over fixed seeds. In integers: a chi-square of at most c over cells
/// of e expected each is a sum of squared distances of at most c·e.
/// </summary>
public class DistributionTests
{
    /// <summary>The value that chi-square with 19 degrees of freedom passes once in a thousand times, rounded down.</summary>
    private const int ChiSquare19 = 43;

    /// <summary>The same with 125 degrees of freedom.</summary>
    private const int ChiSquare125 = 178;

    [Test]
    public void Urw_IsUniformOverTheInterleavingsOfIndependentTasks()
    {
        var counts = Interleavings.Count(Interleavings.Independent(3, 3), StrategyFamilies.Urw, 20_000);
        Assert.That(counts, Has.Count.EqualTo(20));
        Assert.That(Interleavings.SquaredDistances(counts, 20, 1_000), Is.LessThanOrEqualTo(ChiSquare19 * 1_000L));
    }

    [Test]
    public void RandomWalk_IsNot()
    {
        var counts = Interleavings.Count(Interleavings.Independent(3, 3), StrategyFamilies.Random, 20_000);
        Assert.That(Interleavings.SquaredDistances(counts, 20, 1_000), Is.GreaterThan(50 * ChiSquare19 * 1_000L));
        // One of three coins after the other, against one that is decided when all of a is done.
        Assert.That((counts["aaabbb"], counts["ababab"]), Is.EqualTo((2_500, 625)).Using<(int, int)>(static (x, y) =>
            Math.Abs(x.Item1 - y.Item1) < 200 && Math.Abs(x.Item2 - y.Item2) < 100));
    }

    [Test]
    public void Urw_OfALongAndAShortTask_IsUniform()
    {
        var counts = Interleavings.Count(Interleavings.Independent(19, 1), StrategyFamilies.Urw, 20_000);
        Assert.That(Interleavings.SquaredDistances(counts, 20, 1_000), Is.LessThanOrEqualTo(ChiSquare19 * 1_000L));
    }

    [Test]
    public void Urw_CountsAParentWithTheChildrenThatItHasYetToCreate()
    {
        // m creates c in its first step of three: 6 orders of the two, and 21 places for the two steps of b.
        var counts = Interleavings.Count(FamilyAsync, StrategyFamilies.Urw, 25_200);
        Assert.That(counts, Has.Count.EqualTo(126));
        Assert.That(Interleavings.SquaredDistances(counts, 126, 200), Is.LessThanOrEqualTo(ChiSquare125 * 200L));

        static async Task FamilyAsync()
        {
            LoopTask? child = null;
            await Asyncio.GatherAsync(
                Asyncio.CreateTask(static () => Interleavings.WriteAsync('b', 2), "b"),
                Asyncio.CreateTask(
                    async () =>
                    {
                        child = Asyncio.CreateTask(static () => Interleavings.WriteAsync('c', 2), "c");
                        await Interleavings.WriteAsync('m', 3);
                    },
                    "m"));
            await child!;
        }
    }

    [Test]
    public void Surw_IsUniformOverTheAccesses_WhateverElseTheTasksDo()
    {
        var counts = Interleavings.Count(AccessesAsync, StrategyFamilies.Surw, 20_000);
        Assert.That(counts, Has.Count.EqualTo(20));
        Assert.That(Interleavings.SquaredDistances(counts, 20, 1_000), Is.LessThanOrEqualTo(ChiSquare19 * 1_000L));
        // URW spends its chances on the steps that do not matter.
        var unselected = Interleavings.Count(AccessesAsync, StrategyFamilies.Urw, 20_000);
        Assert.That(Interleavings.SquaredDistances(unselected, 20, 1_000), Is.GreaterThan(10 * ChiSquare19 * 1_000L));

        static async Task AccessesAsync()
        {
            var account = new object();
            await Asyncio.GatherAsync(
                Asyncio.CreateTask(() => AccessAsync('a', account, 8), "a"),
                Asyncio.CreateTask(() => AccessAsync('b', account, 0), "b"));
        }

        static async Task AccessAsync(char letter, object account, int pauses)
        {
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < pauses; j++)
                {
                    await Asyncio.YieldAsync();
                }

                await Asyncio.YieldBeforeAsync(account);
                Interleavings.Write(letter);
            }
        }
    }

    // n·k^(d-1) times the number of failures is at least the number of runs.
    [TestCase(2, TestName = "Pct_FindsABugOfDepthTwo_AsOftenAsThePaperSays")]
    [TestCase(3, TestName = "Pct_WithADepthThatIsTooLarge_KeepsItsBoundToo")]
    public void Pct_OfATwoTaskBug(int depth) => AssertBound(AtomicityAsync, depth, 20_000);

    [TestCase(2, TestName = "Pct_FindsReorder3_AsOftenAsThePaperSays")]
    [TestCase(3, TestName = "Pct_FindsReorder3_WithADepthThatIsTooLarge")]
    public void Pct_OfReorder3(int depth) => AssertBound(Interleavings.Reorder(3), depth, 20_000);

    [Test]
    public void Pct_OfDepthOne_DoesNotFindABugOfDepthTwo() =>
        Assert.That(Interleavings.Failures(AtomicityAsync, StrategyFamilies.Pct(1), 2_000), Is.Zero);

    /// <summary>The one change comes at each of the steps with the same chance: early, in the middle and late.</summary>
    [Test]
    public void Pct_ChangesAtEveryStep()
    {
        var body = Interleavings.Independent(10, 10);
        var counts = Interleavings.Count(body, StrategyFamilies.Pct(2), 10_000);
        var even = 10_000 / (2 * Interleavings.Profile(body).Choices);
        for (var before = 1; before < 10; before++)
        {
            var written = new string('a', before) + new string('b', 10) + new string('a', 10 - before);
            Assert.That(counts.GetValueOrDefault(written), Is.InRange(even / 2, even * 2), written);
        }
    }

    [Test]
    public void Pos_LetsAnEventWaitLong_UnlessWhatRunsConflictsWithIt()
    {
        // b loses against nine events in a row: the least of ten, against ten coins.
        var pos = Interleavings.Count(Interleavings.Independent(9, 1), StrategyFamilies.Pos, 10_000);
        var random = Interleavings.Count(Interleavings.Independent(9, 1), StrategyFamilies.Random, 10_000);
        Assert.That((pos["aaaaaaaaab"], random.GetValueOrDefault("aaaaaaaaab")), Is.EqualTo((1_000, 20)).Using<(int, int)>(static (x, y) =>
            Math.Abs(x.Item1 - y.Item1) < 100 && Math.Abs(x.Item2 - y.Item2) < 20));
        // Where all events conflict, each is a coin of its own. Eager tasks have announced theirs when the first choice comes: that a
        // task begins is an event without a resource.
        var conflicting = Interleavings.Count(ConflictingAsync, StrategyFamilies.Pos, 10_000);
        Assert.That(conflicting.GetValueOrDefault("aaaaaaaaab"), Is.LessThan(60));

        static async Task ConflictingAsync() => await Asyncio.GatherAsync(
            Asyncio.CreateTask(static () => AccessAsync('a', 9), "a", eager: true), Asyncio.CreateTask(static () => AccessAsync('b', 1), "b", eager: true));

        static async Task AccessAsync(char letter, int count)
        {
            for (var i = 0; i < count; i++)
            {
                await Asyncio.YieldBeforeAsync("account");
                Interleavings.Write(letter);
            }
        }
    }

    [TestCase(false, TestName = "Surw_FindsReorder10_WithinAHundredRuns")]
    [TestCase(true, TestName = "Surw_FindsReorder10_AlsoWhenTheTasksAreCreatedOneByOne")]
    public void Surw_OfReorder10(bool isPaced)
    {
        var body = Interleavings.Reorder(10, isPaced);
        var profile = Interleavings.Profile(body);
        for (var trial = 0; trial < 20; trial++)
        {
            var seeds = Enumerable.Range(1 + (1_000 * trial), 100);
            Assert.That(seeds.Any(seed => !Interleavings.Run(body, new SurwStrategy(seed, profile)).Passed), Is.True, $"trial {trial}");
        }
    }

    [TestCase("pct:2")]
    [TestCase("pos")]
    [TestCase("urw")]
    [TestCase("surw")]
    public void FlowsOfOneTask_GoOnInAnyOrder(string name)
    {
        var counts = Interleavings.Count(
            static () => Task.WhenAll(Interleavings.WriteAsync('a', 3), Interleavings.WriteAsync('b', 3)), StrategyFamilies.Parse(name), 1_000);
        // The first step of both is main's.
        Assert.That(counts.Keys, Is.EquivalentTo((string[])["abaabb", "ababab", "ababba", "abbaab", "abbaba", "abbbaa"]));
    }

    private static void AssertBound(Func<Task> body, int depth, int runs)
    {
        var profile = Interleavings.Profile(body);
        var failures = (long)Interleavings.Failures(body, StrategyFamilies.Pct(depth), runs);
        for (var i = 1; i < depth; i++)
        {
            failures *= profile.Choices;
        }

        Assert.That(failures * profile.Tasks, Is.GreaterThanOrEqualTo(runs));
    }

    // The invariant is broken for one step of the writer, and the reader must look just then.
    private static async Task AtomicityAsync()
    {
        var isBroken = false;
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(
                async () =>
                {
                    await Interleavings.WriteAsync('a', 5);
                    isBroken = true;
                    await Asyncio.YieldAsync();
                    isBroken = false;
                    await Interleavings.WriteAsync('a', 5);
                },
                "writer"),
            Asyncio.CreateTask(
                async () =>
                {
                    await Interleavings.WriteAsync('b', 4);
                    if (isBroken)
                    {
                        throw new InvalidOperationException("The reader sees a broken invariant.");
                    }

                    await Interleavings.WriteAsync('b', 4);
                },
                "reader"));
    }
}
